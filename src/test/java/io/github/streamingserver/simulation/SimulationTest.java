package io.github.streamingserver.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Some hours of a few scenarios; tools/simulate runs all, for as long as one likes. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SimulationTest {
  private static final Path SCENARIOS = Path.of("src", "test", "resources", "scenarios");

  @TempDir Path folder;

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(SCENARIOS)) {
      return files.sorted().toList().stream();
    }
  }

  private static Scenario read(Path file) throws IOException {
    return ScenarioReader.read(file.getFileName().toString(), Files.readString(file));
  }

  private Report report(Scenario scenario, long seed) throws IOException {
    try (Simulation simulation = Simulation.run(scenario, seed, folder, 0)) {
      return simulation.report();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "pluto-day, 1",
    "outages-in-breaks, 1",
    "restarts, 1",
    "damaged, 1",
    "bad-origin, 1",
    "crashes, 3",
    "kills, 1",
    "tokens, 1",
  })
  void theLedgerIsTheTruth(String name, int hours) throws IOException {
    Scenario scenario = read(SCENARIOS.resolve(name + ".txt")).lasting(Duration.ofHours(hours));
    Report report = report(scenario, 1);
    assertThat(report.differences()).as(report.shown()).isEmpty();
    assertThat(report.recorded()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theLedgerIsTheTruthWhateverHappens(long seed) throws IOException {
    Scenario scenario = RandomScenario.of(seed, Duration.ofHours(1));
    Report report = report(scenario, seed);
    assertThat(report.differences()).as(report.shown() + "\n" + scenario.text()).isEmpty();
  }

  @Test
  void whatIsCutOffAFileIsFound() throws IOException {
    Scenario scenario = ScenarioReader.read("short", "hours 6m");
    Simulation simulation = Simulation.run(scenario, 1, folder, 0);
    simulation.close();
    assertThat(simulation.report().differences()).isEmpty();
    Path file = folder.resolve("take-0").resolve("stream_0.ts");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 188));
    assertThat(simulation.report().differences())
        .anySatisfy(difference -> assertThat(difference).contains("not whole"))
        .anySatisfy(difference -> assertThat(difference).contains("bytes, there are"));
  }

  @Test
  void aLineThatIsTakenFromTheLogIsFound() throws IOException {
    Scenario scenario = ScenarioReader.read("loss", "hours 6m\nnumbering runs-on\nat 2m jump 5");
    Simulation simulation = Simulation.run(scenario, 1, folder, 0);
    assertThat(simulation.report().differences()).isEmpty();
    assertThat(simulation.report().lost()).isEqualTo(5);
    Path log = folder.resolve("take-0").resolve("log.txt");
    Files.write(log, Files.readAllLines(log).stream().filter(l -> !l.contains("LOST")).toList());
    assertThat(simulation.report().differences())
        .anySatisfy(difference -> assertThat(difference).contains("told 0 lost, 5 are missing"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void aScenarioIsWrittenAsItIsRead(Path file) throws IOException {
    Scenario scenario = read(file);
    assertThat(ScenarioReader.read(scenario.name(), scenario.text())).isEqualTo(scenario);
  }

  @Test
  void aSeedIsOneScenario() {
    Duration hours = Duration.ofHours(25);
    Scenario scenario = RandomScenario.of(7, hours);
    assertThat(RandomScenario.of(7, hours)).isEqualTo(scenario);
    assertThat(RandomScenario.of(8, hours).plan()).isNotEqualTo(scenario.plan());
    assertThat(ScenarioReader.read(scenario.name(), scenario.text())).isEqualTo(scenario);
  }

  @ParameterizedTest
  @CsvSource({
    "outage, something is missing",
    "outage 5, '5' is no time",
    "outage 0s, more than nothing",
    "at 5m, what happens is missing",
    "at 5m fly, no such directive",
    "crash cook at 2h, nobody is called cook",
    "numbering up, neither restarts nor runs-on",
    "window many, 'many' is no number",
  })
  void aLineThatCannotBeReadIsNamed(String line, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScenarioReader.read("x", "hours 1h\n" + line))
        .withMessageContaining("x, line 2: '" + line)
        .withMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "--seed 1, name a scenario",
    "all --fast, no option",
    "all --seed, wants a value",
    "all --seed 5..1, no seed",
    "all --seed x, wants N or N..M",
    "all --hours 0, wants a number",
    "all --speed -1, wants a number",
  })
  void badArgumentsAreTold(String words, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arguments.of(words.split(" ", -1)))
        .withMessageContaining(problem);
  }
}
