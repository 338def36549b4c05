package io.github.streamingserver.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a simulation showed.
 *
 * @param hours that were simulated
 * @param offered segments that were listed while recorded
 * @param differences between what the recorder told and what is true
 */
record Report(
    String name,
    long seed,
    Duration hours,
    Duration wall,
    int recordings,
    long offered,
    long recorded,
    long lost,
    double lostSeconds,
    int sections,
    List<String> differences) {
  Report {
    differences = List.copyOf(differences);
  }

  boolean isTrue() {
    return differences.isEmpty();
  }

  /** For people, in a line and one for each difference. */
  String shown() {
    String line =
        String.format(
            Locale.ROOT,
            "%-28s seed %-6d %6.1f h in %6.2f s: %d recordings, %d offered, %d recorded, %d lost"
                + " (%.1f s), %d sections: %s",
            name,
            seed,
            hours.toMillis() / 3.6e6,
            wall.toMillis() / 1e3,
            recordings,
            offered,
            recorded,
            lost,
            lostSeconds,
            sections,
            isTrue() ? "ledger = truth" : differences.size() + " DIFFERENCES");
    return differences.isEmpty() ? line : line + "\n  " + String.join("\n  ", differences);
  }
}
