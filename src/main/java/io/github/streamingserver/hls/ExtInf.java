package io.github.streamingserver.hls;

import java.time.Duration;
import java.util.Optional;

/**
 * EXTINF (RFC 8216 §4.3.2.1), also as channel lists write it: {@code -1 tvg-id="a,b",Title}.
 *
 * @param duration zero where it is none or negative
 */
record ExtInf(Duration duration, String title) {
  static ExtInf parse(String value, ParseContext context) {
    int end = 0;
    while (end < value.length() && value.charAt(end) != ',' && value.charAt(end) != ' ') {
      end++;
    }
    Optional<Duration> read = Numbers.seconds(value.substring(0, end));
    if (read.filter(time -> !time.isNegative()).isEmpty()) {
      context.warn("segment without a duration");
    }
    int comma = titleComma(value, end);
    if (comma < 0) {
      context.warn("EXTINF without a comma");
    }
    return new ExtInf(
        read.filter(time -> !time.isNegative()).orElse(Duration.ZERO),
        comma < 0 ? "" : value.substring(comma + 1).strip());
  }

  /** The first comma outside quotes, else the first of all. */
  private static int titleComma(String value, int from) {
    boolean quoted = false;
    for (int i = from; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        return i;
      }
    }
    return value.indexOf(',', from);
  }
}
