package io.github.streamingserver.hls;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A WebVTT segment (RFC 8216 §3.5): its cues, in order, and its place in the stream's clock. Notes,
 * styles, regions and cues that can't be read are left out.
 */
public record WebVtt(TimestampMap map, List<VttCue> cues) {
  /** What each file begins with. */
  public static final String SIGNATURE = "WEBVTT";

  private static final String ARROW = "-->";
  private static final Pattern BEGINNING = Pattern.compile("\ufeff?" + SIGNATURE + "([ \t].*)?");
  private static final Pattern TIME =
      Pattern.compile("(?:(\\d{2,6}):)?([0-5]\\d):([0-5]\\d)\\.(\\d{3})");
  private static final long[] UNITS = {3_600_000, 60_000, 1000, 1};

  public WebVtt {
    cues = List.copyOf(cues);
  }

  /**
   * The segment that {@code text} is.
   *
   * @throws WebVttException where it is no WebVTT, or its map can't be read
   */
  public static WebVtt parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !BEGINNING.matcher(lines.getFirst()).matches()) {
      throw new WebVttException("it does not begin with " + SIGNATURE);
    }
    TimestampMap map = TimestampMap.NONE;
    List<VttCue> cues = new ArrayList<>();
    boolean head = true;
    int at = 1;
    while (at < lines.size()) {
      String line = lines.get(at);
      at++;
      head &= !line.isEmpty() && !line.contains(ARROW);
      if (head && line.startsWith(TimestampMap.NAME)) {
        map = TimestampMap.parse(line);
      } else if (line.contains(ARROW)) {
        int end = at;
        while (end < lines.size() && isText(lines.get(end))) {
          end++;
        }
        cue(line, String.join("\n", lines.subList(at, end)), cues);
        at = end;
      }
    }
    return new WebVtt(map, cues);
  }

  private static boolean isText(String line) {
    return !line.isEmpty() && !line.contains(ARROW);
  }

  private static void cue(String timing, String text, List<VttCue> cues) {
    int arrow = timing.indexOf(ARROW);
    String[] after = timing.substring(arrow + ARROW.length()).strip().split("[ \t]+", 2);
    OptionalLong start = millis(timing.substring(0, arrow).strip());
    OptionalLong end = millis(after[0]);
    if (start.isPresent() && end.isPresent() && start.getAsLong() < end.getAsLong()) {
      String settings = after.length > 1 ? after[1] : "";
      cues.add(new VttCue(start.getAsLong(), end.getAsLong(), settings, text));
    }
  }

  /** A WebVTT timestamp in milliseconds; empty where it is none. */
  static OptionalLong millis(String time) {
    Matcher matcher = TIME.matcher(time);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    long millis = 0;
    for (int i = 0; i < UNITS.length; i++) {
      String digits = matcher.group(i + 1);
      millis += digits == null ? 0 : Long.parseLong(digits) * UNITS[i];
    }
    return OptionalLong.of(millis);
  }
}
