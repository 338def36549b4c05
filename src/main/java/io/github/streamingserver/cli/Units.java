package io.github.streamingserver.cli;

import io.github.streamingserver.model.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Amounts as people read them, and as servers send them. */
final class Units {
  private static final List<String> SIZES = List.of("B", "kB", "MB", "GB", "TB", "PB");
  private static final double LARGEST = 999e15;

  private Units() {}

  /** The number in a field; empty where it is none, negative, or larger than any true amount. */
  static Optional<Double> amount(JsonObject object, String field) {
    return object.number(field).filter(n -> n >= 0 && n <= LARGEST);
  }

  /** Bytes in decimal units, as {@code 1.5 MB}. */
  static String bytes(double bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 999.95 && unit < SIZES.size() - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, SIZES.get(unit));
  }

  /** Seconds as {@code 0:07} or {@code 1:02:03}. */
  static String clock(double seconds) {
    long whole = (long) seconds;
    long hours = whole / 3600;
    long minutes = whole / 60 % 60;
    return hours > 0
        ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d", minutes, whole % 60);
  }

  /** A whole number, with its noun in the right number. */
  static String count(double number, String noun) {
    return String.format(Locale.ROOT, "%.0f %s%s", number, noun, number == 1 ? "" : "s");
  }
}
