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
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /**
   * What says who asks and for what, and holds no secret. All else, such as Authorization, Cookie
   * and what a site made up for itself, may hold one and stays on its site.
   */
  private static final Set<String> HARMLESS =
      Set.of(
          "accept",
          "accept-language",
          "cache-control",
          "dnt",
          "icy-metadata",
          "if-match",
          "if-modified-since",
          "if-none-match",
          "if-range",
          "if-unmodified-since",
          "origin",
          "pragma",
          "priority",
          "range",
          "referer",
          "upgrade-insecure-requests",
          "user-agent");

  private RequestHeaders() {}

  /** Whether a redirect to another site takes the header along. */
  static boolean travels(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return HARMLESS.contains(lower) || lower.startsWith("sec-");
  }

  /** The headers of {@code request} when it is sent to {@code to}, a redirect away or not. */
  static Map<String, String> of(HttpFetch request, HttpSession session, String userAgent, URI to) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(session.headers());
    headers.putAll(request.headers());
    if (!Site.same(request.url(), to)) {
      headers.keySet().removeIf(name -> !travels(name));
    }
    session.ownedBy(to).forEach(headers::putIfAbsent);
    session.wantedBy(to).forEach(headers::putIfAbsent);
    headers.putIfAbsent("Accept", "*/*");
    headers.putIfAbsent("User-Agent", userAgent);
    headers.keySet().removeIf(name -> OURS.contains(name.toLowerCase(Locale.ROOT)));
    headers.put("Accept-Encoding", request.compressed() ? ContentCodings.ACCEPTED : "identity");
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
}
