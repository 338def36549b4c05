package io.github.streamingserver.recorder.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.streamingserver.hls.ByteRange;
import io.github.streamingserver.hls.Place;
import io.github.streamingserver.hls.ResumePoint;
import io.github.streamingserver.hls.Segment;
import io.github.streamingserver.http.FileVersion;
import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.model.Quality;
import io.github.streamingserver.model.RecorderId;
import io.github.streamingserver.model.RecordingId;
import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.model.Totals;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
  private static final Instant BEGAN = Instant.parse("2026-11-24T20:15:00.123Z");
  private static final FileVersion VERSION =
      new FileVersion(Optional.of("\"v1\""), Optional.empty(), OptionalLong.of(1L << 40));

  @TempDir Path state;

  private Journal journal;

  @BeforeEach
  void open() throws IOException {
    journal = Journal.open(state);
  }

  @Test
  void readsWhatItWrote() throws IOException {
    JournalEntry channel = channel("a:b.c", BEGAN);
    JournalEntry film = film("film", BEGAN.plusSeconds(1));
    JournalEntry begins = beginning("begins", BEGAN.plusSeconds(2));
    save(channel);
    save(film);
    save(begins);
    assertThat(Journal.open(state).entries()).containsExactlyInAnyOrder(channel, film, begins);
    assertThat(journal.find(film.name())).contains(film);
  }

  @Test
  void knowsTheLatestOfASlotOnlyAndForgetsTheOthers() throws IOException {
    save(film("a", BEGAN));
    JournalEntry latest = film("a", BEGAN.plusMillis(1));
    save(latest);
    assertThat(journal.entries()).containsExactly(latest);
    assertThat(files()).containsExactly(latest.name() + ".json");
  }

  @Test
  void replacesAnEntryAndForgetsIt() throws IOException {
    JournalEntry entry = film("a", BEGAN);
    save(entry);
    save(entry.resumed());
    assertThat(journal.entries()).containsExactly(entry.resumed());
    journal.forget(entry.name());
    journal.forget(entry.name());
    assertThat(files()).isEmpty();
    assertThat(journal.find(entry.name())).isEmpty();
  }

  @Test
  void takesNothingOfARecordingThatIsForgotten() throws IOException {
    JournalEntry entry = film("a", BEGAN);
    JournalPage page = journal.page(entry.name());
    page.save(entry);
    journal.forget(entry.name());
    page.save(entry.resumed());
    assertThat(files()).isEmpty();
  }

  @Test
  void keepsInMemoryWhatCanNotBeWritten() throws IOException {
    JournalEntry entry = channel("a", BEGAN, "?token=secret");
    save(entry);
    Path folder = state.resolve("journal");
    Path aside = Files.move(folder, state.resolve("aside"));
    Files.writeString(folder, "no folder");
    assertThatIOException().isThrownBy(() -> save(entry.resumed()));
    Files.delete(folder);
    Files.move(aside, folder);
    assertThat(journal.find(entry.name())).contains(channel("a", BEGAN).resumed());
    save(entry);
    assertThat(journal.find(entry.name())).contains(channel("a", BEGAN));
  }

  @Test
  void isForItsOwnerAlone() throws IOException {
    JournalEntry entry = film("a", BEGAN);
    save(entry);
    Path folder = state.resolve("journal");
    assertThat(mode(folder)).isEqualTo("rwx------");
    assertThat(mode(folder.resolve(entry.name() + ".json"))).isEqualTo("rw-------");
  }

  @Test
  void keepsNoQueryOfASegment() throws IOException {
    save(channel("a", BEGAN, "?token=secret"));
    String text = Files.readString(state.resolve("journal").resolve(files().getFirst()));
    assertThat(text).contains("http://host/s8.ts").doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{}", "{\"format\": 1}", "{\"format\": 2}"})
  void putsAsideWhatCanNotBeRead(String content) throws IOException {
    JournalEntry good = film("good", BEGAN);
    save(good);
    Files.writeString(state.resolve("journal/bad.1.json"), content);
    assertThat(journal.entries()).containsExactly(good);
    assertThat(files()).containsExactlyInAnyOrder(good.name() + ".json", "bad.1.json.unreadable");
  }

  @Test
  void putsAsideAnEntryOfWhichAnyFieldIsMissing() throws IOException {
    save(channel("a", BEGAN));
    Path file = state.resolve("journal").resolve(files().getFirst());
    List<String> lines = Files.readAllLines(file);
    for (int i = 1; i < lines.size() - 1; i++) {
      Files.writeString(
          file,
          String.join(
              "\n",
              Stream.concat(
                      lines.subList(0, i).stream(), lines.subList(i + 1, lines.size()).stream())
                  .toList()));
      assertThat(journal.entries().size()).isLessThanOrEqualTo(1);
    }
  }

  private void save(JournalEntry entry) throws IOException {
    journal.page(entry.name()).save(entry);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(state.resolve("journal"))) {
      return all.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static JournalEntry film(String id, Instant began) {
    return new JournalEntry(
        request(id),
        began,
        began.plusSeconds(9),
        Path.of("/media/hdd/movie"),
        new JournalEntry.Files(RecorderId.MP4, "", "mp4", 0, 3L << 30),
        new Totals(3L << 30, 0, 0, 0, 0, 1),
        Optional.empty(),
        Optional.of(VERSION),
        0);
  }

  private static JournalEntry channel(String id, Instant began) {
    return channel(id, began, "");
  }

  private static JournalEntry channel(String id, Instant began, String query) {
    List<Segment> tail = List.of(segment(8, query), segment(9, query));
    ResumePoint point = new ResumePoint(7, Duration.ofMillis(12_345), tail, true);
    return new JournalEntry(
        request(id),
        began,
        began.plusMillis(9001),
        Path.of("/media/hdd/movie"),
        new JournalEntry.Files(RecorderId.HLS_LIVE, "720p", "ts", 3, 188),
        new Totals(1 << 20, 9, 12.345, 2, 8.5, 4),
        Optional.of(point),
        Optional.empty(),
        2);
  }

  /** Of a channel of which nothing is on disk. */
  private static JournalEntry beginning(String id, Instant began) {
    Place first = new Place(7, Duration.ofMillis(12_012), segment(8, ""));
    return new JournalEntry(
        request(id),
        began,
        began,
        Path.of("/media/hdd/movie"),
        new JournalEntry.Files(RecorderId.HLS_LIVE, "720p", "ts", 0, 0),
        Totals.NONE,
        Optional.of(ResumePoint.before(first)),
        Optional.empty(),
        0);
  }

  private static Segment segment(long sequence, String query) {
    URI url = URI.create("http://host/s" + sequence + ".ts" + query);
    return new Segment(
        url,
        url.toString(),
        sequence,
        Duration.ofMillis(6006),
        "",
        Optional.of(new ByteRange(188, 376)),
        false,
        0,
        false,
        List.of(),
        Optional.empty(),
        Optional.of(BEGAN.plusSeconds(sequence)),
        List.of(),
        OptionalLong.empty());
  }

  private static RecordingRequest request(String id) {
    return new RecordingRequest(
        new RecordingId(id),
        new ProviderId("Direct"),
        URI.create("http://host/film.mp4?token=needed"),
        Path.of("/media/hdd/movie"),
        new Quality.Height(720),
        false,
        5,
        true,
        true,
        "Tatort – „Ende“",
        Optional.empty(),
        Optional.of(BEGAN.plusSeconds(5400)),
        Map.of("Referer", "http://host/"),
        "session=1",
        Optional.empty());
  }
}
