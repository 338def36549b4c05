package io.github.streamingserver.provider.m3u;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.provider.NowNext;
import io.github.streamingserver.provider.Programme;
import java.time.Instant;
import java.time.ZoneId;
import java.util.AbstractList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Items with what is on now and next, as text for people in {@code description} and as objects in
 * {@code now} and {@code next}; each made when it is asked for.
 */
final class GuidedItems extends AbstractList<JsonObject> implements RandomAccess {
  private final List<JsonObject> items;
  private final Guide guide;
  private final Instant now;
  private final ZoneId zone;

  /**
   * @param zone where the viewer is
   */
  GuidedItems(List<JsonObject> items, Guide guide, Instant now, ZoneId zone) {
    this.items = items;
    this.guide = guide;
    this.now = now;
    this.zone = zone;
  }

  @Override
  public JsonObject get(int index) {
    JsonObject item = items.get(index);
    Guide.NowNext on = guide.at(ChannelItems.guideKey(item), now);
    List<Programme> known =
        Stream.concat(on.now().stream(), on.next().stream()).map(GuidedItems::programme).toList();
    if (known.isEmpty()) {
      return item;
    }
    Map<String, @Nullable Object> more = new LinkedHashMap<>(item.fields());
    more.put(
        Field.DESCRIPTION,
        NowNext.describe(known, now, zone, item.text(Field.DESCRIPTION).orElse("")));
    on.now().ifPresent(programme -> more.put(Field.NOW, fields(programme)));
    on.next().ifPresent(programme -> more.put(Field.NEXT, fields(programme)));
    return new JsonObject(more);
  }

  @Override
  public int size() {
    return items.size();
  }

  private static Programme programme(Guide.Programme programme) {
    return new Programme(programme.start(), Optional.of(programme.stop()), programme.title(), "");
  }

  private static Map<String, String> fields(Guide.Programme programme) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(Field.TITLE, programme.title());
    fields.put(Field.START, programme.start().toString());
    fields.put(Field.STOP, programme.stop().toString());
    return fields;
  }
}
