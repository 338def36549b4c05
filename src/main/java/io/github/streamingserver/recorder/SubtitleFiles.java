package io.github.streamingserver.recorder;

import io.github.streamingserver.hls.WebVtt;
import io.github.streamingserver.recorder.Piece.Subtitle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
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
  private final long minFreeSpace;
  private final Set<Path> begun = new HashSet<>();
  private boolean broken;

  SubtitleFiles(Path folder, long minFreeSpace) {
    this.folder = folder;
    this.minFreeSpace = minFreeSpace;
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
    if (Files.getFileStore(folder).getUsableSpace() < minFreeSpace) {
      throw new IOException("less than recording.min-free-space is free");
    }
    boolean first = !begun.contains(path);
    OpenOption how = first ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND;
    String head = first ? WebVtt.SIGNATURE + "\n\n" : "";
    String block = subtitle.cue().at(subtitle.place().start(), subtitle.place().end()).block();
    Files.write(
        path,
        (head + block).getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        how,
        LinkOption.NOFOLLOW_LINKS);
    begun.add(path);
  }
}
