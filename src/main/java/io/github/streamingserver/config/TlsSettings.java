package io.github.streamingserver.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The port where clients speak TLS: {@code streamingserver.tcp.tls} in reference.conf.
 *
 * @param port 0 for any that is free
 */
public record TlsSettings(
    String bind, int port, KeyFiles keys, Duration handshakeTimeout, Duration reloadInterval) {
  private static final String PORT = "port";
  private static final String OFF = "off";

  /**
   * @throws IllegalArgumentException naming the value that can't be
   */
  public TlsSettings {
    if (port < 0 || port > TcpSettings.HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "tcp.tls.port must be off or 0 to " + TcpSettings.HIGHEST_PORT + ", not " + port);
    }
    if (!handshakeTimeout.isPositive() || !reloadInterval.isPositive()) {
      throw new IllegalArgumentException(
          "tcp.tls.handshake-timeout and reload-interval must be more than 0");
    }
  }

  /**
   * Reads the {@code tcp} section; empty where TLS is off.
   *
   * @param plainBind where the other port listens
   */
  static Optional<TlsSettings> create(Config tcp, String plainBind) {
    Config tls = tcp.getConfig("tls");
    if (tls.getString(PORT).equals(OFF)) {
      return Optional.empty();
    }
    String bind = tls.getString("bind");
    return Optional.of(
        new TlsSettings(
            bind.isBlank() ? plainBind : bind,
            port(tls),
            keys(tls),
            tls.getDuration("handshake-timeout"),
            tls.getDuration("reload-interval")));
  }

  private static int port(Config tls) {
    try {
      return tls.getInt(PORT);
    } catch (ConfigException.WrongType e) {
      throw new ConfigException.BadValue(
          tls.getValue(PORT).origin(), "tcp.tls.port", "it must be off or a number", e);
    }
  }

  private static KeyFiles keys(Config tls) {
    String certificate = tls.getString("certificate");
    String key = tls.getString("key");
    String pkcs12 = tls.getString("pkcs12");
    boolean pem = !certificate.isBlank() && !key.isBlank();
    if (pem == !pkcs12.isBlank() || certificate.isBlank() != key.isBlank()) {
      throw new IllegalArgumentException(
          "tcp.tls needs both certificate and key (PEM files), or pkcs12 alone");
    }
    return pem
        ? new KeyFiles.Pem(Path.of(certificate), Path.of(key))
        : new KeyFiles.Pkcs12(Path.of(pkcs12), tls.getString("password"));
  }
}
