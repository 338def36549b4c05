package io.github.streamingserver.session;

import io.github.streamingserver.config.AdmissionSettings;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.protocol.ClientMessage;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;

/** Whether one client is admitted. Belongs to a session and its thread. */
final class Greeter {
  private final TokenGate gate;
  private final AdmissionSettings settings;
  private final InetAddress peer;
  private final Logger log;
  private boolean admitted;

  Greeter(TokenGate gate, AdmissionSettings settings, InetAddress peer, Logger log) {
    this.gate = gate;
    this.settings = settings;
    this.peer = peer;
    this.log = log;
    this.admitted = !settings.needsToken();
  }

  boolean isAdmitted() {
    return admitted;
  }

  /** Admits a client whose token is right; the failure where it isn't. */
  Optional<StreamFailure> greet(ClientMessage.Hello hello) {
    return switch (gate.check(peer, hello.token(), Duration.ofNanos(System.nanoTime()))) {
      case RIGHT -> {
        admitted = true;
        yield Optional.empty();
      }
      case WRONG -> refused("The token is wrong");
      case LAST_WRONG -> {
        log.warn(
            "[{}] said [{}] wrong tokens; none from there is looked at for [{}] s",
            peer.getHostAddress(),
            settings.wrongTokens(),
            settings.tokenHold().toSeconds());
        yield refused("The token is wrong");
      }
      case HELD -> refused("Too many wrong tokens from this address; try again later");
    };
  }

  private static Optional<StreamFailure> refused(String message) {
    return Optional.of(new StreamFailure.Forbidden(message));
  }
}
