package io.github.streamingserver.provider.html;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Element;

/**
 * {@code {"script": "window.data", "at": "/player/sources/*", "url": "/src", "quality": "/label"}}:
 * a JSON object that a script assigns to a variable, or that a script element is ({@code
 * "#__DATA__"}). A {@code *} in {@code at} is every element of an array or object; {@code url} and
 * the others are pointers (RFC 6901) within each.
 */
record ScriptRule(
    String script, String at, Map<String, JsonPointer> pointers, Optional<String> literalCodec)
    implements StreamRule {
  static final String SCRIPT = "script";
  private static final String AT = "at";
  private static final List<String> POINTERS = List.of(URL, QUALITY, CODEC, LABEL, FALLBACK);

  ScriptRule {
    pointers = Map.copyOf(pointers);
  }

  static ScriptRule read(ConfigSection section) {
    section.only(Set.of(SCRIPT, AT, URL, QUALITY, CODEC, LABEL, FALLBACK));
    Optional<String> literal = StreamRule.literalCodec(section);
    Map<String, JsonPointer> pointers = new LinkedHashMap<>();
    for (String name : POINTERS) {
      if (section.has(name) && !(name.equals(CODEC) && literal.isPresent())) {
        pointers.put(name, pointer(section, name));
      }
    }
    String at = section.required(AT, "\"/player/sources/*\"");
    pointer(section, AT);
    // Without a pointer of its own, what stands at "at" is the address itself.
    pointers.putIfAbsent(URL, JsonPointer.empty());
    return new ScriptRule(section.required(SCRIPT, "\"window.data\""), at, pointers, literal);
  }

  private static JsonPointer pointer(ConfigSection section, String key) {
    try {
      return JsonPointer.compile(section.required(key, "\"/url\""));
    } catch (IllegalArgumentException e) {
      throw section.wrong(key, "is no JSON pointer: it begins with a slash");
    }
  }

  @Override
  public List<NamedStream> find(ItemPage page, Deadline deadline) {
    return json(page).stream()
        .flatMap(root -> ScriptJson.at(root, at, MOST).stream())
        .map(this::named)
        .toList();
  }

  private Optional<JsonNode> json(ItemPage page) {
    if (!script.startsWith("#")) {
      return ScriptJson.assigned(page.html(), script, page.url());
    }
    List<Element> elements = new ArrayList<>(page.document().getElementsByTag("script"));
    return elements.stream()
        .filter(element -> element.id().equals(script.substring(1)))
        .findFirst()
        .map(element -> ScriptJson.parse(element.data(), script, page.url()));
  }

  private NamedStream named(JsonNode node) {
    return new NamedStream(
        value(URL, node),
        value(QUALITY, node),
        literalCodec.orElseGet(() -> value(CODEC, node)),
        value(LABEL, node),
        value(FALLBACK, node));
  }

  private String value(String name, JsonNode node) {
    return Optional.ofNullable(pointers.get(name)).map(it -> node.at(it).asText("")).orElse("");
  }

  @Override
  public String sought() {
    return "object '" + script + "' with addresses at '" + at + "'";
  }
}
