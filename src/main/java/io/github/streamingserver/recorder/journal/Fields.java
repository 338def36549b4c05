package io.github.streamingserver.recorder.journal;

import io.github.streamingserver.model.JsonObject;

/** Fields that must be there; each throws {@link IllegalArgumentException} where they are not. */
final class Fields {
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
