package io.github.streamingserver.recorder;

import io.github.streamingserver.files.RealFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A recording of ours that has ended: a folder whose {@code log.txt} ends with our last line, with
 * files of sections beside it. All else that may lie there is somebody else's.
 *
 * @param ended when, by the log
 * @param bytes of our files
 */
record FinishedRecording(Path folder, Instant ended, long bytes) {
  private static final Pattern SECTION = Pattern.compile("stream_\\d+\\.(ts|mp4)");
  private static final Pattern SUBTITLES =
      Pattern.compile("stream_\\d+\\.[A-Za-z0-9-]{1,20}\\.vtt");
  private static final Pattern TIMED = Pattern.compile("(\\S+) (.*)");

  /** The last line is shorter, but for an error of many words. */
  private static final int TAIL = 8 << 10;

  /** What lies in {@code folder}; empty where that is no finished recording, or a link. */
  static Optional<FinishedRecording> in(Path folder) {
    try (RealFolder held = RealFolder.open(folder)) {
      List<String> ours = ours(held);
      boolean sections = ours.stream().anyMatch(name -> SECTION.matcher(name).matches());
      Optional<Instant> ended = ours.contains(RecordingLog.NAME) ? ended(held) : Optional.empty();
      if (!sections || ended.isEmpty()) {
        return Optional.empty();
      }
      long bytes = 0;
      for (String name : ours) {
        bytes += held.attributes(name).size();
      }
      return Optional.of(new FinishedRecording(folder, ended.get(), bytes));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * Removes its files, the log as the last, and nothing else, where it still is what it was.
   *
   * @return how many bytes they had; 0 where it is left alone
   */
  long remove() throws IOException {
    if (!in(folder).equals(Optional.of(this))) {
      return 0;
    }
    try (RealFolder held = RealFolder.open(folder)) {
      for (String name : ours(held)) {
        if (!name.equals(RecordingLog.NAME)) {
          held.delete(name);
        }
      }
      held.delete(RecordingLog.NAME);
      return bytes;
    }
  }

  private static List<String> ours(RealFolder folder) throws IOException {
    List<String> ours = new ArrayList<>();
    for (String name : folder.names()) {
      boolean named =
          name.equals(RecordingLog.NAME)
              || SECTION.matcher(name).matches()
              || SUBTITLES.matcher(name).matches();
      if (named && folder.hasFile(name)) {
        ours.add(name);
      }
    }
    return ours;
  }

  private static Optional<Instant> ended(RealFolder folder) throws IOException {
    String tail = tail(folder);
    if (!tail.endsWith("\n")) {
      return Optional.empty();
    }
    String last = tail.lines().reduce("", (_, line) -> line);
    Matcher line = TIMED.matcher(last);
    if (!line.matches() || !LogLines.isEnd(line.group(2))) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(line.group(1)).toInstant());
    } catch (DateTimeException notOurs) {
      return Optional.empty();
    }
  }

  private static String tail(RealFolder folder) throws IOException {
    try (FileChannel log = folder.open(RecordingLog.NAME, StandardOpenOption.READ)) {
      ByteBuffer end = ByteBuffer.allocate(TAIL);
      log.position(Math.max(0, log.size() - TAIL));
      while (end.hasRemaining() && log.read(end) >= 0) {
        // Until the end or as much as fits.
      }
      return StandardCharsets.UTF_8.decode(end.flip()).toString();
    }
  }
}
