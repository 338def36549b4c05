package io.github.streamingserver.provider.json;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The channels of a list, by title without regard to case. */
public final class ChannelList {
  /** The category of what has none. */
  static final String OTHER = "Other";

  private static final String NAME = "name";

  private final List<Channel> channels;

  ChannelList(List<Channel> channels) {
    this.channels =
        channels.stream()
            .sorted(Comparator.comparing(Channel::title, String.CASE_INSENSITIVE_ORDER))
            .toList();
  }

  /** All of them. */
  List<Channel> channels() {
    return channels;
  }

  /** The channel at this address. */
  Optional<Channel> at(String url) {
    return channels.stream().filter(channel -> channel.url().equals(url)).findFirst();
  }

  List<JsonObject> categories() {
    return channels.stream()
        .map(Channel::category)
        .distinct()
        .map(name -> JsonObject.of(NAME, name))
        .toList();
  }

  /** The items of a category; all where it has no name. */
  List<JsonObject> items(JsonObject category, Page page, Instant now, ZoneId zone) {
    Optional<String> name = category.text(NAME);
    return page
        .of(
            channels.stream()
                .filter(channel -> name.isEmpty() || channel.category().equals(name.get()))
                .toList())
        .stream()
        .map(channel -> channel.item(now, zone))
        .toList();
  }

  /** The items of which the title, or what is on or comes next, holds {@code term}. */
  List<JsonObject> search(String term, Page page, Instant now, ZoneId zone) {
    String wanted = term.strip().toLowerCase(Locale.ROOT);
    return page
        .of(channels.stream().filter(channel -> channel.matches(wanted, now)).toList())
        .stream()
        .map(channel -> channel.item(now, zone))
        .toList();
  }
}
