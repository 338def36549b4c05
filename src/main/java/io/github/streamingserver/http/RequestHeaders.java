package io.github.streamingserver.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which headers a request carries, on the first host and after a redirect. */
final class RequestHeaders {
  /** The connection's own business (RFC 9110 §7.6.1), never a caller's. */
  private static final Set<String> OURS =
      Set.of(
          "accept-encoding",
          "connection",
          "content-length",
          "content-type",
          "expect",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final Set<String> SECRET =
      Set.of("authorization", "cookie", "proxy-authorization");

  private RequestHeaders() {}

  /** The headers of {@code request} when it is sent to {@code to}, a redirect away or not. */
  static Map<String, String> of(HttpFetch request, HttpSession session, String userAgent, URI to) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Accept", "*/*");
    headers.put("User-Agent", userAgent);
    headers.putAll(session.headers());
    headers.putAll(request.headers());
    headers.keySet().removeIf(name -> OURS.contains(name.toLowerCase(Locale.ROOT)));
    headers.put("Accept-Encoding", request.compressed() ? ContentCodings.ACCEPTED : "identity");
    if (!sameSite(request.url(), to)) {
      headers.keySet().removeIf(name -> SECRET.contains(name.toLowerCase(Locale.ROOT)));
    }
    basic(to).ifPresent(credentials -> headers.putIfAbsent("Authorization", credentials));
    session
        .cookies()
        .header(to)
        .ifPresent(ours -> headers.merge("Cookie", ours, (given, kept) -> given + "; " + kept));
    return headers;
  }

  /** The user and password that a URL holds (RFC 7617 §2). */
  private static Optional<String> basic(URI url) {
    return Optional.ofNullable(url.getUserInfo())
        .map(user -> Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)))
        .map(encoded -> "Basic " + encoded);
  }

  /** The same host and port, or the same host after the usual step from http to https. */
  private static boolean sameSite(URI first, URI to) {
    if (!first.getHost().equalsIgnoreCase(to.getHost())) {
      return false;
    }
    boolean sameOrigin =
        first.getScheme().equalsIgnoreCase(to.getScheme()) && port(first) == port(to);
    boolean upgrade = port(first) == 80 && port(to) == 443 && isHttps(to);
    return sameOrigin || upgrade;
  }

  private static int port(URI url) {
    return url.getPort() >= 0 ? url.getPort() : isHttps(url) ? 443 : 80;
  }

  private static boolean isHttps(URI url) {
    return "https".equalsIgnoreCase(url.getScheme());
  }
}
