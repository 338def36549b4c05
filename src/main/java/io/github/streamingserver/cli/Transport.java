package io.github.streamingserver.cli;

import java.nio.file.Path;
import java.util.Optional;

/** What the bytes to a server go through. */
sealed interface Transport {
  /** TCP as it is. */
  record Plain() implements Transport {}

  /**
   * TLS.
   *
   * @param authorities a PEM file of those who may vouch for the server; the JDK's where empty
   */
  record Tls(Optional<Path> authorities) implements Transport {}
}
