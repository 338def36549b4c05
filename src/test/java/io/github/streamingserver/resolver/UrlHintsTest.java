package io.github.streamingserver.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.provider.StreamCandidate;
import io.github.streamingserver.provider.StreamCandidate.Codec;
import java.net.URI;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlHintsTest {
  private static StreamCandidate applied(String path) {
    return UrlHints.applied(StreamCandidate.of(URI.create("http://host" + path)));
  }

  @ParameterizedTest
  @CsvSource({
    "/film_1080p_x.mp4, 1080, UNKNOWN",
    "/film_1080P.MP4, 1080, UNKNOWN",
    "/film-720p.h265.mp4, 720, HEVC",
    "/av1/480p.mp4, 480, AV1",
    "/x/720p60/index.m3u8, 720, UNKNOWN",
    "/x/1920x1080/av01.mp4, 1080, AV1",
    "/x/1080x1920/a.mp4, 1080, UNKNOWN",
    "/movie.4K.HEVC.mp4, 2160, HEVC",
    "/uhd/x265.mp4, 2160, HEVC",
    "/a.h264.mp4, 0, H264",
    "/a.h.264.mp4, 0, H264",
    "/a.x264.mp4, 0, H264",
    "/a/avc1/b.mp4, 0, H264",
    "/a/avc/b.mp4, 0, H264",
    "/a/hvc1/b.mp4, 0, HEVC",
    "/a/hev1/b.mp4, 0, HEVC",
    "/1080p/a_480p.mp4, 480, UNKNOWN",
    "'/multi=426x240:240p:,1280x720:720p:/key/master.m3u8', 0, UNKNOWN",
    "'/multi=426x240:240p:,1280x720:720p:/key/720p.av1.m3u8', 720, AV1",
    "/1280x720:720p:/a.m3u8, 720, UNKNOWN",
    "/a.h264.av1.m3u8, 0, UNKNOWN",
    "/chap1080ptitle.mp4, 0, UNKNOWN",
    "/top10p.mp4, 0, UNKNOWN",
    "/001p.mp4, 0, UNKNOWN",
    "/video.mp4?q=1080p, 0, UNKNOWN",
    "'', 0, UNKNOWN",
  })
  void readsTheAddress(String path, int height, Codec codec) {
    StreamCandidate told = applied(path);
    assertThat(told.height().orElse(0)).isEqualTo(height);
    assertThat(told.codec()).isEqualTo(codec);
  }

  @Test
  void whatThePageSaysCounts() {
    StreamCandidate said =
        new StreamCandidate(
            URI.create("http://host/720p.h264.mp4"), OptionalInt.of(480), Codec.HEVC, "SD", true);
    assertThat(UrlHints.applied(said)).isEqualTo(said);
  }
}
