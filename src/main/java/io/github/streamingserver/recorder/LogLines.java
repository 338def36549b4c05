package io.github.streamingserver.recorder;

import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Totals;
import io.github.streamingserver.model.Urls;
import io.github.streamingserver.recorder.Piece.Part;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The words of {@code log.txt}, and the counts in them. Pure; one recording, one thread. */
final class LogLines {
  private static final Pattern END =
      Pattern.compile("end: .*; \\d+ bytes, \\d+ segments, \\d+ lost \\(\\d+\\.\\d{3} s\\)");

  private long written;
  private long lost;
  private double lostSeconds;
  private long sectionSegments;
  private double sectionSeconds;
  private long leftOut;
  private double leftOutSeconds;

  /**
   * @param before what an earlier run of the recording has got and lost
   */
  LogLines(Totals before) {
    this.written = before.segments();
    this.lost = before.lostSegments();
    this.lostSeconds = before.lostSeconds();
  }

  /** The recording goes on after nobody could say why it had broken off. */
  static String resumes(int section, Path file, long bytes) {
    return "the recording had broken off; it goes on in section %d: %s at %d bytes"
        .formatted(section, file.getFileName(), bytes);
  }

  String begins(int section, Path file) {
    sectionSegments = 0;
    sectionSeconds = 0;
    return "section %d begins: %s".formatted(section, file.getFileName());
  }

  String ends(int section, long bytes) {
    return "section %d ends: %d segments, %s s, %d bytes"
        .formatted(section, sectionSegments, seconds(sectionSeconds), bytes);
  }

  void written(Part part) {
    written++;
    sectionSegments++;
    sectionSeconds += part.seconds();
  }

  String lost(Part part, StreamFailure cause) {
    lost++;
    lostSeconds += part.seconds();
    return "LOST segment %d, %s s, %s: %s"
        .formatted(
            part.sequence(), seconds(part.seconds()), Urls.shown(part.url()), cause.message());
  }

  String missed(long segments, double seconds, StreamFailure cause) {
    lost += segments;
    lostSeconds += seconds;
    return "LOST %d segments, %s s: %s".formatted(segments, seconds(seconds), cause.message());
  }

  /** A line for the first of a break. */
  Optional<String> leftOut(Part part) {
    leftOut++;
    leftOutSeconds += part.seconds();
    return leftOut == 1
        ? Optional.of("filler is left out from segment %d on".formatted(part.sequence()))
        : Optional.empty();
  }

  /** A line where a break is over. */
  Optional<String> endOfFiller() {
    if (leftOut == 0) {
      return Optional.empty();
    }
    String line =
        "filler is over: %d segments, %s s left out".formatted(leftOut, seconds(leftOutSeconds));
    leftOut = 0;
    leftOutSeconds = 0;
    return Optional.of(line);
  }

  String end(String reason, long bytes) {
    return "end: %s; %d bytes, %d segments, %d lost (%s s)"
        .formatted(reason, bytes, written, lost, seconds(lostSeconds));
  }

  /** Whether {@code line}, without its time, is what {@link #end} writes. */
  static boolean isEnd(String line) {
    return END.matcher(line).matches();
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }
}
