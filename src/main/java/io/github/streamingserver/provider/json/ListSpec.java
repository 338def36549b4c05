package io.github.streamingserver.provider.json;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Urls;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the {@code "list"} of a config.json says: where the list is, and where in it the items and
 * their fields are.
 *
 * @param source all that it was made from: a list that was kept is of use only for the same
 * @param address of the list; {@code {now:pattern}} is the time, UTC, as {@link DateTimeFormatter}
 *     writes it, and {@code {now+48h:pattern}} that of 48 hours later
 * @param items the array of items, or the object whose members are items
 * @param offered true where an item is one; false ones are left out
 * @param license where an item's license server stands, if it is protected
 */
public record ListSpec(
    String source,
    String address,
    JsonPointer items,
    Template title,
    Template url,
    Optional<Template> category,
    Optional<Template> thumbnail,
    Optional<Template> description,
    Optional<JsonPointer> license,
    Optional<JsonPointer> offered,
    Optional<GuideSpec> guide) {
  private static final String LIST = "list";
  private static final String ITEM = "item";
  private static final Pattern TIME = Pattern.compile("\\{now(?:\\+(\\d{1,4})h)?:([^{}]*+)}");

  /**
   * Reads a config.json.
   *
   * @param own the settings that fill its placeholders before its own do
   * @throws IllegalArgumentException with a message for people
   */
  public static ListSpec of(JsonObject config, JsonObject own) {
    JsonObject list =
        Placeholders.fill(config, own)
            .object(LIST)
            .orElseThrow(
                () -> new IllegalArgumentException("\"list\" is missing; see TEMPLATE_json"));
    JsonObject item =
        list.object(ITEM).orElseThrow(() -> new IllegalArgumentException("list.item is missing"));
    ListSpec spec =
        new ListSpec(
            list.toString(),
            required(list, "url", "list."),
            JsonPointer.parse(list.text("items").orElse("")),
            new Template(required(item, "title", "list.item.")),
            new Template(required(item, "url", "list.item.")),
            item.text("category").map(Template::new),
            item.text("thumbnail").map(Template::new),
            item.text("description").map(Template::new),
            item.text("license").map(JsonPointer::parse),
            item.text("offered").map(JsonPointer::parse),
            item.object("guide").map(GuideSpec::of));
    try {
      var _ = spec.addressAt(Instant.EPOCH);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException("list.url: " + e.getMessage(), e);
    }
    var _ = spec.url().listPointers();
    return spec;
  }

  private static String required(JsonObject object, String name, String where) {
    return object
        .text(name)
        .orElseThrow(() -> new IllegalArgumentException(where + name + " is missing"));
  }

  /** The address of the list at this time. */
  URI addressAt(Instant now) {
    return Urls.http(
        TIME.matcher(address).replaceAll(found -> Matcher.quoteReplacement(time(found, now))));
  }

  private static String time(MatchResult found, Instant now) {
    String hours = found.group(1) == null ? "0" : found.group(1);
    String time =
        DateTimeFormatter.ofPattern(found.group(2), Locale.ROOT)
            .format(now.plus(Duration.ofHours(Long.parseLong(hours))).atOffset(ZoneOffset.UTC));
    return URLEncoder.encode(time, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
