package io.github.streamingserver.tcp;

import io.github.streamingserver.config.TcpSettings;
import io.github.streamingserver.config.TlsSettings;
import java.util.ArrayList;
import java.util.List;

/** A port that clients come in by. */
public sealed interface Door {
  /** Where it listens. */
  String bind();

  /** 0 for any that is free. */
  int port();

  /** What an owner changes to have another port. */
  String remedy();

  /** For the protocol as it is. */
  record Plain(String bind, int port) implements Door {
    @Override
    public String remedy() {
      return "--port or --bind";
    }
  }

  /** For the protocol inside TLS. */
  record Secure(TlsSettings settings, TlsCredentials credentials) implements Door {
    @Override
    public String bind() {
      return settings.bind();
    }

    @Override
    public int port() {
      return settings.port();
    }

    @Override
    public String remedy() {
      return "tcp.tls.port or tcp.tls.bind";
    }
  }

  /** The port without TLS, which is always there. */
  static Door plain(TcpSettings settings) {
    return new Plain(settings.bind(), settings.port());
  }

  /**
   * All ports. Reads certificates, and blocks for that.
   *
   * @throws BadCertificateException where there is one that can't be used
   */
  static List<Door> all(TcpSettings settings) {
    List<Door> doors = new ArrayList<>(List.of(plain(settings)));
    settings.tls().map(tls -> new Secure(tls, TlsCredentials.of(tls.keys()))).ifPresent(doors::add);
    return List.copyOf(doors);
  }
}
