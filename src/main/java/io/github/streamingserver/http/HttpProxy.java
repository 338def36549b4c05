package io.github.streamingserver.http;

import io.github.streamingserver.model.Urls;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * An HTTP proxy: https goes through it by CONNECT, http as a request for the whole URL (RFC 9110
 * §9.3.6, RFC 9112 §3.2.2). The host's name is resolved by the proxy.
 *
 * @param userInfo {@code user:password}; empty where the proxy wants none
 */
public record HttpProxy(String host, int port, String userInfo) {
  private static final int LAST_PORT = 65_535;

  /**
   * @throws IllegalArgumentException where there can be no such proxy
   */
  public HttpProxy {
    if (host.isBlank() || port < 1 || port > LAST_PORT) {
      throw new IllegalArgumentException("a proxy is http://host:port");
    }
    HttpHeaders.requireValid("Proxy-Authorization", userInfo);
  }

  /**
   * Reads {@code http://user:password@host:port}, of which the user is optional.
   *
   * @throws IllegalArgumentException with a message for people, without the password
   */
  public static HttpProxy parse(String text) {
    URI url;
    try {
      url = Urls.http(text.contains("://") ? text : "http://" + text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a proxy is http://host:port", e);
    }
    if (!"http".equalsIgnoreCase(url.getScheme())) {
      throw new IllegalArgumentException("a proxy is reached by http://, not " + url.getScheme());
    }
    String user = Optional.ofNullable(url.getUserInfo()).orElse("");
    return new HttpProxy(url.getHost(), url.getPort(), user);
  }

  InetSocketAddress address() {
    return InetSocketAddress.createUnresolved(host, port);
  }

  /** The value of Proxy-Authorization (RFC 9110 §11.7.2). */
  Optional<String> authorization() {
    return Optional.of(userInfo)
        .filter(user -> !user.isEmpty())
        .map(user -> Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)))
        .map(encoded -> "Basic " + encoded);
  }

  /** Without user and password. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
