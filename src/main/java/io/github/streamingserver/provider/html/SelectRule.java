package io.github.streamingserver.provider.html;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;

/** {@code {"select": "video source", "url": "@src", "quality": "@label", "codec": "h264"}}. */
record SelectRule(
    Evaluator select, String css, Map<String, Field> fields, Optional<String> literalCodec)
    implements StreamRule {
  static final String SELECT = "select";
  private static final List<String> FIELDS = List.of(URL, QUALITY, CODEC, LABEL, FALLBACK);

  SelectRule {
    fields = Map.copyOf(fields);
  }

  static SelectRule read(ConfigSection section) {
    section.only(Set.of(SELECT, URL, QUALITY, CODEC, LABEL, FALLBACK));
    Optional<String> literal = StreamRule.literalCodec(section);
    Map<String, Field> fields = new LinkedHashMap<>();
    for (String name : FIELDS) {
      if (literal.isEmpty() || !name.equals(CODEC)) {
        Field.read(section, name).ifPresent(field -> fields.put(name, field));
      }
    }
    if (!fields.containsKey(URL)) {
      throw section.missing(URL, "\"@src\"");
    }
    String css = section.required(SELECT, "\"video source\"");
    return new SelectRule(section.selector(SELECT, css), css, fields, literal);
  }

  @Override
  public List<NamedStream> find(ItemPage page, Deadline deadline) {
    return page.document().select(select).stream()
        .limit(MOST)
        .map(element -> named(element, deadline))
        .toList();
  }

  private NamedStream named(Element element, Deadline deadline) {
    return new NamedStream(
        value(URL, element, deadline),
        value(QUALITY, element, deadline),
        literalCodec.orElseGet(() -> value(CODEC, element, deadline)),
        value(LABEL, element, deadline),
        value(FALLBACK, element, deadline));
  }

  private String value(String name, Element element, Deadline deadline) {
    return Optional.ofNullable(fields.get(name))
        .flatMap(field -> field.value(element, deadline))
        .orElse("");
  }

  @Override
  public String sought() {
    return "'" + css + "' with an address";
  }
}
