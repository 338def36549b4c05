package io.github.streamingserver.simulation;

import io.github.streamingserver.simulation.Incident.Damage;
import io.github.streamingserver.simulation.Incident.Damaged;
import io.github.streamingserver.simulation.Incident.Victim;
import io.github.streamingserver.simulation.Scenario.Channel;
import io.github.streamingserver.simulation.Scenario.Planned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads scenarios: a directive a line, {@code #} before what is for people. Times are {@code
 * 200ms}, {@code 45s}, {@code 12m}, {@code 2h} or {@code 00:30:00}.
 *
 * <pre>
 * hours 24h                    how long it is recorded, unless the command line says
 * segment 6s                   how long a segment is
 * window 8                     segments that are listed
 * numbering restarts|runs-on   whether a break has a window and media sequences of its own
 * program-date-time on|off     whether segments tell when they were broadcast
 * latency 80ms                 of each answer
 * flaky 20                     of a thousand requests so many fail, in all ways
 * token expires 10m            then all addresses answer 403
 * ends by-user|by-itself       stopped by a client, or with "until"
 * ads keep|skip
 * </pre>
 *
 * What happens has {@code at TIME} or {@code every TIME} before or behind it; without, it happens
 * at the beginning.
 *
 * <pre>
 * break 90s                    advertisements: another host, picture and time base
 * programme                    ENDLIST; the master leads to the playlist of the next one
 * outage 45s                   no connection to anything
 * errors 503 for 20s           the answer to every request
 * stall 40s                    requests are taken, and nothing comes
 * resets 20s                   bodies break off in their middle
 * slow-origin 2s for 1m        the latency of each answer
 * slow-disk 200ms for 1m       how long the disk is waited for at each turn
 * freeze 40s                   the playlist stands still, then catches up
 * restart                      the window begins anew, media sequence 0, with what comes next
 * renumber 5000                the same window with other media sequences
 * jump 20                      so many segments are never listed
 * missing 2                    the next 2 segments answer 404
 * garbage 2                    … are no transport stream
 * truncated 2                  … break off twice before they come whole
 * crash recorder|stream|supervisor|resolver|server
 * </pre>
 */
final class ScenarioReader {
  private static final Duration LONGEST = Duration.ofDays(31);

  private Duration hours = Duration.ofHours(1);
  private Channel channel = Channel.PLAIN;
  private boolean scheduled;
  private boolean ads = true;
  private final List<Planned> plan = new ArrayList<>();

  private ScenarioReader() {}

  /**
   * The scenario in {@code text}.
   *
   * @throws IllegalArgumentException naming the line that can't be read
   */
  static Scenario read(String name, String text) {
    ScenarioReader reader = new ScenarioReader();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceAll("#.*", "").strip();
      try {
        if (!line.isEmpty()) {
          reader.directive(List.of(line.split("\\s+")));
        }
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new IllegalArgumentException(
            "%s, line %d: '%s': %s".formatted(name, i + 1, line, problem(e)), e);
      }
    }
    return new Scenario(
        name, reader.hours, reader.channel, reader.scheduled, reader.ads, reader.plan);
  }

  private static String problem(RuntimeException e) {
    return e instanceof IndexOutOfBoundsException
        ? "something is missing"
        : String.valueOf(e.getMessage());
  }

  private void directive(List<String> words) {
    Channel c = channel;
    switch (words.getFirst()) {
      case "hours" -> hours = time(words, 1);
      case "segment" -> channel = channel(time(words, 1), c.window(), c.swaps(), c.dated());
      case "window" -> channel = channel(c.segment(), count(words, 1), c.swaps(), c.dated());
      case "numbering" ->
          channel =
              channel(c.segment(), c.window(), either(words, "restarts", "runs-on"), c.dated());
      case "program-date-time" ->
          channel = channel(c.segment(), c.window(), c.swaps(), either(words, "on", "off"));
      case "latency" -> channel = answers(time(words, 1), c.flaky(), c.token());
      case "flaky" -> channel = answers(c.latency(), count(words, 1), c.token());
      case "token" -> channel = answers(c.latency(), c.flaky(), Optional.of(time(words, 2)));
      case "ends" -> scheduled = either(words, "by-itself", "by-user");
      case "ads" -> ads = either(words, "keep", "skip");
      default -> plan.add(planned(words));
    }
  }

  private Channel channel(Duration segment, int window, boolean swaps, boolean dated) {
    return new Channel(
        segment, window, swaps, dated, channel.latency(), channel.flaky(), channel.token());
  }

  private Channel answers(Duration latency, int flaky, Optional<Duration> token) {
    return new Channel(
        channel.segment(),
        channel.window(),
        channel.swaps(),
        channel.dated(),
        latency,
        flaky,
        token);
  }

  private static Planned planned(List<String> words) {
    int last = words.size() - 2;
    if (isWhen(words.getFirst())) {
      return planned(words.getFirst(), time(words, 1), words.subList(2, words.size()));
    }
    return last > 0 && isWhen(words.get(last))
        ? planned(words.get(last), time(words, last + 1), words.subList(0, last))
        : planned("at", Duration.ZERO, words);
  }

  private static boolean isWhen(String word) {
    return word.equals("at") || word.equals("every");
  }

  private static Planned planned(String when, Duration time, List<String> what) {
    if (what.isEmpty()) {
      throw new IllegalArgumentException("what happens is missing");
    }
    Optional<Duration> every = when.equals("every") ? Optional.of(time) : Optional.empty();
    return new Planned(time, every, incident(what));
  }

  private static Incident incident(List<String> words) {
    return switch (words.getFirst()) {
      case "break" -> new Incident.Break(time(words, 1));
      case "programme" -> new Incident.NextProgramme();
      case "outage" -> new Incident.Outage(time(words, 1));
      case "errors" -> new Incident.Errors(count(words, 1), time(words, 3));
      case "stall" -> new Incident.Stall(time(words, 1));
      case "resets" -> new Incident.Resets(time(words, 1));
      case "slow-origin" -> new Incident.SlowOrigin(time(words, 1), time(words, 3));
      case "slow-disk" -> new Incident.SlowDisk(time(words, 1), time(words, 3));
      case "freeze" -> new Incident.Freeze(time(words, 1));
      case "restart" -> new Incident.Restart();
      case "renumber" -> new Incident.Renumber(count(words, 1));
      case "jump" -> new Incident.Jump(count(words, 1));
      case "missing" -> new Damaged(Damage.MISSING, count(words, 1));
      case "garbage" -> new Damaged(Damage.GARBAGE, count(words, 1));
      case "truncated" -> new Damaged(Damage.TRUNCATED, count(words, 1));
      case "crash" -> new Incident.Crash(victim(words.get(1)));
      default -> throw new IllegalArgumentException("no such directive");
    };
  }

  private static Victim victim(String word) {
    return Arrays.stream(Victim.values())
        .filter(victim -> victim.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("nobody is called " + word));
  }

  private static Duration time(List<String> words, int index) {
    Duration time = Times.parse(words.get(index));
    if (!time.isPositive() || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("times are more than nothing and less than 31 days");
    }
    return time;
  }

  private static int count(List<String> words, int index) {
    try {
      return Math.clamp(Long.parseLong(words.get(index)), 0, 1_000_000);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + words.get(index) + "' is no number", e);
    }
  }

  private static boolean either(List<String> words, String yes, String no) {
    String word = words.get(1);
    if (!word.equals(yes) && !word.equals(no)) {
      throw new IllegalArgumentException("'%s' is neither %s nor %s".formatted(word, yes, no));
    }
    return word.equals(yes);
  }
}
