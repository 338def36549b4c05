package io.github.streamingserver.provider.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads values into memory as far as a {@link Budget} goes. */
final class JsonValues {
  /** Takes what stands at one place instead of its being kept. */
  interface Aside {
    /** Reads the value that begins here, all of it. */
    void read(JsonParser parser) throws IOException;
  }

  private final Budget budget;

  JsonValues(Budget budget) {
    this.budget = budget;
  }

  /** The value that begins here. */
  @Nullable Object read(JsonParser parser) throws IOException {
    return read(parser, List.of(), JsonParser::skipChildren);
  }

  /**
   * The value that begins here.
   *
   * @param place in it that goes to {@code aside} and is not kept; none where it is empty
   */
  @Nullable Object read(JsonParser parser, List<String> place, Aside aside) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new java.io.EOFException();
    }
    return switch (token) {
      case START_OBJECT -> object(parser, place, aside);
      case START_ARRAY -> array(parser);
      case VALUE_NULL -> {
        budget.take(0);
        yield null;
      }
      case VALUE_TRUE, VALUE_FALSE -> {
        budget.take(0);
        yield parser.getBooleanValue();
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        budget.take(0);
        yield parser.getNumberValue();
      }
      default -> {
        String text = parser.getText();
        budget.take(text.length());
        yield text;
      }
    };
  }

  private Map<String, @Nullable Object> object(JsonParser parser, List<String> place, Aside aside)
      throws IOException {
    budget.take(0);
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      boolean onTheWay = !place.isEmpty() && place.getFirst().equals(name);
      if (onTheWay && place.size() == 1) {
        aside.read(parser);
      } else {
        budget.take(name.length());
        object.put(
            name, read(parser, onTheWay ? place.subList(1, place.size()) : List.of(), aside));
      }
    }
    return object;
  }

  private List<@Nullable Object> array(JsonParser parser) throws IOException {
    budget.take(0);
    List<@Nullable Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(read(parser));
    }
    return array;
  }
}
