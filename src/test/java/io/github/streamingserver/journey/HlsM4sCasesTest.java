package io.github.streamingserver.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.EditedMedia;
import io.github.streamingserver.testkit.Facts;
import io.github.streamingserver.testkit.Frames;
import io.github.streamingserver.testkit.Journey;
import io.github.streamingserver.testkit.ListedSegment;
import io.github.streamingserver.testkit.LiveChannel;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Recording;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Fragmented MP4 and sound in a rendition of its own, muxed to a transport stream. */
@Execution(ExecutionMode.CONCURRENT)
class HlsM4sCasesTest {
  @RegisterExtension private final Journey journey = new Journey(Settings.FAST_LIVE);

  static Stream<Arguments> streams() {
    return Stream.of(
        Arguments.of(Media.fmp4(), Media.joined(Media.fmp4())),
        Arguments.of(Media.fmp4ByteRanges(), Media.fmp4ByteRanges().resolve("all.mp4")),
        Arguments.of(
            EditedMedia.continuedFmp4ByteRanges(), Media.fmp4ByteRanges().resolve("all.mp4")),
        Arguments.of(EditedMedia.severalMaps(), Media.joined(Media.fmp4())));
  }

  private static String path(Path stream, String playlist) {
    return Media.root().relativize(stream) + "/" + playlist;
  }

  @ParameterizedTest
  @MethodSource("streams")
  void fragmentsAreMuxed(Path stream, Path source) throws Exception {
    Recording recording = journey.record(path(stream, "index.m3u8"));
    recording.assertComplete().assertRecorder("hls_m4s");
    assertHolds(recording, source, source);
  }

  /** Frame by frame: that no edit list leaves a frame of the source out is MediaTest's to say. */
  private static void assertHolds(Recording recording, Path picture, Path sound) {
    recording.assertSections(1);
    Path recorded = recording.section(0);
    assertThat(Facts.of(recorded).codecs()).containsExactly("h264", "aac");
    Frames.assertSame("picture", recorded, Frames.video(recorded), Frames.video(picture));
    Frames.assertSame("sound", recorded, Frames.audio(recorded), Frames.audio(sound));
    Frames.assertNoDecodeErrors(recorded);
    Facts.assertTimesRise(recorded, "v:0", 0.1);
    Facts.assertTimesRise(recorded, "a:0", 0.1);
  }

  @ParameterizedTest(name = "{0} more a load")
  @CsvSource({"1", "3"})
  void aLiveChannelOfFragmentsIsMuxedAsItComes(int eachLoad) throws Exception {
    Path source = Media.joined(Media.fmp4());
    LiveChannel channel = live(Media.fmp4());
    journey.origin().route("fmp4/live.m3u8", channel);
    journey.beginLive("fmp4/live.m3u8", 2, false);
    channel.advanceAfterEachLoad(eachLoad).endAtLast();
    Recording recording = journey.await().assertComplete().assertRecorder("hls_live");
    assertHolds(recording, source, source);
  }

  /** A channel whose window shows the first four of its segments. */
  private static LiveChannel live(Path stream) {
    return new LiveChannel(6, 1).add(ListedSegment.in(stream)).advance(4);
  }

  @Test
  void separateSoundInFragments() throws Exception {
    Path stream = Media.separateAudioFmp4();
    Recording recording = journey.record(path(stream, "master.m3u8"));
    recording.assertComplete().assertRecorder("hls_m4s");
    assertHolds(
        recording, Media.joined(stream.resolve("video")), Media.joined(stream.resolve("audio")));
  }

  @Test
  void separateSoundInTransportStreams() throws Exception {
    Path stream = Media.separateAudio();
    Recording recording = journey.record(path(stream, "master.m3u8"));
    recording.assertComplete().assertRecorder("hls_m4s");
    assertHolds(
        recording, Media.joined(stream.resolve("video")), Media.joined(stream.resolve("audio")));
  }

  @Test
  void separateSoundOfALiveChannel() throws Exception {
    Path stream = Media.separateAudioFmp4();
    LiveChannel picture = live(stream.resolve("video"));
    LiveChannel sound = live(stream.resolve("audio"));
    journey.origin().route("fmp4-audio/video/index.m3u8", picture);
    journey.origin().route("fmp4-audio/audio/index.m3u8", sound);
    journey.beginLive(path(stream, "master.m3u8"), 2, false);
    picture.advanceAfterEachLoad(2).endAtLast();
    sound.advanceAfterEachLoad(1).endAtLast();
    Recording recording = journey.await().assertComplete().assertRecorder("hls_live");
    assertHolds(
        recording, Media.joined(stream.resolve("video")), Media.joined(stream.resolve("audio")));
  }

  /** A radio: its variant is listed as a rendition of its group, too. */
  @ParameterizedTest
  @CsvSource({"BANDWIDTH=64000", "'BANDWIDTH=64000,CODECS=\"mp4a.40.2\"'"})
  void soundAlone(String variant) throws Exception {
    for (Path stream : List.of(Media.separateAudio(), Media.separateAudioFmp4())) {
      String radio =
          """
          #EXTM3U
          #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",DEFAULT=YES,URI="audio/index.m3u8"
          #EXT-X-STREAM-INF:%s,AUDIO="a"
          audio/index.m3u8
          """
              .formatted(variant);
      journey.origin().route(path(stream, "radio.m3u8"), _ -> Answer.text("radio.m3u8", radio));
      Recording recording = journey.record(path(stream, "radio.m3u8"));
      recording.assertComplete().assertSections(1);
      Path recorded = recording.section(0);
      Path sound = Media.joined(stream.resolve("audio"));
      Frames.assertSame("sound", recorded, Frames.audio(recorded), Frames.audio(sound));
      Frames.assertNoDecodeErrors(recorded);
    }
  }

  /** Both were ten seconds in one file, so both end together. */
  @Test
  void pictureAndSoundStayInStep() throws Exception {
    Recording recording = journey.record(path(Media.separateAudioFmp4(), "master.m3u8"));
    recording.assertComplete();
    double picture = Facts.decodingTimes(recording.section(0), "v:0").getLast();
    double sound = Facts.decodingTimes(recording.section(0), "a:0").getLast();
    assertThat(Math.abs(picture - sound)).isLessThan(0.1);
  }
}
