package io.github.streamingserver.journey;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is lost on its way into ffmpeg is counted, and takes nothing else with it. */
@Execution(ExecutionMode.CONCURRENT)
class HlsM4sLossesTest {
  private static final Fault GONE = new Fault.Status(404, Map.of());

  @RegisterExtension private final Journey journey = new Journey(Settings.FAST_LIVE);

  /** Gone for good, after some of it came where {@code first} lets it. */
  private void lose(String path, Fault... first) {
    journey.origin().fail(path, first);
    journey
        .origin()
        .misbehave(request -> request.path().equals("/" + path) ? GONE : new Fault.None());
  }

  /** The pictures of all segments of a second but one. */
  private static void assertPictures(Recording recording, Path source, int without) {
    List<String> due = new ArrayList<>(Frames.video(source));
    int each = due.size() / 10;
    due.subList(without * each, (without + 1) * each).clear();
    assertThat(recording.files().stream().flatMap(file -> Frames.video(file).stream()))
        .as(recording.toString())
        .isEqualTo(due);
  }

  @Test
  void aPictureThatIsGoneBesideItsSound() throws Exception {
    Path stream = Media.separateAudioFmp4();
    lose("fmp4-audio/video/s3.m4s");
    Recording recording = journey.record("fmp4-audio/master.m3u8").assertEnded("complete", 1);
    assertPictures(recording, Media.joined(stream.resolve("video")), 3);
  }

  @Test
  void aSegmentThatBreaksOff() throws Exception {
    long half = Files.size(Media.fmp4().resolve("s5.m4s")) / 2;
    lose("fmp4/s5.m4s", new Fault.CutAfter(half));
    Recording recording = journey.record("fmp4/index.m3u8").assertEnded("complete", 1);
    assertPictures(recording, Media.joined(Media.fmp4()), 5);
  }

  @Test
  void aLastSegmentThatIsCutOffAtItsOrigin() throws Exception {
    byte[] last = Files.readAllBytes(Media.fmp4().resolve("s9.m4s"));
    journey.origin().serve("fmp4/s9.m4s", Arrays.copyOf(last, last.length / 2));
    Recording recording = journey.record("fmp4/index.m3u8").assertEnded("complete", 1);
    assertPictures(recording, Media.joined(Media.fmp4()), 9);
  }

  /** Its playlist lists nothing more, and goes on to be loaded. */
  @Test
  void soundThatIsGoneHoldsNoPictureBack() throws Exception {
    Path stream = Media.separateAudioFmp4();
    LiveChannel picture = channel(stream.resolve("video")).advance(10).end();
    LiveChannel sound = channel(stream.resolve("audio")).advance(7);
    journey.origin().route("fmp4-audio/video/index.m3u8", picture);
    journey.origin().route("fmp4-audio/audio/index.m3u8", sound);
    journey
        .origin()
        .misbehave(
            request ->
                request.path().matches("/fmp4-audio/audio/s[3-6].m4s") ? GONE : new Fault.None());
    journey.beginLive("fmp4-audio/master.m3u8", 2, false);
    Recording recording = journey.await().assertEnded("complete", 7);
    assertThat(Frames.video(recording.section(0)))
        .isEqualTo(Frames.video(Media.joined(stream.resolve("video"))));
  }

  private static LiveChannel channel(Path stream) {
    return new LiveChannel(LiveChannel.EVENT, 1).add(ListedSegment.in(stream));
  }

  @Test
  void aSoundRenditionWithoutSoundIsNoUse() throws Exception {
    Media.separateAudioFmp4();
    Media.fmp4();
    journey
        .origin()
        .serve(
            "master.m3u8",
            """
            #EXTM3U
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",DEFAULT=YES,URI="fmp4-audio/video/index.m3u8"
            #EXT-X-STREAM-INF:BANDWIDTH=500000,RESOLUTION=320x180,CODECS="avc1.42C01E,mp4a.40.2",AUDIO="a"
            fmp4/index.m3u8
            """);
    Path source = Media.joined(Media.fmp4());
    journey.record("master.m3u8").assertComplete().assertHoldsInAll(source, source);
  }
}
