package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.StreamFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailedTriesTest {
  private static final String REFUSED = "answered 503";
  private static final String CLOSED = "refused the connection";

  private final FailedTries tries = new FailedTries();
  private final List<String> lines = new ArrayList<>();

  /** Tells of one event: a word, the size of the file, the cause. */
  private void happens(String event) {
    String[] words = event.split(" ", 3);
    var line =
        switch (words[0]) {
          case "broke" -> tries.broke(Long.parseLong(words[1]), cause(words[2]));
          case "voided" -> tries.voided(Long.parseLong(words[1]), 4, cause(words[2]));
          case "grown" -> tries.grown(Long.parseLong(words[1]));
          case "done" -> tries.done();
          default -> tries.givenUp();
        };
    line.ifPresent(lines::add);
  }

  private static StreamFailure cause(String message) {
    return new StreamFailure.Failed(message);
  }

  static Stream<Arguments> events() {
    String again = "begins a segment again, 4 bytes cut back: ";
    return Stream.of(
        Arguments.of(
            "a single one",
            List.of("broke 9 " + REFUSED, "grown 10", "done"),
            List.of("broke off at 9 bytes, goes on there: " + REFUSED)),
        Arguments.of(
            "an outage",
            List.of("broke 9 " + REFUSED, "broke 9 " + REFUSED, "broke 9 " + REFUSED, "grown 10"),
            List.of(
                "broke off at 9 bytes, goes on there: " + REFUSED, "goes on after 3 tries failed")),
        Arguments.of(
            "two causes in turn",
            List.of(
                "voided 9 " + REFUSED,
                "voided 5 " + CLOSED,
                "voided 5 " + REFUSED,
                "voided 5 " + CLOSED,
                "done"),
            List.of(again + REFUSED, again + CLOSED, "goes on after 4 tries failed")),
        Arguments.of(
            "what had come comes again, and no more",
            List.of("voided 9 " + REFUSED, "grown 9", "voided 9 " + REFUSED, "grown 10"),
            List.of(again + REFUSED, "goes on after 2 tries failed")),
        Arguments.of(
            "a little more each time",
            List.of("broke 9 " + REFUSED, "grown 10", "broke 10 " + REFUSED, "grown 11"),
            List.of(
                "broke off at 9 bytes, goes on there: " + REFUSED,
                "broke off at 10 bytes, goes on there: " + REFUSED)),
        Arguments.of(
            "given up",
            List.of("voided 9 " + REFUSED, "voided 9 " + REFUSED, "given up"),
            List.of(again + REFUSED, "2 tries failed")),
        Arguments.of(
            "another outage at the same place",
            List.of(
                "voided 9 " + REFUSED,
                "voided 9 " + REFUSED,
                "done",
                "voided 9 " + REFUSED,
                "grown 10"),
            List.of(again + REFUSED, "goes on after 2 tries failed", again + REFUSED)),
        Arguments.of("none", List.of("grown 1", "done", "given up"), List.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("events")
  void tellsEachCauseOnceAndHowManyTriesTheyWere(
      String name, List<String> events, List<String> told) {
    events.forEach(this::happens);
    assertThat(lines).as(name).isEqualTo(told);
  }

  @Test
  void tellsNoMoreThanAFewCausesThatDifferEachTime() {
    IntStream.range(0, 100).forEach(id -> happens("broke 9 answered with request id " + id));
    happens("grown 10");
    assertThat(lines).hasSize(9).last().isEqualTo("goes on after 100 tries failed");
  }
}
