package io.github.streamingserver.provider.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import io.github.streamingserver.provider.BoundedInput;
import io.github.streamingserver.provider.Programme;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A list as it comes → channels. What is not asked for is passed over and never kept, so that a
 * list may be much larger than what is kept of it. Blocks on its stream; of use once.
 */
final class ListReader {
  /** A list is read to here, counted without compression: Pluto TV's two days have 60 MB. */
  private static final long MOST_BYTES = 256L << 20;

  private static final int MOST_DEPTH = 64;
  private static final int MOST_TEXT = 1 << 20;
  private static final int MOST_NAMES = 40;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MOST_DEPTH)
                  .maxStringLength(MOST_TEXT)
                  .build())
          .build();

  /** An item as it was read, before what the list says of all. */
  private record Raw(JsonObject fields, Optional<String> id, List<Programme> guide) {}

  private final ListSpec spec;
  private final Instant now;
  private final Budget budget = new Budget(Budget.MOST_VALUES, Budget.MOST_CHARACTERS);
  private final List<JsonPointer> ofList;
  private final Map<JsonPointer, String> texts = new HashMap<>();
  private final List<Raw> items = new ArrayList<>();
  private Optional<String> nearest = Optional.empty();
  private boolean found;

  ListReader(ListSpec spec, Instant now) {
    this.spec = spec;
    this.now = now;
    this.ofList = spec.url().listPointers();
  }

  /**
   * The channels that are offered, in the list's order.
   *
   * @param name of the list, for messages
   * @throws StreamException where it is no list as described
   */
  List<Channel> read(InputStream list, String name) throws IOException {
    try (JsonParser parser = JSON.createParser(BoundedInput.of(list, MOST_BYTES))) {
      if (parser.nextToken() == null) {
        throw failed(name + " is empty");
      }
      walk(parser, List.of());
      if (!found) {
        throw failed(
            "%s has no items at '%s'%s"
                .formatted(name, spec.items(), nearest.map(it -> ", but " + it).orElse("")));
      }
      List<Channel> channels = new ArrayList<>();
      for (Raw item : items) {
        channel(item).ifPresent(channels::add);
      }
      return List.copyOf(channels);
    } catch (Budget.TooMuchException | BoundedInput.TooLongException e) {
      throw failed(name + " holds more than is kept of a list; ask the site for less");
    } catch (BoundedInput.BrokenGzipException e) {
      throw failed(name + " is " + e.getMessage());
    } catch (JacksonException e) {
      throw failed(name + " is no JSON as expected: " + e.getOriginalMessage());
    } catch (CharConversionException e) {
      throw failed(name + " is no JSON as expected: " + e.getMessage());
    }
  }

  private static StreamException failed(String message) {
    return new StreamException(new StreamFailure.Failed(message));
  }

  private void walk(JsonParser parser, List<String> path) throws IOException {
    if (path.equals(spec.items().names())) {
      readItems(parser);
      return;
    }
    for (JsonPointer pointer : ofList) {
      if (path.equals(pointer.names()) && parser.currentToken().isScalarValue()) {
        String text = parser.getText();
        budget.take(text.length());
        texts.put(pointer, text);
      }
    }
    if (!parser.currentToken().isStructStart() || !leadsOn(path)) {
      parser.skipChildren();
    } else if (parser.currentToken() == JsonToken.START_OBJECT) {
      walkObject(parser, path);
    } else {
      for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
        walk(parser, with(path, String.valueOf(i)));
      }
    }
  }

  private void walkObject(JsonParser parser, List<String> path) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      if (names.size() < MOST_NAMES) {
        names.add(name);
      }
      parser.nextToken();
      walk(parser, with(path, name));
    }
    if (!found && isPrefix(path, spec.items().names()) && nearest.isEmpty()) {
      nearest =
          Optional.of("'%s' has %s".formatted(new JsonPointer(path), String.join(", ", names)));
    }
  }

  private boolean leadsOn(List<String> path) {
    return isPrefix(path, spec.items().names())
        || ofList.stream().anyMatch(pointer -> isPrefix(path, pointer.names()));
  }

  private static boolean isPrefix(List<String> path, List<String> whole) {
    return path.size() < whole.size() && whole.subList(0, path.size()).equals(path);
  }

  private static List<String> with(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }

  private void readItems(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      found = true;
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        readItem(parser, Optional.of(name));
      }
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      found = true;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        readItem(parser, Optional.empty());
      }
    } else {
      parser.skipChildren();
    }
  }

  /** What is no object is no item. */
  private void readItem(JsonParser parser, Optional<String> id) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    Optional<GuideReader> guide = spec.guide().map(it -> new GuideReader(it, now, budget));
    List<String> place = spec.guide().map(it -> it.at().names()).orElse(List.of());
    JsonValues values = new JsonValues(budget);
    Object item =
        values.read(
            parser,
            place,
            at -> {
              if (guide.isPresent()) {
                guide.get().read(at);
              }
            });
    if (item instanceof Map<?, ?> map) {
      Map<String, Object> fields = new java.util.LinkedHashMap<>();
      map.forEach((name, value) -> fields.put(String.valueOf(name), value));
      items.add(
          new Raw(
              new JsonObject(fields), id, guide.map(GuideReader::programmes).orElse(List.of())));
    }
  }

  /** Empty where the item is not offered, or lacks a title or a usable address. */
  private Optional<Channel> channel(Raw raw) throws Budget.TooMuchException {
    Map<String, ?> fields = raw.fields().fields();
    boolean offered =
        spec.offered()
            .flatMap(it -> it.textIn(fields))
            .map("true"::equals)
            .orElse(spec.offered().isEmpty());
    Optional<String> title = value(Optional.of(spec.title()), raw);
    Optional<String> url = value(Optional.of(spec.url()), raw).flatMap(ListReader::usable);
    if (!offered || title.isEmpty() || url.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Channel(
            raw.fields(),
            title.get(),
            url.get(),
            value(spec.category(), raw).orElse(ChannelList.OTHER),
            value(spec.thumbnail(), raw).orElse(""),
            value(spec.description(), raw).orElse(""),
            spec.license().flatMap(it -> it.textIn(fields)).filter(it -> !it.isBlank()),
            raw.guide()));
  }

  /** What is put together for an item takes memory again; what stands in it does not. */
  private Optional<String> value(Optional<Template> template, Raw raw)
      throws Budget.TooMuchException {
    Optional<String> text =
        template
            .flatMap(
                it ->
                    it.of(
                        raw.fields().fields(),
                        raw.id(),
                        pointer -> Optional.ofNullable(texts.get(pointer))))
            .map(String::strip)
            .filter(it -> !it.isEmpty());
    if (text.isPresent() && template.filter(Template::isPointer).isEmpty()) {
      budget.take(text.get().length());
    }
    return text;
  }

  private static Optional<String> usable(String url) {
    try {
      return Optional.of(Urls.http(url).toString());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
