package io.github.streamingserver.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a stream's requests have in common: the headers that a resolver set and the cookies that the
 * site sets. Made by the resolver, used by the recorder. Safe for use from any thread; only the
 * cookies change.
 */
public final class HttpSession {
  private final Map<String, String> headers;
  private final CookieJar cookies;

  private HttpSession(Map<String, String> headers, CookieJar cookies) {
    this.headers = Map.copyOf(headers);
    this.cookies = cookies;
  }

  /** A session without headers or cookies. */
  public static HttpSession empty() {
    return new HttpSession(Map.of(), new CookieJar());
  }

  /**
   * A session with the same cookie jar and one more header, or another value for it.
   *
   * @throws IllegalArgumentException where the header may not be sent
   */
  public HttpSession withHeader(String name, String value) {
    HttpHeaders.requireValid(name, value);
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.keySet().removeIf(name::equalsIgnoreCase);
    more.put(name, value);
    return new HttpSession(more, cookies);
  }

  /** The headers that every request carries. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The cookies, by domain and path. */
  public CookieJar cookies() {
    return cookies;
  }
}
