package io.github.streamingserver.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.Client;
import io.github.streamingserver.testkit.Daemon;
import io.github.streamingserver.testkit.Gate;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Recording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server is killed, and what it recorded can't be gone on with. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class NoComebackCasesTest {
  private static final String PATIENT =
      Settings.FAST
          + """
          streamingserver.http.idle-timeout = 60 s
          streamingserver.journal.interval = 1 us
          streamingserver.recording { progress-interval = 50 ms, min-free-space = 1 MiB }
          """;

  private static final String SETTINGS = PATIENT + "streamingserver.recording.retry-budget = 2 s\n";
  private static final String PLAYLIST = "hls/index.m3u8";

  @TempDir Path folder;

  private Survivor killed(String settings) throws Exception {
    Media.hls();
    Survivor survivor = new Survivor(folder, settings);
    Gate gate = new Gate(survivor.origin(), "hls/s5.ts", 1000);
    survivor.ask(PLAYLIST, JsonObject.empty()).awaitSegments(5);
    survivor.kill();
    gate.open();
    return survivor;
  }

  private static Recording failed(Survivor survivor) throws Exception {
    Recording recording = survivor.await();
    assertThat(recording.stop().text("reason")).contains("error");
    assertThat(recording.stop().text("error_id")).contains("failure");
    assertThat(recording.stop().number("sections")).contains(1.0);
    survivor.assertOver();
    return recording;
  }

  @Test
  void anOriginThatIsGoneEndsItOnce() throws Exception {
    try (Survivor survivor = killed(SETTINGS)) {
      survivor.origin().route(PLAYLIST, _ -> Answer.status(404));
      survivor.restart();
      Recording recording = failed(survivor);
      assertThat(recording.stop().number("bytes"))
          .contains((double) Files.size(recording.section(0)));
      assertThat(recording.stop().text("msg").orElse("")).contains("404");
    }
  }

  @Test
  void aFolderThatIsGoneEndsItOnce() throws Exception {
    try (Survivor survivor = killed(SETTINGS)) {
      try (Stream<Path> all = Files.walk(survivor.recordings())) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
      survivor.restart();
      assertThat(failed(survivor).stop().text("msg").orElse("")).contains("not there any more");
      assertThat(survivor.recordings()).doesNotExist();
    }
  }

  @Test
  void aClientStopsItWhileItWaits() throws Exception {
    try (Survivor survivor = killed(PATIENT)) {
      survivor.origin().route(PLAYLIST, _ -> Answer.status(503));
      survivor.restart();
      survivor.client().send("stop", JsonObject.empty());
      Recording recording = survivor.await();
      assertThat(recording.stop().text("reason")).contains("user");
      assertThat(recording.stop().number("bytes"))
          .contains((double) Files.size(recording.section(0)));
      survivor.assertOver();
    }
  }

  /** Whoever comes first after the end, be it another run of the server, is told of it. */
  @Test
  void anEndThatNobodyHeardIsToldToTheNextClient() throws Exception {
    try (Survivor survivor = killed(SETTINGS)) {
      survivor.daemon().start();
      survivor.daemon().awaitLog("Recording \\[default] ended");
      try (Client next = new Client(survivor.daemon().port())) {
        assertThat(next.receive("stop").text("reason")).contains("complete");
      }
      try (Client later = new Client(survivor.daemon().port())) {
        later.receive("ready");
        later.send("status", JsonObject.empty());
        assertThat(later.receive().command()).isEqualTo("status");
      }
    }
  }

  @Test
  void whatCannotBeReadIsPutAside() throws Exception {
    try (Daemon daemon = new Daemon(folder, SETTINGS)) {
      Path journal = Files.createDirectories(daemon.state().resolve("journal"));
      Files.writeString(journal.resolve("cut.1.json"), "{\"format\": 1, \"requ");
      Files.writeString(journal.resolve("null.1.json"), "null");
      Files.writeString(journal.resolve("empty.1.json"), "");
      Files.writeString(journal.resolve("newer.1.json"), "{\"format\": 99}");
      Files.writeString(journal.resolve(".x.1.json.0123456789abcdef.part"), "{}");
      Files.createDirectory(journal.resolve("folder.1.json"));
      daemon.start();
      try (Client client = new Client(daemon.port())) {
        client.receive("ready");
      }
      assertThat(daemon.journal())
          .isEqualTo(
              List.of(
                  "cut.1.json.unreadable",
                  "empty.1.json.unreadable",
                  "folder.1.json",
                  "newer.1.json.unreadable",
                  "null.1.json.unreadable"));
      assertThat(daemon.log()).contains("can't be gone on with");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"file; it is no folder", "/proc/nowhere; it can't be made there"})
  void aStateFolderThatCannotBeOneIsSaidInOneLine(String path, String reason) throws Exception {
    Files.writeString(folder.resolve("file"), "not a folder");
    Path state = folder.resolve(path);
    try (Daemon daemon = new Daemon(folder.resolve("server"), SETTINGS)) {
      assertThat(daemon.exitCode(state)).isEqualTo(2);
      assertThat(daemon.log().lines())
          .singleElement()
          .asString()
          .contains("streamingserver: The state folder", "choose another with --state: " + reason);
    }
  }
}
