package io.github.streamingserver.hls;

import java.util.regex.Pattern;

/**
 * X-TIMESTAMP-MAP (RFC 8216 §3.5): where the times of a WebVTT segment are in the stream's clock.
 *
 * @param mpegts ticks of 90 kHz
 * @param local the same moment in the segment's own times, in milliseconds
 */
public record TimestampMap(long mpegts, long local) {
  /** What holds where a segment has none. */
  public static final TimestampMap NONE = new TimestampMap(0, 0);

  static final String NAME = "X-TIMESTAMP-MAP=";

  private static final Pattern TICKS = Pattern.compile("\\d{1,18}");
  private static final long TICKS_PER_MILLI = 90;

  /** When {@code millis} of the segment's own times is, in ticks that do not wrap. */
  public long ticks(long millis) {
    return mpegts + (millis - local) * TICKS_PER_MILLI;
  }

  static TimestampMap parse(String line) {
    long mpegts = -1;
    long local = -1;
    for (String field : line.substring(NAME.length()).split(",", -1)) {
      String value = field.substring(field.indexOf(':') + 1).strip();
      if (field.strip().startsWith("MPEGTS:") && TICKS.matcher(value).matches()) {
        mpegts = Long.parseLong(value);
      } else if (field.strip().startsWith("LOCAL:")) {
        local = WebVtt.millis(value).orElse(-1);
      }
    }
    if (mpegts < 0 || local < 0) {
      throw new WebVttException("'" + line + "' is no timestamp map");
    }
    return new TimestampMap(mpegts, local);
  }
}
