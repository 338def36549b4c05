package io.github.streamingserver.simulation;

import io.github.streamingserver.simulation.Scenario.Channel;
import io.github.streamingserver.simulation.Simulation.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a recorder could have had, with all that was wrong meanwhile. */
record Chances(Channel channel, List<Trouble> troubles) {
  private static final int SERVER_ERROR = 500;
  private static final Duration MOMENT = Duration.ofSeconds(10);

  /** So soon after trouble a recorder is at work again: its longest pause, and some loads. */
  static final Duration RECOVERY = Duration.ofSeconds(30);

  /** As hls.renew-every: a renewal that fails in an outage is not tried again sooner. */
  private static final Duration RENEWAL = Duration.ofMinutes(1);

  /** Whether something explains that a recording ends then. */
  boolean end(Instant end, boolean complete) {
    return troubles.stream().anyMatch(trouble -> ends(trouble, end, complete));
  }

  /**
   * Whether a recording may end then because of that: a crash, or that a channel between two
   * programmes stays away for longer than is waited for.
   */
  private static boolean ends(Trouble trouble, Instant end, boolean complete) {
    boolean meanwhile = !end.isBefore(trouble.from()) && end.isBefore(trouble.until().plus(MOMENT));
    return meanwhile
        && switch (trouble.incident()) {
          case Incident.Crash _ -> true;
          case Incident.Errors(int status, _) -> complete && status < SERVER_ERROR;
          case Incident.Freeze _, Incident.Jump _ -> complete;
          case Incident.SlowDisk _ -> !complete;
          default -> false;
        };
  }

  /** Whether it was listed for long enough while nothing was wrong. */
  boolean had(Segment segment, Take take) {
    if (segment.listed.equals(Instant.MAX)
        || segment.damage.filter(damage -> damage != Incident.Damage.TRUNCATED).isPresent()) {
      return false;
    }
    Instant end = segment.left.isBefore(take.end()) ? segment.left : take.end();
    Instant from = segment.listed.isBefore(take.begin()) ? take.begin() : segment.listed;
    // What is listed for less than two loads take may be missed.
    Duration enough = channel.segment().plusSeconds(5);
    Instant since = from;
    for (Trouble trouble : troubles) {
      if (trouble.incident() instanceof Incident.Errors(int status, _)
          && status < SERVER_ERROR
          && trouble.from().isBefore(end)
          && segment.listed.isBefore(trouble.until())) {
        // What is not there is given up after some seconds, also where nothing is.
        return false;
      }
      boolean harmless =
          trouble.incident() instanceof Incident.Break
              || trouble.incident() instanceof Incident.Freeze
              || trouble.incident() instanceof Incident.Jump;
      Instant over = trouble.until().plus(recovery());
      if (!harmless && trouble.from().isBefore(end) && over.isAfter(since)) {
        since = over;
      }
    }
    return Duration.between(since, end).compareTo(enough) >= 0;
  }

  private Duration recovery() {
    return channel.token().isPresent() ? RECOVERY.plus(RENEWAL) : RECOVERY;
  }
}
