package io.github.streamingserver.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NowNextTest {
  private static final List<Programme> GUIDE =
      List.of(
          programme("22:00", Optional.of("23:00"), "C", ""),
          programme("20:00", Optional.of("21:00"), "A", "About A"),
          programme("21:00", Optional.of("22:00"), "B", ""));

  private static Instant at(String time) {
    return Instant.parse("2026-07-01T" + time + ":00Z");
  }

  private static Programme programme(
      String start, Optional<String> stop, String title, String description) {
    return new Programme(at(start), stop.map(NowNextTest::at), title, description);
  }

  private static String told(List<Programme> guide, String now) {
    return NowNext.describe(guide, at(now), ZoneOffset.UTC, "More");
  }

  @Test
  void tellsWhatIsOnAndWhatComes() {
    assertThat(told(GUIDE, "20:00")).isEqualTo("Now 20:00-21:00 A\nAbout A\nNext 21:00 B\nMore");
    assertThat(told(GUIDE, "20:59")).startsWith("Now 20:00-21:00 A");
    assertThat(told(GUIDE, "21:00")).isEqualTo("Now 21:00-22:00 B\nNext 22:00 C\nMore");
    assertThat(told(GUIDE, "22:30")).isEqualTo("Now 22:00-23:00 C\nMore");
    assertThat(told(GUIDE, "19:00")).isEqualTo("Next 20:00 A\nMore");
    assertThat(told(GUIDE, "23:00")).isEqualTo("More");
    assertThat(told(List.of(), "20:00")).isEqualTo("More");
  }

  @Test
  void anEndThatIsNotKnownIsNotTold() {
    assertThat(told(List.of(programme("20:00", Optional.empty(), "A", "")), "20:30"))
        .isEqualTo("Now 20:00- A\nMore");
  }

  @Test
  void timesAreOfTheViewersZone() {
    assertThat(NowNext.describe(GUIDE, at("20:30"), ZoneId.of("Europe/Berlin"), ""))
        .isEqualTo("Now 22:00-23:00 A\nAbout A\nNext 23:00 B");
  }
}
