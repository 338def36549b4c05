package io.github.streamingserver.recorder.journal;

import io.github.streamingserver.model.JsonObject;
import java.time.Instant;

/** Fields that must be there; each throws {@link IllegalArgumentException} where they are not. */
final class Fields {
  /** What milliseconds in a long reach. */
  private static final Instant EARLIEST = Instant.ofEpochMilli(Long.MIN_VALUE);

  private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

  private Fields() {}

  static String text(JsonObject object, String name) {
    return object.text(name).orElseThrow(() -> missing(name));
  }

  static double number(JsonObject object, String name) {
    return object.number(name).orElseThrow(() -> missing(name));
  }

  static long whole(JsonObject object, String name) {
    return (long) number(object, name);
  }

  /** A moment; the ones that no clock tells are none. */
  static Instant time(String text) {
    Instant time = Instant.parse(text);
    if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
      throw new IllegalArgumentException("no clock tells " + time);
    }
    return time;
  }

  static boolean flag(JsonObject object, String name) {
    return object.bool(name).orElseThrow(() -> missing(name));
  }

  static JsonObject object(JsonObject object, String name) {
    return object.object(name).orElseThrow(() -> missing(name));
  }

  private static IllegalArgumentException missing(String name) {
    return new IllegalArgumentException("it has no usable '" + name + "'");
  }
}
