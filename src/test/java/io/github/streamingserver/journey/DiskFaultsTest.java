package io.github.streamingserver.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.testkit.Disk;
import io.github.streamingserver.testkit.Frames;
import io.github.streamingserver.testkit.Journey;
import io.github.streamingserver.testkit.ListedSegment;
import io.github.streamingserver.testkit.LiveChannel;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Origin.Fault;
import io.github.streamingserver.testkit.Recording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that fails while a recording runs, and comes back or doesn't; one that is full. */
class DiskFaultsTest {
  private static final int BEGUN = 4;

  @RegisterExtension
  private final Journey journey = new Journey("streamingserver.recording.min-free-space = 0");

  @RegisterExtension
  private final Journey impatient =
      new Journey(Settings.FAST + "streamingserver.recording.retry-budget = 2 s");

  private Path refused = Path.of("/nowhere");
  private final List<Path> mounts = new ArrayList<>();

  @AfterEach
  void restore() {
    if (Files.exists(refused)) {
      Disk.allow(refused);
    }
    Disk.unmount(mounts);
  }

  private void refuse(Path file) throws Exception {
    assumeTrue(
        Disk.knowsRefusal(Objects.requireNonNull(file.getParent())),
        "files here can't be made immutable");
    Disk.refuse(file);
    refused = file;
  }

  private void awaitRestart(Journey at) {
    Awaitility.await()
        .until(
            () ->
                at.status().stream()
                    .anyMatch(recording -> recording.number("restarts").orElse(0.0) > 0));
  }

  private void heal() {
    Disk.allow(refused);
  }

  private static LiveChannel live(Path media) {
    return new LiveChannel(LiveChannel.EVENT, 1).add(ListedSegment.in(media)).advance(BEGUN);
  }

  /** All frames of the source, one after another, in as many files as it took. */
  private static void assertHoldsAll(Recording recording, Path source) {
    recording.assertComplete();
    assertThat(recording.files()).hasSizeGreaterThan(1);
    List<String> frames = new ArrayList<>();
    for (Path file : recording.files()) {
      Frames.assertNoDecodeErrors(file);
      frames.addAll(Frames.video(file));
    }
    Frames.assertSame("picture", recording.folder(), frames, Frames.video(source));
    assertThat(recording.starts())
        .extracting(start -> start.number("section_index").orElse(-1.0))
        .as("each section is told of once")
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hls", "fmp4"})
  void aLiveRecordingGoesOnOnceTheDiskIsBack(String kind) throws Exception {
    Path media = kind.equals("hls") ? Media.hls() : Media.fmp4();
    LiveChannel channel = live(media);
    journey.origin().route(kind + "/live.m3u8", channel);
    journey.beginLive(kind + "/live.m3u8", 2, false);
    refuse(journey.recordings().resolve("stream_0.ts"));
    channel.advance(BEGUN);
    awaitRestart(journey);
    Path drawer = Files.move(journey.recordings(), journey.recordings().resolveSibling("drawer"));
    channel.advance(BEGUN).endAtLast();
    refused = drawer.resolve("stream_0.ts");
    heal();
    Files.move(drawer, journey.recordings());
    refused = Path.of("/nowhere");
    assertHoldsAll(journey.await(), Media.joined(media));
  }

  @Test
  void aFinishedStreamGoesOnAtTheNextSegment() throws Exception {
    Media.hls();
    journey.origin().fail("hls/s6.ts", new Fault.StallAfter(1000));
    journey.ask("hls/index.m3u8");
    journey.awaitStart();
    Path file = journey.recordings().resolve("stream_0.ts");
    refuse(file);
    journey.origin().release();
    awaitRestart(journey);
    heal();
    assertHoldsAll(journey.await(), Media.joined(Media.hls()));
  }

  @Test
  void aSingleFileGoesOnInItself() throws Exception {
    String path = Media.root().relativize(Media.mp4()).toString();
    journey
        .origin()
        .fail(path, new Fault.None(), new Fault.StallAfter(Files.size(Media.mp4()) / 2));
    journey.ask(path);
    journey.awaitStart();
    Path file = journey.recordings().resolve("stream_0.mp4");
    refuse(file);
    journey.origin().release();
    awaitRestart(journey);
    heal();
    Recording recording = journey.await();
    recording.assertComplete();
    assertThat(file).hasSameBinaryContentAs(Media.mp4());
    assertThat(recording.starts()).hasSize(1);
  }

  @Test
  void oneThatDoesNotComeBackEndsTheRecordingAndTheFilePlays() throws Exception {
    LiveChannel channel = live(Media.hls());
    impatient.origin().route("hls/live.m3u8", channel);
    impatient.beginLive("hls/live.m3u8", 2, false);
    Path file = impatient.recordings().resolve("stream_0.ts");
    refuse(file);
    channel.advance(BEGUN);
    JsonObject stop = impatient.await().stop();
    assertThat(stop.text("reason")).contains("error");
    assertThat(stop.text("error_id")).contains("failure");
    assertThat(stop.text("msg").orElse("")).contains("stream_0.ts");
    assertThat(Frames.video(file)).isNotEmpty();
  }

  @Test
  void aFullDiskEndsTheRecordingAtOnceAndTheFilePlays() throws Exception {
    Path movies = Files.createDirectories(journey.recordings());
    long half = Files.size(Media.joined(Media.hls())) / 2;
    assumeTrue(Disk.mount(movies, half / 1024 + "k"), "no disk can be mounted here");
    mounts.add(movies);
    Recording recording = journey.record("hls/index.m3u8");
    assertThat(recording.stop().text("error_id")).contains("disk_full");
    Path file = recording.section(0);
    Frames.assertNoDecodeErrors(file);
    List<String> frames = Frames.video(file);
    assertThat(frames).isNotEmpty();
    assertThat(Frames.video(Media.joined(Media.hls())).subList(0, frames.size())).isEqualTo(frames);
  }
}
