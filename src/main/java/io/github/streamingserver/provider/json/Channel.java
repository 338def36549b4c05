package io.github.streamingserver.provider.json;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.provider.NowNext;
import io.github.streamingserver.provider.Programme;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An item of a list.
 *
 * @param fields all that the list says of it, but for its guide
 * @param description of the item itself; may be empty
 * @param license its license server, where it is protected
 * @param guide what is on and what comes, for some hours
 */
public record Channel(
    JsonObject fields,
    String title,
    String url,
    String category,
    String thumbnail,
    String description,
    Optional<String> license,
    List<Programme> guide) {
  public Channel {
    guide = List.copyOf(guide);
  }

  /** The same at another address. */
  public Channel at(String other) {
    return new Channel(fields, title, other, category, thumbnail, description, license, guide);
  }

  /** The item as a client gets it. */
  JsonObject item(Instant now, ZoneId zone) {
    JsonObject item = fields.with("title", title).with("url", url);
    if (!thumbnail.isEmpty()) {
      item = item.with("thumbnail", thumbnail);
    }
    String told = NowNext.describe(guide, now, zone, description);
    if (!told.isEmpty()) {
      item = item.with("description", told);
    }
    return license.isPresent() ? item.with("license_url", license.get()) : item;
  }

  /** Whether a person who looks for {@code term}, in lower case, means this. */
  boolean matches(String term, Instant now) {
    return Stream.concat(
            Stream.of(title),
            Stream.concat(NowNext.current(guide, now).stream(), NowNext.next(guide, now).stream())
                .map(Programme::title))
        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(term));
  }
}
