package io.github.streamingserver.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a stream's requests have in common: the headers that a resolver set, the cookies that the
 * site sets, the proxy, and the headers that a site wanted before it answered. Made by the
 * resolver, used by the recorder. Safe for use from any thread; only the cookies and what sites
 * wanted change.
 */
public final class HttpSession {
  /** Sites of one session whose wishes are remembered: a page, its playlist and its CDN are few. */
  private static final int MOST_SITES = 32;

  /** A header that belongs to one site. */
  private record Owned(URI site, String name, String value) {}

  private final Map<String, String> headers;
  private final List<Owned> owned;
  private final CookieJar cookies;
  private final BoundedMap<String, Map<String, String>> wanted;
  private final Optional<HttpProxy> proxy;
  private final Map<String, String> trial;

  private HttpSession(
      Map<String, String> headers,
      List<Owned> owned,
      CookieJar cookies,
      BoundedMap<String, Map<String, String>> wanted,
      Optional<HttpProxy> proxy,
      Map<String, String> trial) {
    this.headers = Map.copyOf(headers);
    this.owned = List.copyOf(owned);
    this.cookies = cookies;
    this.wanted = wanted;
    this.proxy = proxy;
    this.trial = Map.copyOf(trial);
  }

  /** A session without headers or cookies. */
  public static HttpSession empty() {
    return keeping(new CookieJar());
  }

  /** A session without headers that keeps its cookies in {@code cookies}. */
  public static HttpSession keeping(CookieJar cookies) {
    return new HttpSession(
        Map.of(), List.of(), cookies, new BoundedMap<>(MOST_SITES), Optional.empty(), Map.of());
  }

  /**
   * A session with the same cookie jar and one more header, or another value for it. Every request
   * carries it, whatever its host: for who knows all addresses that the session is used for. A
   * redirect to another site takes it along only where it {@link #isHarmless}.
   *
   * @throws IllegalArgumentException where the header may not be sent
   */
  public HttpSession withHeader(String name, String value) {
    HttpHeaders.requireValid(name, value);
    Map<String, String> more = without(name);
    more.put(name, value);
    return new HttpSession(more, owned, cookies, wanted, proxy, trial);
  }

  /**
   * As {@link #withHeader(String, String)}, but what is not {@link #isHarmless} goes to {@code
   * site}'s scheme, host and port alone.
   */
  public HttpSession withHeader(URI site, String name, String value) {
    if (isHarmless(name)) {
      return withHeader(name, value);
    }
    HttpHeaders.requireValid(name, value);
    List<Owned> more = new ArrayList<>(owned);
    more.removeIf(old -> old.name().equalsIgnoreCase(name) && Site.same(old.site(), site));
    more.add(new Owned(site, name, value));
    return new HttpSession(headers, more, cookies, wanted, proxy, trial);
  }

  /** Whether a header tells who asks and for what, and no secret: such may go to every site. */
  public static boolean isHarmless(String name) {
    return RequestHeaders.travels(name);
  }

  /** The same session by way of a proxy. */
  public HttpSession via(HttpProxy other) {
    return new HttpSession(headers, owned, cookies, wanted, Optional.of(other), trial);
  }

  /**
   * This session where it says something, else {@code base}: headers by name, cookies by name,
   * domain and path. The cookies are copies: what sites set from now on stays out of both.
   */
  public HttpSession over(HttpSession base) {
    HttpSession both =
        new HttpSession(
            base.headers,
            base.owned,
            base.cookies.copy(),
            new BoundedMap<>(MOST_SITES),
            proxy.or(() -> base.proxy),
            Map.of());
    cookies.addAllTo(both.cookies);
    both.wanted.putAll(base.wanted);
    both.wanted.putAll(wanted);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      both = both.withHeader(header.getKey(), header.getValue());
    }
    for (Owned header : owned) {
      both = both.withHeader(header.site(), header.name(), header.value());
    }
    return both;
  }

  /** The headers that every request carries. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The cookies, by domain and path. */
  public CookieJar cookies() {
    return cookies;
  }

  /** The proxy that all requests go through. */
  public Optional<HttpProxy> proxy() {
    return proxy;
  }

  /** The headers that belong to the site of {@code to} alone. */
  Map<String, String> ownedBy(URI to) {
    Map<String, String> own = new LinkedHashMap<>();
    owned.stream()
        .filter(header -> Site.same(header.site(), to))
        .forEach(header -> own.put(header.name(), header.value()));
    return own;
  }

  /** From now on requests to the site of {@code url} carry {@code headers}, behind all others. */
  void want(URI url, Map<String, String> headers) {
    wanted.put(Site.key(url), Map.copyOf(headers));
  }

  /** The same session for one try with {@code headers}, behind all others, at whatever site. */
  HttpSession trying(Map<String, String> headers) {
    return new HttpSession(this.headers, owned, cookies, wanted, proxy, headers);
  }

  /** What is tried, else what the site of {@code url} wanted before it answered. */
  Map<String, String> wantedBy(URI url) {
    return trial.isEmpty() ? wanted.get(Site.key(url)).orElse(Map.of()) : trial;
  }

  private Map<String, String> without(String name) {
    Map<String, String> others = new LinkedHashMap<>(headers);
    others.keySet().removeIf(name::equalsIgnoreCase);
    return others;
  }
}
