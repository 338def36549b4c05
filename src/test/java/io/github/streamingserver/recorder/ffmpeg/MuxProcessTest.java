package io.github.streamingserver.recorder.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.config.MuxMode;
import io.github.streamingserver.mpegts.StreamCodec;
import io.github.streamingserver.testkit.Frames;
import io.github.streamingserver.testkit.Media;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ffmpeg makes of real inputs, frame by frame. */
class MuxProcessTest {
  private static final MuxExit GOOD = new MuxExit(0, List.of(), false);

  @TempDir Path folder;

  @Test
  void wrapsFragmentedMp4() throws Exception {
    Path source = Media.joined(Media.fmp4());
    Path out = folder.resolve("out.ts");
    try (MuxProcess mux = MuxRun.start(MuxMode.AUTO, MuxRun.mp4(source))) {
      assertThat(MuxRun.all(mux, List.of(List.of(source)), out)).isEqualTo(GOOD);
    }
    Frames.assertSame(out, source);
  }

  @Test
  void joinsTwoFragmentedMp4() throws Exception {
    Path hls = Media.separateAudioFmp4();
    Path video = Media.joined(hls.resolve("video"));
    Path audio = Media.joined(hls.resolve("audio"));
    joins(MuxRun.mp4(video), video, MuxRun.mp4(audio), audio);
  }

  @Test
  void joinsTwoTransportStreams() throws Exception {
    Path hls = Media.separateAudio();
    joins(
        MuxInput.mpegts(List.of(StreamCodec.H264)),
        Media.joined(hls.resolve("video")),
        MuxInput.mpegts(List.of(StreamCodec.AAC_ADTS)),
        Media.joined(hls.resolve("audio")));
  }

  private void joins(MuxInput pictures, Path video, MuxInput sound, Path audio) throws Exception {
    Path out = folder.resolve("out.ts");
    try (MuxProcess mux = MuxRun.start(MuxMode.AUTO, pictures, sound)) {
      assertThat(MuxRun.all(mux, List.of(List.of(video), List.of(audio)), out)).isEqualTo(GOOD);
    }
    Frames.assertSame("picture", out, Frames.video(out), Frames.video(video));
    Frames.assertSame("sound", out, Frames.audio(out), Frames.audio(audio));
    Frames.assertNoDecodeErrors(out);
  }
}
