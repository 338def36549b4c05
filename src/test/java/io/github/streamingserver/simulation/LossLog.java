package io.github.streamingserver.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a recording's log tells of losses.
 *
 * @param lost the addresses of segments, in order
 * @param missed lines on segments without an address
 * @param unnamed how many those are
 * @param unnamedAtEnd how many of them no loss with an address follows
 */
record LossLog(List<String> lost, List<String> missed, long unnamed, long unnamedAtEnd) {
  private static final Pattern LOST_ONE =
      Pattern.compile("\\S+ LOST segment \\d+, [0-9.]+ s, (\\S+?)(\\?\\S*)?: .*");
  private static final Pattern LOST_MANY =
      Pattern.compile("\\S+ LOST (\\d+) segments, ([0-9.]+) s: .*");

  LossLog {
    lost = List.copyOf(lost);
    missed = List.copyOf(missed);
  }

  /** Reads {@code log}; nothing is lost where there is none. */
  static LossLog read(Path log) throws IOException {
    List<String> lost = new ArrayList<>();
    List<String> missed = new ArrayList<>();
    long unnamed = 0;
    long last = 0;
    for (String line : Files.exists(log) ? Files.readAllLines(log) : List.<String>of()) {
      Matcher one = LOST_ONE.matcher(line);
      Matcher many = LOST_MANY.matcher(line);
      if (one.matches()) {
        lost.add(one.group(1));
        last = 0;
      } else if (many.matches()) {
        missed.add(line);
        last = Long.parseLong(many.group(1));
        unnamed += last;
      }
    }
    return new LossLog(lost, missed, unnamed, last);
  }
}
