package io.github.streamingserver.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Looks for inputs that break a reader, {@code fuzz.seconds} (20) and {@code fuzz.runs} (20 000)
 * each at most, two readers at a time; by hand longer, and of {@code fuzz.only} alone: {@code mvn
 * test -Dtest=FuzzTest -Dfuzz.seconds=600 -Dfuzz.runs=-1 -Dfuzz.only=ts,mp4}. What is found goes to
 * {@code src/test/resources/fuzz/<name>/seeds}.
 */
@Isolated("two processes take both cores")
class FuzzTest {
  private static final int SECONDS = Integer.getInteger("fuzz.seconds", 20);
  private static final int SEED = Integer.getInteger("fuzz.seed", 1);
  private static final ExecutorService TWO = Executors.newFixedThreadPool(2);

  @AfterAll
  static void stop() {
    TWO.shutdownNow();
  }

  @TestFactory
  Stream<DynamicTest> nothingIsFound() {
    String only = System.getProperty("fuzz.only", "");
    List<Fuzzing> chosen =
        Arrays.stream(Fuzzing.values())
            .filter(it -> only.isEmpty() || List.of(only.split(",", -1)).contains(it.title()))
            .toList();
    assertThat(chosen).isNotEmpty();
    List<Future<FuzzRun.Result>> runs =
        chosen.stream().map(it -> TWO.submit(() -> new FuzzRun(it).fuzz(SECONDS, SEED))).toList();
    return chosen.stream()
        .map(
            it ->
                DynamicTest.dynamicTest(
                    it.title(),
                    () -> {
                      FuzzRun.Result result = runs.get(chosen.indexOf(it)).get();
                      assertThat(result.exit()).as(result.log()).isZero();
                      assertThat(result.inputs()).as(result.log()).isPositive();
                    }));
  }
}
