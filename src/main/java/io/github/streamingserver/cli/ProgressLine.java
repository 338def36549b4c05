package io.github.streamingserver.cli;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The fields of a {@code progress} message as a line for people. */
final class ProgressLine {
  private static final String GAP = "  ";
  private static final int SHORTEST_BAR = 10;
  private static final int LONGEST_BAR = 40;

  private ProgressLine() {}

  /**
   * A line of at most {@code width} columns: a bar where the end is known, then the facts, of which
   * the last are left out where there is no room. The bar's length depends on the width alone, so
   * that it stands still while the facts change.
   */
  static String draw(JsonObject progress, int width) {
    Optional<Double> percent = percent(progress);
    int length = Math.clamp(width / 6, SHORTEST_BAR, LONGEST_BAR);
    int room = percent.isPresent() ? width - length - GAP.length() : width;
    List<String> facts = new ArrayList<>(parts(progress));
    while (facts.size() > 1 && String.join(GAP, facts).length() > room) {
      facts.removeLast();
    }
    String text = String.join(GAP, facts);
    return percent
        .filter(_ -> text.length() <= room)
        .map(p -> bar(p, length) + GAP + text)
        .orElse(Text.fit(text, width));
  }

  /** All the facts without a bar. */
  static String facts(JsonObject progress) {
    return String.join(GAP, parts(progress));
  }

  private static List<String> parts(JsonObject progress) {
    List<String> parts = new ArrayList<>();
    percent(progress).ifPresent(p -> parts.add(String.format(Locale.ROOT, "%.1f%%", p)));
    String bytes = Units.bytes(Units.amount(progress, Field.BYTES).orElse(0.0));
    parts.add(
        Units.amount(progress, Field.TOTAL_BYTES)
            .map(total -> bytes + " of " + Units.bytes(total))
            .orElse(bytes));
    Units.amount(progress, Field.BYTES_PER_SECOND)
        .ifPresent(rate -> parts.add(Units.bytes(rate) + "/s"));
    Units.amount(progress, Field.ETA_SECONDS)
        .ifPresent(eta -> parts.add("ETA " + Units.clock(eta)));
    Units.amount(progress, Field.SEGMENTS)
        .ifPresent(segments -> parts.add(String.format(Locale.ROOT, "%.0f seg", segments)));
    Units.amount(progress, Field.LOST_SEGMENTS)
        .ifPresent(lost -> parts.add(String.format(Locale.ROOT, "%.0f lost", lost)));
    Units.amount(progress, Field.MEDIA_SECONDS)
        .filter(seconds -> seconds > 0)
        .ifPresent(seconds -> parts.add(Units.clock(seconds) + " of video"));
    return parts;
  }

  private static Optional<Double> percent(JsonObject progress) {
    return Units.amount(progress, Field.PERCENT).map(p -> Math.min(p, 100));
  }

  private static String bar(double percent, int width) {
    int inner = width - 2;
    int done = (int) (percent / 100 * inner);
    return "[" + "#".repeat(done) + "-".repeat(inner - done) + "]";
  }
}
