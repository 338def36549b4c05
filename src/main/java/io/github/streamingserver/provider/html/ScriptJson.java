package io.github.streamingserver.provider.html;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** JSON within scripts, with the liberties that JavaScript takes. Pure. */
final class ScriptJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .build();

  private ScriptJson() {}

  /**
   * The object or array that is assigned to {@code variable}, in {@code name = {…}} or {@code name:
   * {…}}; empty where none is.
   *
   * @throws StreamException where it can't be read
   */
  static Optional<JsonNode> assigned(String page, String variable, URI url) {
    for (int at = page.indexOf(variable); at >= 0; at = page.indexOf(variable, at + 1)) {
      boolean whole = at == 0 || !isNamePart(page.charAt(at - 1));
      int value = whole ? valueAfter(page, at + variable.length()) : -1;
      if (value >= 0) {
        return Optional.of(parse(page.substring(value), variable, url));
      }
    }
    return Optional.empty();
  }

  private static boolean isNamePart(char c) {
    return Character.isJavaIdentifierPart(c) || c == '.';
  }

  /** Where the value begins; negative where no object or array is assigned here. */
  private static int valueAfter(String page, int from) {
    int at = skipBlanks(page, from);
    // The variable may be a quoted key, or an element of an object: window["data"] = {…}.
    while (at < page.length() && "\"']".indexOf(page.charAt(at)) >= 0) {
      at = skipBlanks(page, at + 1);
    }
    if (at >= page.length() || "=:".indexOf(page.charAt(at)) < 0) {
      return -1;
    }
    at = skipBlanks(page, at + 1);
    return at < page.length() && "{[".indexOf(page.charAt(at)) >= 0 ? at : -1;
  }

  private static int skipBlanks(String page, int from) {
    int at = from;
    while (at < page.length() && Character.isWhitespace(page.charAt(at))) {
      at++;
    }
    return at;
  }

  /**
   * The value at the beginning of {@code text}; what follows it is script.
   *
   * @throws StreamException where there is none
   */
  static JsonNode parse(String text, String name, URI url) {
    try (StringReader reader = new StringReader(text)) {
      return JSON.readTree(reader);
    } catch (JacksonException e) {
      throw invalid(name, url, e.getOriginalMessage());
    } catch (IOException e) {
      throw invalid(name, url, String.valueOf(e.getMessage()));
    }
  }

  private static StreamException invalid(String name, URI url, String problem) {
    // Jackson tells at length what it expected: the first line says what is wrong.
    String line = problem.lines().findFirst().orElse("");
    return new StreamException(
        new StreamFailure.Failed(
            "%s: '%s' is no valid JSON: %s. The site has changed; mend \"streams\" in config.json"
                .formatted(Urls.shown(url), name, line)));
  }

  /** What is at {@code pointer} (RFC 6901), where {@code *} is every element; {@code most}. */
  static List<JsonNode> at(JsonNode root, String pointer, int most) {
    List<JsonNode> found = List.of(root);
    for (String step : pointer.substring(Math.min(1, pointer.length())).split("/", -1)) {
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode node : found) {
        if (step.equals("*")) {
          node.forEach(next::add);
        } else {
          String name = step.replace("~1", "/").replace("~0", "~");
          Optional.ofNullable(node.isArray() ? element(node, name) : node.get(name))
              .ifPresent(next::add);
        }
      }
      found = next.subList(0, Math.min(next.size(), most));
    }
    return found;
  }

  private static JsonNode element(JsonNode array, String index) {
    return index.matches("\\d{1,6}") ? array.path(Integer.parseInt(index)) : array.path(index);
  }
}
