package io.github.streamingserver.provider.json;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.provider.Programme;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Where in an item its guide is: {@code "guide": {"at", "start", "stop", "title", "episode",
 * "description"}}.
 *
 * @param at the array of programmes, in the item; all others in a programme
 */
record GuideSpec(
    JsonPointer at,
    JsonPointer start,
    Optional<JsonPointer> stop,
    JsonPointer title,
    Optional<JsonPointer> episode,
    Optional<JsonPointer> description) {
  /** Seconds since 1970 are smaller for the next three thousand years, milliseconds larger. */
  private static final long MOST_SECONDS = 100_000_000_000L;

  private static final int MOST_DIGITS = 15;

  /** Longer ones are cut: a viewer reads a few lines. */
  private static final int MOST_CHARACTERS = 600;

  static GuideSpec of(JsonObject spec) {
    return new GuideSpec(
        required(spec, "at"),
        required(spec, "start"),
        pointer(spec, "stop"),
        required(spec, "title"),
        pointer(spec, "episode"),
        pointer(spec, "description"));
  }

  private static JsonPointer required(JsonObject spec, String name) {
    return pointer(spec, name)
        .orElseThrow(() -> new IllegalArgumentException("list.item.guide." + name + " is missing"));
  }

  private static Optional<JsonPointer> pointer(JsonObject spec, String name) {
    return spec.text(name).map(JsonPointer::parse);
  }

  /** A programme of the guide; empty where its start or title can't be told. */
  Optional<Programme> programme(Object element) {
    Optional<Instant> begins = start.textIn(element).flatMap(GuideSpec::time);
    Optional<String> name = title.textIn(element).map(GuideSpec::brief).filter(it -> !it.isEmpty());
    if (begins.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    String part = text(episode, element);
    boolean told = part.isEmpty() || name.get().equalsIgnoreCase(part);
    return Optional.of(
        new Programme(
            begins.get(),
            stop.flatMap(it -> it.textIn(element)).flatMap(GuideSpec::time),
            told ? name.get() : name.get() + ": " + part,
            text(description, element)));
  }

  private static String text(Optional<JsonPointer> pointer, Object element) {
    return pointer.flatMap(it -> it.textIn(element)).map(GuideSpec::brief).orElse("");
  }

  private static String brief(String text) {
    String stripped = text.strip();
    return stripped.length() <= MOST_CHARACTERS
        ? stripped
        : stripped.substring(0, MOST_CHARACTERS) + "…";
  }

  /** ISO 8601 with an offset, or seconds or milliseconds since 1970. */
  static Optional<Instant> time(String text) {
    String digits = text.strip();
    if (!digits.isEmpty()
        && digits.length() <= MOST_DIGITS
        && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      long number = Long.parseLong(digits);
      return Optional.of(
          number < MOST_SECONDS ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number));
    }
    try {
      return Optional.of(
          OffsetDateTime.parse(digits, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant());
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
