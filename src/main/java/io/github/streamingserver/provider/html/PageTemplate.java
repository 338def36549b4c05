package io.github.streamingserver.provider.html;

import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a list's page: a text in which {@code {url}} (the category's), {@code {page}} and
 * {@code {term}} stand for themselves; relative to the site.
 */
record PageTemplate(String text) {
  static final String URL = "url";
  static final String PAGE = "page";
  static final String TERM = "term";
  private static final Set<String> NAMES = Set.of(URL, PAGE, TERM);
  private static final Pattern NAME = Pattern.compile("\\{([^{}]*)\\}");

  /** The template under {@code key}. */
  static PageTemplate read(ConfigSection section, String key, String text) {
    NAME.matcher(text)
        .results()
        .map(match -> match.group(1))
        .filter(name -> !NAMES.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw section.wrong(
                  key, "holds {" + name + "}; there are {url}, {page} and {term} only");
            });
    return new PageTemplate(text);
  }

  /** Whether it leads to more pages than one. */
  boolean paged() {
    return text.contains("{" + PAGE + "}");
  }

  /**
   * The address.
   *
   * @param values by name, as they are: terms are escaped here
   * @throws StreamException where a value is missing or the result is no address
   */
  URI expand(URI base, Map<String, String> values) {
    String expanded = NAME.matcher(text).replaceAll(match -> value(match, values));
    int query = expanded.indexOf('?');
    if (query >= 0) {
      // The category's own address may have a query already, which goes on.
      expanded = expanded.substring(0, query + 1) + expanded.substring(query + 1).replace('?', '&');
    }
    try {
      return Urls.resolve(base, expanded);
    } catch (IllegalArgumentException e) {
      throw failed("'" + text + "' leads to no address: " + e.getMessage());
    }
  }

  private static String value(MatchResult match, Map<String, String> values) {
    String name = match.group(1);
    if (!values.containsKey(name)) {
      throw failed("The category has no " + name + "; ask for the categories again");
    }
    String value = values.getOrDefault(name, "");
    return Matcher.quoteReplacement(
        name.equals(TERM) ? URLEncoder.encode(value, StandardCharsets.UTF_8) : value);
  }

  private static StreamException failed(String message) {
    return new StreamException(new StreamFailure.Failed(message));
  }
}
