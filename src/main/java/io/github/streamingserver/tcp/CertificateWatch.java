package io.github.streamingserver.tcp;

import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Has a certificate looked at again and again. Blocks: it needs a dispatcher for that. */
final class CertificateWatch {
  /** Time to look. */
  enum Look {
    AGAIN
  }

  private CertificateWatch() {}

  static Behavior<Look> create(TlsCredentials credentials, Duration interval) {
    Behavior<Look> watch =
        Behaviors.withTimers(
            timers -> {
              timers.startTimerWithFixedDelay(Look.AGAIN, interval);
              return Behaviors.receiveMessage(
                  _ -> {
                    credentials.refresh();
                    return Behaviors.same();
                  });
            });
    return Behaviors.supervise(watch).onFailure(SupervisorStrategy.resume());
  }
}
