package io.github.streamingserver.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tools/simulate is told.
 *
 * @param what scenarios, {@code all} or {@code random}
 */
record Arguments(
    List<String> what, long firstSeed, long lastSeed, Optional<Duration> hours, double speed) {
  static final String USAGE =
      """
      Usage: tools/simulate SCENARIO... | all | random  [--seed N|N..M] [--hours H] [--speed S]

      Records a channel in virtual time and compares the ledger with the truth, segment by segment.

        SCENARIO     a name in src/test/resources/scenarios, or a file; quiet.txt there explains the language
        all          each of these
        random       a scenario for each seed; one that fails is printed, to be kept as a file
        --seed N     what is left to chance; N..M for many (1)
        --hours H    how long is recorded, 0.1 to 720 (as the scenario says; 25 for random)
        --speed S    at most S times as fast as real time; 0 for as fast as it goes (0)

      Ends with 0 where the ledger is the truth, 1 where it is not, 2 where the arguments are wrong.
      """;

  private static final Pattern SEEDS = Pattern.compile("(\\d{1,18})(?:\\.\\.(\\d{1,18}))?");
  private static final double MOST_HOURS = 720;
  private static final double LEAST_HOURS = 0.1;
  private static final double MILLIS = 3.6e6;

  Arguments {
    what = List.copyOf(what);
  }

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException with a message for people
   */
  static Arguments of(String... words) {
    List<String> what = new ArrayList<>();
    long first = 1;
    long last = 1;
    Optional<Duration> hours = Optional.empty();
    double speed = 0;
    for (int i = 0; i < words.length; i++) {
      String word = words[i];
      if (!word.startsWith("-")) {
        what.add(word);
        continue;
      }
      if (!List.of("--seed", "--hours", "--speed").contains(word)) {
        throw new IllegalArgumentException("'" + word + "' is no option; see --help");
      }
      if (++i == words.length) {
        throw new IllegalArgumentException(word + " wants a value");
      }
      switch (word) {
        case "--seed" -> {
          Matcher seeds = SEEDS.matcher(words[i]);
          if (!seeds.matches()) {
            throw new IllegalArgumentException("--seed wants N or N..M, not '" + words[i] + "'");
          }
          first = Long.parseLong(seeds.group(1));
          last = Optional.ofNullable(seeds.group(2)).map(Long::parseLong).orElse(first);
          if (last < first) {
            throw new IllegalArgumentException("--seed: no seed lies in " + words[i]);
          }
        }
        case "--hours" ->
            hours =
                Optional.of(
                    Duration.ofMillis(
                        (long) (number(word, words[i], LEAST_HOURS, MOST_HOURS) * MILLIS)));
        default -> speed = number(word, words[i], 0, 1e6);
      }
    }
    if (what.isEmpty()) {
      throw new IllegalArgumentException("name a scenario, all or random; see --help");
    }
    return new Arguments(what, first, last, hours, speed);
  }

  private static double number(String option, String text, double least, double most) {
    try {
      double number = Double.parseDouble(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "%s wants a number from %s to %.0f, not '%s'".formatted(option, least, most, text));
  }
}
