package io.github.streamingserver.hls;

import java.util.Locale;

/**
 * A WebVTT cue, without its identifier.
 *
 * @param start in milliseconds
 * @param end in milliseconds
 * @param settings where and how it is shown, as in the text; may be empty
 * @param text its lines, with their markup; may be empty
 */
public record VttCue(long start, long end, String settings, String text) {
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;

  public VttCue {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("cue from " + start + " to " + end + " ms");
    }
  }

  /** This cue at another time. */
  public VttCue at(long from, long to) {
    return new VttCue(from, to, settings, text);
  }

  /** The cue's block in a file, with the empty line that ends it. */
  public String block() {
    String where = settings.isEmpty() ? "" : " " + settings;
    return time(start) + " --> " + time(end) + where + "\n" + text + "\n\n";
  }

  private static String time(long millis) {
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d.%03d",
        millis / HOUR,
        millis % HOUR / MINUTE,
        millis % MINUTE / SECOND,
        millis % SECOND);
  }
}
