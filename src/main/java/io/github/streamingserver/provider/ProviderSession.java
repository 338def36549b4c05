package io.github.streamingserver.provider;

import io.github.streamingserver.http.CookieFile;
import io.github.streamingserver.http.CookieJar;
import io.github.streamingserver.http.HttpProxy;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session that a provider's owner describes: {@code headers}, {@code user-agent} and {@code
 * proxy} in config.json, or in the server's settings, which win; cookies in {@code cookies.txt}
 * beside config.json, or in the file that the setting {@code cookies} names.
 *
 * <p>A header goes to the site of the provider's {@code url}; those that hold no secret, such as
 * Referer, go everywhere. For another site an object is named as that site: {@code "headers":
 * {"Referer": "https://site.example/", "https://api.site.example": {"X-Key": "…"}}}.
 */
final class ProviderSession {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderSession.class);

  static final String COOKIES_FILE = "cookies.txt";

  private static final String COOKIES = "cookies";
  private static final String HEADERS = "headers";
  private static final String USER_AGENT = "user-agent";
  private static final String PROXY = "proxy";
  private static final String URL = "url";

  /** Stands for the page at hand, which only a provider of pages knows: it fills that in. */
  private static final String PAGE = "{page}";

  /** More than a jar holds, comments included. */
  private static final long LARGEST_FILE = 4 << 20;

  private final ProviderManifest manifest;
  private final Path folder;
  private final JsonObject settings;

  private ProviderSession(ProviderManifest manifest, Path folder, JsonObject settings) {
    this.manifest = manifest;
    this.folder = folder;
    this.settings = settings;
  }

  /**
   * A new session. Reads a file.
   *
   * @throws StreamException naming what can't be used
   */
  static HttpSession create(ProviderContext context) {
    return new ProviderSession(context.manifest(), context.folder(), context.settings())
        .create(context.clock());
  }

  private HttpSession create(InstantSource clock) {
    HttpSession session = HttpSession.keeping(cookies(clock));
    session = withHeaders(session, manifest.config());
    session = withHeaders(session, settings);
    Optional<String> userAgent = text(USER_AGENT);
    Optional<String> proxy = text(PROXY);
    try {
      if (userAgent.isPresent()) {
        session = session.withHeader("User-Agent", userAgent.get());
      }
      return proxy.isPresent() ? session.via(HttpProxy.parse(proxy.get())) : session;
    } catch (IllegalArgumentException e) {
      throw failed(String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> text(String name) {
    return settings.text(name).or(() -> manifest.config().text(name)).filter(s -> !s.isBlank());
  }

  private HttpSession withHeaders(HttpSession session, JsonObject source) {
    HttpSession more = session;
    JsonObject headers = source.object(HEADERS).orElse(JsonObject.empty());
    for (String name : headers.fields().keySet()) {
      Optional<JsonObject> ofSite = headers.object(name);
      Optional<String> value = headers.text(name);
      try {
        if (ofSite.isPresent()) {
          URI site = Urls.http(name);
          for (String own : ofSite.get().fields().keySet()) {
            more = more.withHeader(site, own, ofSite.get().text(own).orElse(""));
          }
        } else if (value.isPresent() && !value.get().contains(PAGE)) {
          more = withHeader(more, name, value.get());
        }
      } catch (IllegalArgumentException e) {
        throw failed("headers: " + e.getMessage());
      }
    }
    return more;
  }

  private HttpSession withHeader(HttpSession session, String name, String value) {
    if (HttpSession.isHarmless(name)) {
      return session.withHeader(name, value);
    }
    URI site =
        text(URL)
            .map(Urls::http)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "whose is %s? Write {\"https://its.site\": {\"%s\": …}}"
                            .formatted(name, name)));
    return session.withHeader(site, name, value);
  }

  private CookieJar cookies(InstantSource clock) {
    CookieJar jar = new CookieJar(clock);
    Optional<Path> named = settings.text(COOKIES).filter(s -> !s.isBlank()).map(folder::resolve);
    Path file = named.orElse(folder.resolve(COOKIES_FILE));
    if (named.isPresent() || Files.exists(file)) {
      fill(jar, file);
    }
    return jar;
  }

  private void fill(CookieJar jar, Path file) {
    String text = read(file);
    if (CookieFile.isJson(text)) {
      throw failed(file + " is JSON; export the cookies in Netscape format, as cookies.txt");
    }
    CookieFile read = CookieFile.parse(text);
    if (!read.unusable().isEmpty()) {
      List<Integer> first = read.unusable().subList(0, Math.min(5, read.unusable().size()));
      LOG.warn("[{}] has lines that are no cookies, the first are {}", file, first);
    }
    if (read.cookies().size() > CookieJar.MOST) {
      LOG.warn("[{}] has more than {} cookies; export one site's alone", file, CookieJar.MOST);
    }
    read.cookies().forEach(jar::add);
    LOG.info("Provider [{}] has [{}] cookies from [{}]", manifest.id(), jar.size(), file);
  }

  private String read(Path file) {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw failed(file + " is too large for a cookies.txt; export one site's cookies alone");
      }
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw failed(file + " can't be read: " + e);
    }
  }

  private StreamException failed(String problem) {
    return new StreamException(
        new StreamFailure.Failed("Provider '%s': %s".formatted(manifest.id(), problem)));
  }
}
