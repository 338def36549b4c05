package io.github.streamingserver.mpegts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Segments that an encoder wrote; durations are those that ffprobe tells of the files made. */
class EncodedSegmentsTest {
  @Test
  void tellsWhatTheyHold() {
    SegmentFacts modern = Segments.facts(Segments.resource("h264-aac-0.ts"), 1000);
    assertThat(modern.videoCodec()).hasValue(StreamCodec.H264);
    assertThat(modern.audioCodecs()).isEqualTo(List.of(StreamCodec.AAC_ADTS));
    assertThat(modern.pictureSize()).hasValue(new PictureSize(160, 90));
    SegmentFacts old = Segments.facts(Segments.resource("mpeg2-ac3.ts"), 1000);
    assertThat(old.videoCodec()).hasValue(StreamCodec.MPEG2_VIDEO);
    assertThat(old.audioCodecs()).isEqualTo(List.of(StreamCodec.AC3));
    assertThat(old.pictureSize()).hasValue(new PictureSize(176, 144));
  }

  @ParameterizedTest
  @CsvSource({
    "1.032, h264-aac-0.ts",
    "2.032, h264-aac-0.ts h264-aac-1.ts",
    "2.952, h264-aac-1.ts h264-aac-0.ts h264-aac-1.ts",
    "1.200, mpeg2-ac3.ts mpeg2-ac3.ts",
  })
  void theDurationIsTheFiles(double seconds, String names) {
    TransportStreamRewriter rewriter = new TransportStreamRewriter();
    byte[][] segments =
        Arrays.stream(names.split(" ")).map(Segments::resource).toArray(byte[][]::new);
    byte[] file = Segments.write(rewriter, Boundary.CONTINUES, segments);
    assertThat(rewriter.duration().toMillis() / 1000.0).isCloseTo(seconds, within(0.1));
    assertThat(Segments.decodeTimes(file, 256)).isSorted().doesNotHaveDuplicates();
    assertThat(Segments.decodeTimes(file, 257)).isSorted().doesNotHaveDuplicates();
  }
}
