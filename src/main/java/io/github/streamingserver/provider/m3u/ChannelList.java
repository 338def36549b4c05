package io.github.streamingserver.provider.m3u;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.streamingserver.model.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.stream.IntStream;

/** The channels of a playlist, by name, packed; its groups; and the guides that it names. */
final class ChannelList {
  /** The category of what is in no group, where there are others. */
  static final String OTHER = "Other";

  /** The category of everything, where there are no groups. */
  static final String ALL = "All";

  private static final int[] NONE = {};
  private static final long LOW = 0xffff_ffffL;

  private final PackedItems items;
  private final Map<String, int[]> categories;
  private final List<String> guides;

  /** Hash of the address above, number of the item below, of those that need headers; sorted. */
  private final long[] withHeaders;

  private ChannelList(
      PackedItems items, Map<String, int[]> categories, long[] withHeaders, List<String> guides) {
    this.items = items;
    this.categories = categories;
    this.withHeaders = withHeaders;
    this.guides = guides;
  }

  /** Reads what {@link ListImport} wrote. */
  static ChannelList read(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    Builder builder = new Builder();
    try (JsonParser in = json.createParser(file.toFile())) {
      in.nextToken();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        in.nextToken();
        if (name.equals(Field.GUIDE)) {
          builder.guides = in.readValueAs(new TypeReference<List<String>>() {});
        } else {
          while (in.nextToken() == JsonToken.START_OBJECT) {
            builder.add(
                new JsonObject(
                    in.readValueAs(new TypeReference<LinkedHashMap<String, Object>>() {})));
          }
        }
      }
    }
    return builder.build();
  }

  /** The names of the categories. */
  List<String> categories() {
    return List.copyOf(categories.keySet());
  }

  /** How many channels a category has. */
  int size(String category) {
    return categories.getOrDefault(category, NONE).length;
  }

  int size() {
    return items.size();
  }

  /** Addresses of guides, the first the best. */
  List<String> guides() {
    return guides;
  }

  /** The items of a category, each made when it is asked for. */
  List<JsonObject> items(String category) {
    return new Selection(items, categories.getOrDefault(category, NONE));
  }

  /** The items in whose name every word of {@code term} is; takes a while. */
  List<JsonObject> search(String term) {
    List<String> words =
        Arrays.stream(term.toLowerCase(Locale.ROOT).split("\\s+", -1))
            .filter(word -> !word.isEmpty())
            .toList();
    int[] found =
        IntStream.range(0, items.size())
            .filter(index -> ChannelItems.matches(items.get(index), words))
            .toArray();
    return new Selection(items, found);
  }

  /** The headers that {@code url} must be asked for with. */
  Map<String, String> headers(URI url) {
    String text = url.toString();
    long first = (long) text.hashCode() << Integer.SIZE;
    int at = Arrays.binarySearch(withHeaders, first);
    for (int i = at < 0 ? -at - 1 : at;
        i < withHeaders.length && withHeaders[i] >> Integer.SIZE == text.hashCode();
        i++) {
      JsonObject item = items.get((int) (withHeaders[i] & LOW));
      if (item.text(Field.URL).equals(Optional.of(text))) {
        return texts(item);
      }
    }
    return Map.of();
  }

  /** What the channels are called in a guide. */
  SortedNames guideKeys() {
    return SortedNames.ofSorted(
        items.stream().map(ChannelItems::guideKey).sorted().distinct().toList());
  }

  private static Map<String, String> texts(JsonObject item) {
    JsonObject headers = item.object(Field.HEADERS).orElse(JsonObject.empty());
    Map<String, String> texts = new LinkedHashMap<>();
    headers.fields().keySet().forEach(n -> headers.text(n).ifPresent(v -> texts.put(n, v)));
    return texts;
  }

  private static final class Selection extends AbstractList<JsonObject> implements RandomAccess {
    private final List<JsonObject> items;
    private final int[] chosen;

    Selection(List<JsonObject> items, int[] chosen) {
      this.items = items;
      this.chosen = chosen;
    }

    @Override
    public JsonObject get(int index) {
      return items.get(chosen[index]);
    }

    @Override
    public int size() {
      return chosen.length;
    }
  }

  private static final class Builder {
    private final PackedItems.Packer packer = new PackedItems.Packer();
    private final Map<String, IntStream.Builder> groups = new LinkedHashMap<>();
    private final IntStream.Builder ungrouped = IntStream.builder();
    private final List<Long> withHeaders = new ArrayList<>();
    private List<String> guides = List.of();
    private int count;

    void add(JsonObject item) throws IOException {
      packer.add(item);
      List<String> own = ChannelItems.groups(item);
      own.forEach(group -> groups.computeIfAbsent(group, _ -> IntStream.builder()).add(count));
      if (own.isEmpty()) {
        ungrouped.add(count);
      }
      if (item.object(Field.HEADERS).isPresent()) {
        int hash = item.text(Field.URL).orElse("").hashCode();
        withHeaders.add((long) hash << Integer.SIZE | count);
      }
      count++;
    }

    ChannelList build() throws IOException {
      Map<String, int[]> categories = new LinkedHashMap<>();
      groups.forEach((name, indices) -> categories.put(name, indices.build().toArray()));
      int[] others = ungrouped.build().toArray();
      if (others.length > 0) {
        categories.merge(
            categories.isEmpty() ? ALL : OTHER,
            others,
            (grouped, more) ->
                IntStream.concat(IntStream.of(grouped), IntStream.of(more)).sorted().toArray());
      }
      long[] sorted = withHeaders.stream().mapToLong(Long::longValue).sorted().toArray();
      return new ChannelList(packer.pack(), categories, sorted, guides);
    }
  }
}
