package io.github.streamingserver.provider.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;

/**
 * How a text is found within an element: the first of its rules that gives one. Written as {@code
 * "a.title"} (the text), {@code "a@href"} (an attribute), {@code "@href"} and {@code "@text"} (of
 * the element itself), {@code {"select", "attribute", "pattern", "as"}}, or a list of such.
 */
record Field(List<Rule> rules) {
  private static final Pattern SHORT = Pattern.compile("(.*)@([A-Za-z_][A-Za-z0-9_.:-]*)");
  private static final String TEXT = "text";
  private static final String SELECT = "select";
  private static final String ATTRIBUTE = "attribute";
  private static final String PATTERN = "pattern";
  private static final String AS = "as";
  private static final String VALUE = "{value}";

  /**
   * One way.
   *
   * @param select the element itself where there is none
   * @param attribute its text where there is none
   * @param pattern whose first group counts
   * @param as what {@value #VALUE} stands in
   */
  record Rule(
      Optional<Evaluator> select,
      Optional<String> attribute,
      Optional<BoundedPattern> pattern,
      String as) {
    private Optional<String> value(Element element, Deadline deadline) {
      Optional<Element> found =
          select.isEmpty()
              ? Optional.of(element)
              : Optional.ofNullable(element.selectFirst(select.get()));
      return found
          .map(it -> attribute.map(it::attr).orElseGet(it::text).strip())
          .filter(text -> !text.isEmpty())
          .flatMap(text -> pattern.isEmpty() ? Optional.of(text) : matched(text, deadline))
          .map(text -> as.replace(VALUE, text));
    }

    private Optional<String> matched(String text, Deadline deadline) {
      return pattern.orElseThrow().first(text, deadline);
    }
  }

  Field {
    rules = List.copyOf(rules);
  }

  /** The field under {@code key}; empty where there is none. */
  static Optional<Field> read(ConfigSection section, String key) {
    if (!section.has(key)) {
      return Optional.empty();
    }
    List<Rule> rules = new ArrayList<>();
    List<?> written =
        section.fields().fields().get(key) instanceof List<?> list
            ? list
            : List.of(Optional.ofNullable(section.fields().fields().get(key)).orElse(""));
    for (Object one : written) {
      rules.add(
          one instanceof String text
              ? brief(section, key, text)
              : full(
                  new ConfigSection(
                          section.provider(), section.place(), section.fields().with(key, one))
                      .section(key)
                      .orElseThrow()));
    }
    if (rules.isEmpty()) {
      throw section.wrong(key, "is an empty list");
    }
    return Optional.of(new Field(rules));
  }

  private static Rule brief(ConfigSection section, String key, String text) {
    Matcher split = SHORT.matcher(text.strip());
    boolean attribute = split.matches();
    String css = (attribute ? split.group(1) : text).strip();
    if (css.isEmpty() && !attribute) {
      throw section.wrong(key, "must be a selector such as \"a.title\" or \"a@href\"");
    }
    return new Rule(
        css.isEmpty() ? Optional.empty() : Optional.of(section.selector(key, css)),
        attribute && !split.group(2).equals(TEXT) ? Optional.of(split.group(2)) : Optional.empty(),
        Optional.empty(),
        VALUE);
  }

  private static Rule full(ConfigSection section) {
    section.only(Set.of(SELECT, ATTRIBUTE, PATTERN, AS));
    return new Rule(
        section.selector(SELECT),
        section.text(ATTRIBUTE),
        section.pattern(PATTERN),
        section.text(AS).orElse(VALUE));
  }

  /** The text within {@code element}, where one of the rules gives one. */
  Optional<String> value(Element element, Deadline deadline) {
    return rules.stream().flatMap(rule -> rule.value(element, deadline).stream()).findFirst();
  }
}
