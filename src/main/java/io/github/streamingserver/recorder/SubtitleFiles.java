package io.github.streamingserver.recorder;

import io.github.streamingserver.files.RealFolder;
import io.github.streamingserver.hls.WebVtt;
import io.github.streamingserver.recorder.Piece.Subtitle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * {@code stream_<section>.<language>.vtt} beside the recording, whole after each cue. Blocks on the
 * disk: for the blocking dispatcher, one thread at a time.
 */
final class SubtitleFiles {
  private final Path folder;
  private final FreeSpace space;
  private final Set<Path> begun = new HashSet<>();
  private boolean broken;

  SubtitleFiles(Path folder, FreeSpace space) {
    this.folder = folder;
    this.space = space;
  }

  /**
   * Adds a cue. After a failure no more are written.
   *
   * @return what is wrong, where anything is for the first time
   */
  Optional<String> write(Subtitle subtitle) {
    if (broken) {
      return Optional.empty();
    }
    Path path =
        folder.resolve("stream_%d.%s.vtt".formatted(subtitle.place().section(), subtitle.name()));
    try {
      append(path, subtitle);
      return Optional.empty();
    } catch (IOException e) {
      broken = true;
      return Optional.of("no more subtitles: " + path.getFileName() + " can't be written: " + e);
    }
  }

  private void append(Path path, Subtitle subtitle) throws IOException {
    if (space.isShort(folder)) {
      throw new IOException("less than recording.min-free-space is free");
    }
    boolean first = !begun.contains(path);
    String head = first ? WebVtt.SIGNATURE + "\n\n" : "";
    String block = subtitle.cue().at(subtitle.place().start(), subtitle.place().end()).block();
    String name = String.valueOf(path.getFileName());
    try (RealFolder held = RealFolder.open(folder);
        FileChannel file = first ? held.create(name) : held.open(name, StandardOpenOption.APPEND);
        OutputStream out = Channels.newOutputStream(file)) {
      out.write((head + block).getBytes(StandardCharsets.UTF_8));
    }
    begun.add(path);
  }
}
