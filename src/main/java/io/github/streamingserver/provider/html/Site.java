package io.github.streamingserver.provider.html;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.github.streamingserver.http.Cookie;
import io.github.streamingserver.http.HttpHeaders;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import io.github.streamingserver.provider.ProviderManifest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A site as config.json and the owner's settings describe it.
 *
 * @param base what addresses in config.json are relative to
 * @param headers of every request; {@code {page}} in a value is the address of the page at hand
 * @param cookies for the site and the hosts below it
 * @param fixed categories that config.json lists itself
 * @param maxPageSize in bytes, decoded
 * @param patternTime for the patterns on one page together
 */
record Site(
    URI base,
    Map<String, String> headers,
    List<Cookie> cookies,
    List<JsonObject> fixed,
    Optional<Listing> categories,
    Listing items,
    Optional<Listing> search,
    Optional<StreamFinder> streams,
    long maxPageSize,
    Duration patternTime) {
  private static final String BASE = "base";
  private static final String BASE_URL = "base-url";
  private static final String MAX_PAGE_SIZE = "max-page-size";
  private static final String PATTERN_TIMEOUT = "pattern-timeout";
  private static final String HEADERS = "headers";
  private static final String COOKIES = "cookies";
  private static final String CATEGORIES = "categories";
  private static final String ITEMS = "items";
  private static final String SEARCH = "search";
  private static final String THIS_PAGE = "{page}";
  private static final Set<String> CATEGORY_FIELDS =
      Set.of(Listing.NAME, Listing.URL, "icon", "description");
  private static final Set<String> ITEM_FIELDS =
      Set.of(Listing.TITLE, Listing.URL, "thumbnail", "duration", "description");

  /** A tree takes ten times its text, and several are read at once on a box of 32 MB. */
  private static final long DEFAULT_PAGE_SIZE = 2L << 20;

  private static final Duration DEFAULT_PATTERN_TIME = Duration.ofSeconds(2);

  Site {
    headers = Map.copyOf(headers);
    cookies = List.copyOf(cookies);
    fixed = List.copyOf(fixed);
  }

  /**
   * The site.
   *
   * @throws StreamException naming what in config.json or the settings must be mended, and how
   */
  static Site read(ProviderManifest manifest, JsonObject ownSettings) {
    String id = manifest.id().value();
    ConfigSection config = ConfigSection.whole(id, manifest.config());
    Config settings = ConfigFactory.parseMap(ownSettings.fields());
    try {
      URI base = base(config, settings);
      ConfigSection items =
          config.section(ITEMS).orElseThrow(() -> config.missing(ITEMS, "{\"each\": \"div\", …}"));
      boolean fixed = config.isList(CATEGORIES);
      return new Site(
          base,
          headers(config),
          cookies(config, base),
          fixed ? fixed(config, base) : List.of(),
          fixed ? Optional.empty() : config.section(CATEGORIES).map(Site::categoryList),
          itemList(items),
          config.section(SEARCH).map(search -> searchList(items, search)),
          StreamFinder.read(config),
          settings.hasPath(MAX_PAGE_SIZE) ? settings.getBytes(MAX_PAGE_SIZE) : DEFAULT_PAGE_SIZE,
          settings.hasPath(PATTERN_TIMEOUT)
              ? settings.getDuration(PATTERN_TIMEOUT)
              : DEFAULT_PATTERN_TIME);
    } catch (ConfigException e) {
      throw new StreamException(
          new StreamFailure.Failed(
              "Setting streamingserver.providers.%s can't be used: %s"
                  .formatted(id, e.getMessage())));
    }
  }

  private static URI base(ConfigSection config, Config settings) {
    String written = config.required(BASE, "\"https://videos.example/\"");
    try {
      return Urls.http(settings.hasPath(BASE_URL) ? settings.getString(BASE_URL) : written);
    } catch (IllegalArgumentException e) {
      throw config.wrong(BASE, "(or the setting base-url) is no address: " + e.getMessage());
    }
  }

  private static Map<String, String> headers(ConfigSection config) {
    Map<String, String> headers = config.texts(HEADERS);
    headers.forEach(
        (name, value) -> {
          try {
            HttpHeaders.requireValid(name, value);
          } catch (IllegalArgumentException e) {
            throw config.wrong(HEADERS + "." + name, "can't be sent: " + e.getMessage());
          }
        });
    return headers;
  }

  private static List<Cookie> cookies(ConfigSection config, URI base) {
    List<Cookie> cookies = new ArrayList<>();
    config
        .texts(COOKIES)
        .forEach(
            (name, value) -> {
              try {
                cookies.add(
                    new Cookie(name, value, base.getHost(), false, "/", false, Instant.MAX));
              } catch (IllegalArgumentException e) {
                throw config.wrong(COOKIES + "." + name, "can't be sent: " + e.getMessage());
              }
            });
    return cookies;
  }

  private static List<JsonObject> fixed(ConfigSection config, URI base) {
    List<JsonObject> categories = new ArrayList<>();
    for (ConfigSection one : config.sections(CATEGORIES)) {
      one.required(Listing.NAME, "\"News\"");
      String url = one.required(Listing.URL, "\"/news\"");
      try {
        categories.add(one.fields().with(Listing.URL, Urls.resolve(base, url).toString()));
      } catch (IllegalArgumentException e) {
        throw one.wrong(Listing.URL, "is no address: " + e.getMessage());
      }
    }
    return categories;
  }

  private static Listing categoryList(ConfigSection section) {
    section.required("page", "\"/categories\"");
    return Listing.read(section, CATEGORY_FIELDS, List.of(Listing.NAME, Listing.URL));
  }

  private static Listing itemList(ConfigSection section) {
    return Listing.read(section, ITEM_FIELDS, List.of(Listing.TITLE, Listing.URL));
  }

  /** What the results have in common with other items needs not be written twice. */
  private static Listing searchList(ConfigSection items, ConfigSection search) {
    String page = search.required("page", "\"/search?q={term}\"");
    if (!page.contains("{" + PageTemplate.TERM + "}")) {
      throw search.wrong("page", "must hold {term}");
    }
    JsonObject fields = items.fields().with("page", page);
    JsonObject inherited = new JsonObject(withoutFirstPage(fields)).and(search.fields());
    return itemList(new ConfigSection(search.provider(), search.place(), inherited));
  }

  private static Map<String, Object> withoutFirstPage(JsonObject items) {
    Map<String, Object> fields = new LinkedHashMap<>(items.fields());
    fields.remove("first-page");
    return fields;
  }

  /** {@code session} with what the site wants of every request; what a client said goes before. */
  HttpSession dressed(HttpSession session, URI page) {
    HttpSession dressed = session;
    cookies.forEach(session.cookies()::add);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (session.headers().keySet().stream().noneMatch(header.getKey()::equalsIgnoreCase)) {
        dressed =
            dressed.withHeader(
                header.getKey(), header.getValue().replace(THIS_PAGE, page.toString()));
      }
    }
    return dressed;
  }
}
