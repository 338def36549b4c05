package io.github.streamingserver.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Runs scenarios and tells whether the ledger is the truth. Run by tools/simulate. */
public final class Simulate {
  private static final Path SCENARIOS = Path.of("src", "test", "resources", "scenarios");
  private static final String TXT = ".txt";
  private static final Duration RANDOM_HOURS = Duration.ofHours(25);
  private static final double HOUR_MILLIS = 3.6e6;

  private Simulate() {}

  /** Ends with 0 where all is well, 1 where it is not, 2 where the arguments are wrong. */
  public static void main(String[] args) {
    if (List.of(args).contains("--help") || List.of(args).contains("-h")) {
      System.out.print(Arguments.USAGE);
      return;
    }
    if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      root.setLevel(Level.OFF);
    }
    try {
      System.exit(run(Arguments.of(args), System.out) ? 0 : 1);
    } catch (IllegalArgumentException | IOException e) {
      System.err.println("simulate: " + e.getMessage());
      System.exit(2);
    }
  }

  private static boolean run(Arguments arguments, PrintStream out) throws IOException {
    List<Scenario> scenarios = new ArrayList<>();
    for (String what : arguments.what()) {
      scenarios.addAll(scenarios(what, arguments));
    }
    double hours = 0;
    int failed = 0;
    long begun = System.nanoTime();
    for (Scenario scenario : scenarios) {
      boolean random = scenario.name().startsWith("random-");
      long seed =
          random
              ? Long.parseLong(scenario.name().substring("random-".length()))
              : arguments.firstSeed();
      Report report = simulate(scenario, seed, arguments.speed(), out);
      hours += report.hours().toMillis() / HOUR_MILLIS;
      failed += report.isTrue() ? 0 : 1;
    }
    out.printf(
        Locale.ROOT,
        "%d simulations, %.1f hours in %.0f s of wall time: %s%n",
        scenarios.size(),
        hours,
        (System.nanoTime() - begun) / 1e9,
        failed == 0 ? "ledger = truth in all" : failed + " differ");
    return failed == 0;
  }

  /** Runs one; its folder is kept where there are differences. */
  private static Report simulate(Scenario scenario, long seed, double speed, PrintStream out)
      throws IOException {
    Path folder = Files.createTempDirectory("simulate-");
    Report report;
    try (Simulation simulation = Simulation.run(scenario, seed, folder, speed)) {
      report = simulation.report();
    }
    out.println(report.shown());
    if (report.isTrue()) {
      delete(folder);
    } else {
      Files.writeString(folder.resolve("scenario.txt"), scenario.text());
      out.println("  recordings and scenario are kept in " + folder + "; the scenario:");
      out.print(scenario.text().indent(4));
    }
    return report;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static List<Scenario> scenarios(String what, Arguments arguments) throws IOException {
    if (what.equals("random")) {
      return LongStream.rangeClosed(arguments.firstSeed(), arguments.lastSeed())
          .mapToObj(seed -> RandomScenario.of(seed, arguments.hours().orElse(RANDOM_HOURS)))
          .toList();
    }
    List<Path> files = List.of(file(what));
    if (what.equals("all")) {
      try (Stream<Path> all = Files.list(SCENARIOS)) {
        files = all.filter(file -> file.toString().endsWith(TXT)).sorted().toList();
      }
    }
    List<Scenario> scenarios = new ArrayList<>();
    for (Path file : files) {
      Scenario scenario =
          ScenarioReader.read(
              file.getFileName().toString().replace(TXT, ""), Files.readString(file));
      scenarios.add(arguments.hours().map(scenario::lasting).orElse(scenario));
    }
    return scenarios;
  }

  private static Path file(String what) {
    Path named = SCENARIOS.resolve(what + TXT);
    Path file = Files.exists(named) ? named : Path.of(what);
    if (!what.equals("all") && !Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "there is no scenario '%s', neither in %s nor as a file".formatted(what, SCENARIOS));
    }
    return file;
  }
}
