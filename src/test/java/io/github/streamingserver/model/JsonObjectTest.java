package io.github.streamingserver.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonObjectTest {
  private static final Optional<Double> NO_NUMBER = Optional.empty();
  private static final Optional<Boolean> NO_BOOL = Optional.empty();

  static List<Arguments> fields() {
    return List.of(
        Arguments.of("a", Optional.of("a"), NO_NUMBER, NO_BOOL),
        Arguments.of("", Optional.of(""), NO_NUMBER, NO_BOOL),
        Arguments.of(7, Optional.of("7"), Optional.of(7.0), Optional.of(true)),
        Arguments.of(0, Optional.of("0"), Optional.of(0.0), Optional.of(false)),
        Arguments.of(1.5, Optional.of("1.5"), Optional.of(1.5), Optional.of(true)),
        Arguments.of("7", Optional.of("7"), Optional.of(7.0), NO_BOOL),
        Arguments.of(" 7.5 ", Optional.of(" 7.5 "), Optional.of(7.5), NO_BOOL),
        Arguments.of("-1e3", Optional.of("-1e3"), Optional.of(-1000.0), NO_BOOL),
        Arguments.of("NaN", Optional.of("NaN"), NO_NUMBER, NO_BOOL),
        Arguments.of("-Infinity", Optional.of("-Infinity"), NO_NUMBER, NO_BOOL),
        Arguments.of("1e999", Optional.of("1e999"), NO_NUMBER, NO_BOOL),
        Arguments.of(
            Double.POSITIVE_INFINITY, Optional.of("Infinity"), NO_NUMBER, Optional.of(true)),
        Arguments.of("7px", Optional.of("7px"), NO_NUMBER, NO_BOOL),
        Arguments.of(true, Optional.of("true"), NO_NUMBER, Optional.of(true)),
        Arguments.of("FALSE", Optional.of("FALSE"), NO_NUMBER, Optional.of(false)),
        Arguments.of("true", Optional.of("true"), NO_NUMBER, Optional.of(true)),
        Arguments.of("yes", Optional.of("yes"), NO_NUMBER, NO_BOOL),
        Arguments.of(List.of(1), Optional.empty(), NO_NUMBER, NO_BOOL),
        Arguments.of(Map.of("a", 1), Optional.empty(), NO_NUMBER, NO_BOOL));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void readsAFieldAsWhatIsAskedFor(
      Object value, Optional<String> text, Optional<Double> number, Optional<Boolean> bool) {
    JsonObject object = JsonObject.of("field", value);
    assertThat(object.text("field")).isEqualTo(text);
    assertThat(object.number("field")).isEqualTo(number);
    assertThat(object.bool("field")).isEqualTo(bool);
    assertThat(object.fields()).containsEntry("field", value);
  }

  @Test
  void whatIsNullOrMissingIsEmpty() {
    JsonObject object = JsonObject.empty().with("null", null);
    for (String name : List.of("null", "missing", "")) {
      assertThat(object.text(name)).isEmpty();
      assertThat(object.number(name)).isEmpty();
      assertThat(object.bool(name)).isEmpty();
      assertThat(object.object(name)).isEmpty();
      assertThat(object.objects(name)).isEmpty();
    }
    assertThat(object.fields()).containsOnlyKeys("null");
  }

  @Test
  void findsObjectsAndLeavesOutWhatIsNone() {
    List<Object> mixed = new ArrayList<>(List.of(Map.of("a", 1), "text", 3, Map.of("b", 2)));
    mixed.add(null);
    JsonObject object = JsonObject.of("list", mixed).with("inner", JsonObject.of("x", "y"));
    assertThat(object.objects("list"))
        .containsExactly(JsonObject.of("a", 1), JsonObject.of("b", 2));
    assertThat(object.object("inner")).contains(JsonObject.of("x", "y"));
    assertThat(object.object("list")).isEmpty();
    assertThat(object.objects("inner")).isEmpty();
  }

  @Test
  void keepsTheOrderAndEveryField() {
    JsonObject object = JsonObject.of("z", 1).with("a", 2).with("m", 3).with("z", 4);
    assertThat(object.fields().keySet()).containsExactly("z", "a", "m");
    assertThat(object.and(JsonObject.of("a", 9).with("b", 5)).fields())
        .isEqualTo(Map.of("z", 4, "a", 9, "m", 3, "b", 5));
    assertThat(object.fields()).isEqualTo(Map.of("z", 4, "a", 2, "m", 3));
  }

  @Test
  void isNotChangedFromOutside() {
    Map<String, Object> source = new LinkedHashMap<>(Map.of("a", 1));
    JsonObject object = new JsonObject(source);
    source.put("b", 2);
    assertThat(object).isEqualTo(JsonObject.of("a", 1));
    assertThatThrownBy(() -> object.fields().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(JsonObject.empty().fields()).isEmpty();
  }
}
