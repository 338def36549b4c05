package io.github.streamingserver.provider.html;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.jsoup.select.Evaluator;

/**
 * A page that lists categories or items, and where in it they are.
 *
 * @param place in config.json, such as {@code items.}
 * @param page its address
 * @param firstNumber what the site calls its first page
 * @param firstPage the first page's address where that differs
 * @param each one entry
 * @param css of {@code each}, for messages
 * @param fields of an entry
 * @param required those without which an entry is none: a category's name, an item's title, urls
 * @param empty what stands on a page that rightly has no entries
 */
record Listing(
    String place,
    PageTemplate page,
    int firstNumber,
    Optional<PageTemplate> firstPage,
    Evaluator each,
    String css,
    Map<String, Field> fields,
    List<String> required,
    Optional<Evaluator> empty) {
  static final String URL = "url";
  static final String NAME = "name";
  static final String TITLE = "title";
  private static final Set<String> ADDRESSES = Set.of(URL, "thumbnail", "icon");
  private static final String PAGE = "page";
  private static final String FIRST_NUMBER = "first-number";
  private static final String FIRST_PAGE = "first-page";
  private static final String EACH = "each";
  private static final String EMPTY = "empty";
  private static final Set<String> OWN = Set.of(PAGE, FIRST_NUMBER, FIRST_PAGE, EACH, EMPTY);

  /** A page has a hundred; more than so many is a selector that is too wide. */
  private static final int MOST_ENTRIES = 2000;

  Listing {
    fields = Map.copyOf(fields);
    required = List.copyOf(required);
  }

  /**
   * The list that {@code section} describes.
   *
   * @param names of the fields that an entry may have
   */
  static Listing read(ConfigSection section, Set<String> names, List<String> required) {
    Set<String> known = new TreeSet<>(OWN);
    known.addAll(names);
    section.only(known);
    String css = section.required(EACH, "\"div.video\", the CSS selector of one entry");
    Map<String, Field> fields = new LinkedHashMap<>();
    for (String name : names) {
      Field.read(section, name).ifPresent(field -> fields.put(name, field));
    }
    for (String name : required) {
      if (!fields.containsKey(name)) {
        throw section.missing(name, name.equals(URL) ? "\"a@href\"" : "\"a\"");
      }
    }
    return new Listing(
        section.place(),
        PageTemplate.read(section, PAGE, section.text(PAGE).orElse("{url}")),
        section.integer(FIRST_NUMBER, 1),
        section.text(FIRST_PAGE).map(text -> PageTemplate.read(section, FIRST_PAGE, text)),
        section.selector(EACH, css),
        css,
        fields,
        required,
        section.selector(EMPTY));
  }

  /** The address of the {@code number}th page, from 1. */
  URI address(URI base, Map<String, String> values, int number) {
    Map<String, String> all = new LinkedHashMap<>(values);
    all.put(PageTemplate.PAGE, String.valueOf((long) number - 1 + firstNumber));
    return (number == 1 ? firstPage.orElse(page) : page).expand(base, all);
  }

  /**
   * The entries of a page; each address once. None where the page says that it is empty.
   *
   * @param mayBeEmpty whether a page without entries is right even if it doesn't say so
   * @throws StreamException where the page is not as config.json describes it
   */
  List<JsonObject> entries(URI url, String html, boolean mayBeEmpty, Deadline deadline) {
    Document document = Jsoup.parse(html, url.toString());
    Elements elements = document.select(each);
    if (elements.isEmpty()) {
      if (mayBeEmpty || empty.filter(sign -> document.selectFirst(sign) != null).isPresent()) {
        return List.of();
      }
      throw moved(url, "each", "nothing on it is '" + css + "'");
    }
    Map<String, JsonObject> found = new LinkedHashMap<>();
    for (Element element : elements.subList(0, Math.min(elements.size(), MOST_ENTRIES))) {
      JsonObject entry = entry(element, deadline);
      if (missing(entry).isEmpty()) {
        found.putIfAbsent(entry.text(URL).orElse(""), entry);
      }
    }
    if (found.isEmpty()) {
      String name = missing(entry(elements.getFirst(), deadline)).orElse(URL);
      throw moved(url, name, "none of its %d entries has a %s".formatted(elements.size(), name));
    }
    return List.copyOf(found.values());
  }

  private JsonObject entry(Element element, Deadline deadline) {
    JsonObject entry = JsonObject.empty();
    for (String name : new TreeSet<>(fields.keySet())) {
      Optional<String> value =
          Optional.ofNullable(fields.get(name)).flatMap(field -> field.value(element, deadline));
      Optional<String> usable =
          ADDRESSES.contains(name) ? value.flatMap(text -> absolute(element, text)) : value;
      if (usable.isPresent()) {
        entry = entry.with(name, usable.get());
      }
    }
    return entry;
  }

  private Optional<String> missing(JsonObject entry) {
    return required.stream().filter(name -> entry.text(name).isEmpty()).findFirst();
  }

  /** A {@code javascript:} or {@code data:} address is none. */
  private static Optional<String> absolute(Element element, String address) {
    try {
      return Optional.of(Urls.resolve(Urls.http(element.baseUri()), address).toString());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private StreamException moved(URI url, String key, String problem) {
    return new StreamException(
        new StreamFailure.Failed(
            "%s is not as config.json describes it: %s. The site has changed; mend \"%s%s\""
                .formatted(Urls.shown(url), problem, place, key)));
  }
}
