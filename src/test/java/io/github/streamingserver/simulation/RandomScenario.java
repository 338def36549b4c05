package io.github.streamingserver.simulation;

import io.github.streamingserver.simulation.Incident.Damage;
import io.github.streamingserver.simulation.Incident.Damaged;
import io.github.streamingserver.simulation.Incident.Victim;
import io.github.streamingserver.simulation.Scenario.Channel;
import io.github.streamingserver.simulation.Scenario.Planned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Makes scenarios of all that can happen, by seed. Troubles lie so far apart that each may be
 * recovered from: what two of them do together within minutes is for scenarios of people.
 */
final class RandomScenario {
  private static final int[] SEGMENT_SECONDS = {2, 4, 6, 6, 10};
  private static final int SHORTEST_WINDOW = 24;
  private static final int PERCENT = 100;
  private static final List<Victim> VICTIMS =
      List.of(Victim.RECORDER, Victim.STREAM, Victim.SUPERVISOR, Victim.RESOLVER);

  private final Random random;

  private RandomScenario(long seed) {
    random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  /** The scenario of {@code seed}. */
  static Scenario of(long seed, Duration hours) {
    return new RandomScenario(seed).make("random-" + seed, hours);
  }

  private Scenario make(String name, Duration hours) {
    int segment = SEGMENT_SECONDS[random.nextInt(SEGMENT_SECONDS.length)];
    int window = Math.max(4, SHORTEST_WINDOW / segment) + random.nextInt(7);
    Channel channel =
        new Channel(
            Duration.ofSeconds(segment),
            window,
            chance(60),
            chance(80),
            Duration.ofMillis(between(20, 900)),
            chance(50) ? between(1, 30) : 0,
            chance(40) ? Optional.of(Duration.ofMinutes(between(3, 90))) : Optional.empty());
    boolean scheduled = chance(40);
    List<Planned> plan = new ArrayList<>();
    if (chance(80)) {
      Duration lasts = Duration.ofSeconds((long) segment * between(40 / segment, 180 / segment));
      plan.add(every(between(480, 1200), new Incident.Break(lasts)));
    }
    if (chance(70)) {
      plan.add(every(between(1200, 3600), new Incident.NextProgramme()));
    }
    for (long at = between(300, 1500); at < hours.toSeconds() - 600; at += between(720, 2400)) {
      Duration when = Duration.ofMillis(at * 1000 + random.nextInt(1000));
      plan.add(new Planned(when, Optional.empty(), trouble(segment, scheduled)));
    }
    return new Scenario(name, hours, channel, scheduled, chance(80), plan);
  }

  private Planned every(int seconds, Incident incident) {
    Duration time = Duration.ofSeconds(seconds);
    return new Planned(time, Optional.of(time), incident);
  }

  private Incident trouble(int segment, boolean scheduled) {
    return switch (random.nextInt(16)) {
      case 0, 1, 2 -> new Incident.Outage(lasts(2, scheduled ? 600 : 200));
      case 3 -> new Incident.Errors(chance(50) ? 503 : 404, lasts(2, scheduled ? 500 : 180));
      case 4 -> new Incident.Stall(lasts(2, 150));
      case 5 -> new Incident.Resets(lasts(2, 150));
      case 6 -> new Incident.SlowOrigin(Duration.ofMillis(between(500, 9000)), lasts(5, 180));
      case 7 -> new Incident.SlowDisk(Duration.ofMillis(between(20, 5000)), lasts(5, 180));
      case 8 -> new Incident.Freeze(lasts(5, 120));
      case 9 -> new Incident.Restart();
      case 10 -> new Incident.Renumber(between(0, 20_000));
      case 11 -> new Incident.Jump(between(1, 150 / segment));
      case 12 -> new Damaged(Damage.MISSING, between(1, 10));
      case 13 -> new Damaged(Damage.GARBAGE, between(1, 6));
      case 14 -> new Damaged(Damage.TRUNCATED, between(1, 6));
      default -> new Incident.Crash(VICTIMS.get(random.nextInt(VICTIMS.size())));
    };
  }

  private Duration lasts(int least, int most) {
    return Duration.ofSeconds(between(least, most));
  }

  private int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  private boolean chance(int percent) {
    return random.nextInt(PERCENT) < percent;
  }
}
