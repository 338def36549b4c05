package io.github.streamingserver.provider.m3u;

import io.github.streamingserver.model.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A channel as a client is told it, and what is read from that again. Pure. */
final class ChannelItems {
  private ChannelItems() {}

  /** The item: every attribute of the channel's under its own name besides. */
  static JsonObject of(Channel channel, URI url) {
    JsonObject item = JsonObject.of(Field.TITLE, channel.name()).with(Field.URL, url.toString());
    for (var attribute : channel.attributes().entrySet()) {
      if (!attribute.getValue().isEmpty() && !item.fields().containsKey(attribute.getKey())) {
        item = item.with(attribute.getKey(), attribute.getValue());
      }
    }
    String logo = channel.attributes().getOrDefault(Field.TVG_LOGO, "");
    if (!logo.isEmpty()) {
      item = item.with(Field.THUMBNAIL, logo);
    }
    if (!channel.group().isEmpty()) {
      item = item.with(Field.GROUP_TITLE, channel.group());
    }
    return channel.headers().isEmpty() ? item : item.with(Field.HEADERS, channel.headers());
  }

  /** The groups that an item is in: those that stand between semicolons, each once. */
  static List<String> groups(JsonObject item) {
    List<String> groups = new ArrayList<>(1);
    for (String group : item.text(Field.GROUP_TITLE).orElse("").split(";", -1)) {
      if (!group.isBlank() && !groups.contains(group.strip())) {
        groups.add(group.strip());
      }
    }
    return groups;
  }

  /** What an item is called in a guide: its id there, else a key of its name. */
  static String guideKey(JsonObject item) {
    return item.text(Field.TVG_ID)
        .filter(id -> !id.isBlank())
        .orElseGet(
            () -> nameKey(item.text(Field.TVG_NAME).or(() -> item.text(Field.TITLE)).orElse("")));
  }

  /** The key of a name, which is no id. */
  static String nameKey(String name) {
    return "=" + name.strip().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Whether every word of {@code words}, in lower case, is in the item's name. */
  static boolean matches(JsonObject item, List<String> words) {
    String name =
        (item.text(Field.TITLE).orElse("") + " " + item.text(Field.TVG_NAME).orElse(""))
            .toLowerCase(Locale.ROOT);
    return words.stream().allMatch(name::contains);
  }
}
