package io.github.streamingserver.tcp;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which refusals are worth a line: in a window of time one for each address and reason, and not
 * many in all, so that who knocks all the time fills no disk. Pure; times are from any fixed moment
 * on.
 */
final class RefusalLog {
  static final Duration WINDOW = Duration.ofMinutes(1);
  static final int MOST_LINES = 60;

  private record Told(InetAddress peer, String reason) {}

  private final Set<Told> told = new HashSet<>();
  private Duration begin;
  private long silent;

  RefusalLog(Duration now) {
    this.begin = now;
  }

  /** The line for a refusal; empty where it is passed over and counted. */
  Optional<String> line(InetAddress peer, String reason, Duration now) {
    if (now.minus(begin).compareTo(WINDOW) >= 0) {
      begin = now;
      told.clear();
    }
    if (told.size() >= MOST_LINES || !told.add(new Told(peer, reason))) {
      silent++;
      return Optional.empty();
    }
    String before = silent == 0 ? "" : " (%d refusals before were not logged)".formatted(silent);
    silent = 0;
    return Optional.of(
        "Client [%s] is refused: %s%s".formatted(peer.getHostAddress(), reason, before));
  }
}
