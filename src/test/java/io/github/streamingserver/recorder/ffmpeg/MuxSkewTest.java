package io.github.streamingserver.recorder.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.config.MuxMode;
import io.github.streamingserver.testkit.Ffmpeg;
import io.github.streamingserver.testkit.Frames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Segments of ten seconds and 8 Mbit/s, a fragment each: one stream is all of it ahead. */
@Timeout(120)
class MuxSkewTest {
  @TempDir Path folder;

  @BeforeEach
  void makeMedia() {
    ffmpeg(
        "-f lavfi -i testsrc2=size=320x180:rate=25:duration=20,noise=alls=100:allf=t"
            + " -f lavfi -i sine=duration=20 -c:v mpeg2video -b:v 8M -minrate 8M -maxrate 8M"
            + " -bufsize 1M -qmin 1 -g 250 -c:a aac all.mp4");
    ffmpeg("-i all.mp4 -c copy all.ts");
  }

  private void ffmpeg(String arguments) {
    Ffmpeg.ffmpeg(folder, arguments.split(" ", -1));
  }

  /** The initialization section and segments of the streams that {@code map} says. */
  private List<Path> segments(String map) throws IOException {
    Path hls = Files.createDirectory(folder.resolve(map.replace(':', '-')));
    ffmpeg(
        "-i all.mp4 -c copy -map %s -f hls -hls_time 10 -hls_list_size 0 -hls_segment_type fmp4 %s"
            .formatted(map, hls.resolve("index.m3u8")));
    return Stream.of("init.mp4", "index0.m4s", "index1.m4s", "index2.m4s")
        .map(hls::resolve)
        .filter(Files::exists)
        .toList();
  }

  private void assertWhole(Path out) {
    Frames.assertSame(out, folder.resolve("all.ts"));
    assertThat(Frames.video(out)).hasSize(500);
  }

  @Test
  void inOneInput() throws Exception {
    List<Path> both = segments("0");
    assertThat(Files.size(both.get(1))).isGreaterThan(9_000_000);
    Path out = folder.resolve("out.ts");
    try (MuxProcess mux = MuxRun.start(MuxMode.COPY, MuxRun.mp4(both.getFirst()))) {
      assertThat(MuxRun.all(mux, List.of(both), out).succeeded()).isTrue();
    }
    assertWhole(out);
  }

  @Test
  void inTwoInputs() throws Exception {
    List<Path> video = segments("0:v");
    List<Path> audio = segments("0:a");
    Path out = folder.resolve("out.ts");
    try (MuxProcess mux =
        MuxRun.start(MuxMode.COPY, MuxRun.mp4(video.getFirst()), MuxRun.mp4(audio.getFirst()))) {
      assertThat(MuxRun.all(mux, List.of(video, audio), out).succeeded()).isTrue();
    }
    assertWhole(out);
  }
}
