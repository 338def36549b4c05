package io.github.streamingserver.http;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The cookies of one session (RFC 6265 §5). Safe for use from any thread. Bounded: beyond {@value
 * #MOST_PER_DOMAIN} cookies a domain or {@value #MOST} in all, the one that was sent longest ago
 * goes.
 *
 * <p>{@link java.net.CookieManager} is no choice: it has no bound and no clock of its own, takes
 * the quotes off values, drops cookies over dates and ages that browsers read, and logs those with
 * their values.
 */
public final class CookieJar {
  /** The most cookies that are kept. */
  public static final int MOST = 500;

  static final int MOST_PER_DOMAIN = 50;

  private final InstantSource clock;
  // In order of creation, which a new value for a known cookie does not change (§5.3, step 11.3).
  private final Map<Key, Kept> cookies = new LinkedHashMap<>();
  private long uses;

  /** An empty jar on the system's clock. */
  public CookieJar() {
    this(InstantSource.system());
  }

  /** An empty jar; {@code clock} says what has expired. */
  public CookieJar(InstantSource clock) {
    this.clock = clock;
  }

  /** Takes the Set-Cookie headers of a response from {@code from}; unusable ones are ignored. */
  public void store(URI from, List<String> setCookieHeaders) {
    for (String header : setCookieHeaders) {
      SetCookie.parse(from, header, clock.instant()).ifPresent(this::add);
    }
  }

  /** Takes one cookie, in place of one with the same name, domain and path. */
  public synchronized void add(Cookie cookie) {
    Instant now = clock.instant();
    Key key = new Key(cookie.name(), cookie.domain(), cookie.path());
    if (!cookie.expires().isAfter(now)) {
      cookies.remove(key);
      return;
    }
    cookies.put(key, new Kept(cookie, ++uses));
    if (count(cookie.domain()) > MOST_PER_DOMAIN || cookies.size() > MOST) {
      dropExpired(now);
    }
    if (count(cookie.domain()) > MOST_PER_DOMAIN) {
      dropOldest(cookie.domain());
    }
    if (cookies.size() > MOST) {
      dropOldest("");
    }
  }

  /** The value of the Cookie header for a request (§5.4); empty where no cookie belongs to it. */
  public synchronized Optional<String> header(URI to) {
    dropExpired(clock.instant());
    List<Map.Entry<Key, Kept>> sent = new ArrayList<>();
    for (Map.Entry<Key, Kept> entry : cookies.entrySet()) {
      if (entry.getValue().cookie().belongsTo(to)) {
        sent.add(entry);
        entry.setValue(new Kept(entry.getValue().cookie(), ++uses));
      }
    }
    if (sent.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        sent.stream()
            .map(entry -> entry.getValue().cookie())
            .sorted(Comparator.comparingInt(cookie -> -cookie.path().length()))
            .map(cookie -> cookie.name() + "=" + cookie.value())
            .collect(Collectors.joining("; ")));
  }

  /** How many cookies have not expired. */
  public synchronized int size() {
    dropExpired(clock.instant());
    return cookies.size();
  }

  /** A jar on the same clock with the same cookies; each goes its own way from now on. */
  CookieJar copy() {
    CookieJar copy = new CookieJar(clock);
    addAllTo(copy);
    return copy;
  }

  /** Adds what is here to {@code other}, in place of the same ones there. */
  void addAllTo(CookieJar other) {
    cookies().forEach(other::add);
  }

  private synchronized List<Cookie> cookies() {
    return cookies.values().stream().map(Kept::cookie).toList();
  }

  private long count(String domain) {
    return cookies.keySet().stream().filter(key -> key.domain().equals(domain)).count();
  }

  private void dropExpired(Instant now) {
    cookies.values().removeIf(kept -> !kept.cookie().expires().isAfter(now));
  }

  private void dropOldest(String domain) {
    cookies.entrySet().stream()
        .filter(entry -> domain.isEmpty() || entry.getKey().domain().equals(domain))
        .min(Comparator.comparingLong(entry -> entry.getValue().lastUse()))
        .map(Map.Entry::getKey)
        .ifPresent(cookies::remove);
  }

  private record Key(String name, String domain, String path) {}

  private record Kept(Cookie cookie, long lastUse) {}
}
