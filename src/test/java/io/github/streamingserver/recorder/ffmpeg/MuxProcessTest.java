package io.github.streamingserver.recorder.ffmpeg;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.streamingserver.config.MuxMode;
import io.github.streamingserver.mpegts.StreamCodec;
import io.github.streamingserver.testkit.Ffmpeg;
import io.github.streamingserver.testkit.Frames;
import io.github.streamingserver.testkit.Media;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What ffmpeg makes of real inputs, frame by frame. */
@Timeout(120)
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
    assertThat(joins(MuxRun.mp4(video), video, MuxRun.mp4(audio), audio)).isEqualTo(GOOD);
  }

  @Test
  void joinsTwoTransportStreams() throws Exception {
    Path hls = Media.separateAudio();
    MuxExit exit =
        joins(
            MuxInput.mpegts(List.of(StreamCodec.H264)),
            Media.joined(hls.resolve("video")),
            MuxInput.mpegts(List.of(StreamCodec.AAC_ADTS)),
            Media.joined(hls.resolve("audio")));
    // Debian's ffmpeg 5.1 warns once of a packet without a time, though all that come out have one.
    assertThat(exit.succeeded()).isTrue();
    assertThat(exit.flooded()).isFalse();
  }

  @Test
  void beginsInTheMiddle() throws Exception {
    Path hls = Media.fmp4();
    List<Path> part =
        Stream.of("init.mp4", "s5.m4s", "s6.m4s", "s7.m4s").map(hls::resolve).toList();
    Path source = folder.resolve("part.mp4");
    for (Path each : part) {
      Files.write(source, Files.readAllBytes(each), CREATE, APPEND);
    }
    Path out = folder.resolve("out.ts");
    try (MuxProcess mux = MuxRun.start(MuxMode.AUTO, MuxRun.mp4(source))) {
      assertThat(MuxRun.all(mux, List.of(part), out)).isEqualTo(GOOD);
    }
    Frames.assertSame(out, source);
    assertThat(Frames.video(out)).hasSize(75);
  }

  /** Frames out of order, and samples before zero, as an edit list cuts off what primes a codec. */
  @Test
  void keepsFramesThatAnEditListCutsOff() throws Exception {
    String make =
        "-f lavfi -i testsrc2=size=160x90:rate=25:duration=4 -f lavfi -i sine=duration=4"
            + " -c:v mpeg2video -bf 2 -g 25 -c:a aac"
            + " -movflags frag_keyframe+delay_moov+default_base_moof edited.mp4";
    Path source = made("edited.mp4", make);
    Path plain = made("plain.ts", "-i edited.mp4 -c copy plain.ts");
    assertThat(times(source, "a:0").getFirst()).isNegative();

    Path out = folder.resolve("out.ts");
    try (MuxProcess mux = MuxRun.start(MuxMode.COPY, MuxRun.mp4(source))) {
      assertThat(MuxRun.all(mux, List.of(List.of(source)), out)).isEqualTo(GOOD);
    }
    Frames.assertSame(out, plain);
    assertThat(Frames.video(out)).hasSize(100);
    assertThat(times(out, "a:0")).hasSameSizeAs(times(source, "a:0"));
    assertThat(apart(out)).isCloseTo(apart(source), within(0.001));
  }

  /** The inputs begin at different times of one timeline. */
  @Test
  void keepsInputsInStep() throws Exception {
    Path hls = Media.separateAudioFmp4();
    List<Path> video = Stream.of("init.mp4", "s4.m4s").map(hls.resolve("video")::resolve).toList();
    List<Path> audio =
        Stream.of("init.mp4", "s3.m4s", "s4.m4s").map(hls.resolve("audio")::resolve).toList();
    Path out = folder.resolve("out.ts");
    try (MuxProcess mux =
        MuxRun.start(MuxMode.AUTO, MuxRun.mp4(video.getFirst()), MuxRun.mp4(audio.getFirst()))) {
      assertThat(MuxRun.all(mux, List.of(video, audio), out)).isEqualTo(GOOD);
    }
    assertThat(apart(out)).isCloseTo(1, within(0.05));
  }

  @Test
  void placesPackedAudioByItsStart() throws Exception {
    Path video = made("video.ts", "-i " + Media.mp4() + " -map 0:v -c copy -muxdelay 0 video.ts");
    Path audio =
        made("audio.aac", "-i " + Media.mp4() + " -map 0:a -c copy -id3v2_version 4 audio.aac");
    byte[] tag = {'I', 'D', '3', 4, 0, 0, 0, 0, 0, 10, 'T', 'X', 'X', 'X', 0, 0, 0, 0, 0, 0};
    Path tagged = folder.resolve("tagged.aac");
    for (int i = 0; i < 2; i++) {
      Files.write(tagged, tag, CREATE, APPEND);
      Files.write(tagged, Files.readAllBytes(audio), APPEND);
    }
    Path out = folder.resolve("out.ts");
    try (MuxProcess mux =
        MuxRun.start(
            MuxMode.AUTO,
            MuxInput.mpegts(List.of(StreamCodec.H264)),
            MuxInput.packedAudio(InputFormat.AAC, Duration.ofMillis(2500)))) {
      assertThat(MuxRun.all(mux, List.of(List.of(video), List.of(tagged)), out)).isEqualTo(GOOD);
    }
    assertThat(Frames.video(out)).hasSize(Media.FRAMES);
    assertThat(times(out, "a:0")).hasSize(2 * times(audio, "a:0").size());
    assertThat(apart(out)).isCloseTo(times(video, "v:0").getFirst() - 2.5, within(0.001));
  }

  @Test
  void transcodesOnlyWhatTheBoxCantPlay() throws Exception {
    String make =
        "-f lavfi -i testsrc2=size=1920x1200:rate=50:duration=1 -f lavfi -i sine=duration=1"
            + " -c:v mpeg4 -q:v 9 -c:a aac -movflags frag_keyframe+empty_moov+default_base_moof"
            + " large.mp4";
    Path source = made("large.mp4", make);
    Path out = folder.resolve("out.ts");
    try (MuxProcess mux = MuxRun.start(MuxMode.AUTO, MuxRun.mp4(source))) {
      assertThat(MuxRun.all(mux, List.of(List.of(source)), out).code()).isZero();
    }
    Frames.assertSame("sound", out, Frames.audio(out), Frames.audio(source));
    Frames.assertNoDecodeErrors(out);
    String entries = "stream=codec_name,profile,width,height,pix_fmt,level,avg_frame_rate";
    assertThat(Ffmpeg.ffprobe("-select_streams", "v", "-show_entries", entries, out.toString()))
        .contains("codec_name=h264", "profile=High", "width=1728", "height=1080")
        .contains("pix_fmt=yuv420p", "level=40", "avg_frame_rate=30/1");
  }

  @Test
  void transcodesSoundToStereo() throws Exception {
    String make =
        " -f lavfi -i anoisesrc=sample_rate=44100:duration=10 -map 0:v -c:v copy -map 1:a -ac 6"
            + " -c:a flac -movflags frag_keyframe+empty_moov+default_base_moof flac.mp4";
    Path source = made("flac.mp4", "-i " + Media.mp4() + make);
    Path out = folder.resolve("out.ts");
    try (MuxProcess mux = MuxRun.start(MuxMode.AUTO, MuxRun.mp4(source))) {
      assertThat(MuxRun.all(mux, List.of(List.of(source)), out)).isEqualTo(GOOD);
    }
    Frames.assertSame("picture", out, Frames.video(out), Frames.video(source));
    String entries = "stream=codec_name,profile,channels,sample_rate";
    assertThat(Ffmpeg.ffprobe("-select_streams", "a", "-show_entries", entries, out.toString()))
        .contains("codec_name=aac", "profile=LC", "channels=2", "sample_rate=48000");
  }

  private Path made(String file, String arguments) {
    Ffmpeg.ffmpeg(folder, arguments.split(" ", -1));
    return folder.resolve(file);
  }

  private static List<Double> times(Path file, String stream) {
    String[] of = {"-select_streams", stream, "-show_entries", "packet=pts_time", "-of", "csv=p=0"};
    String[] all = Stream.concat(Stream.of(of), Stream.of(file.toString())).toArray(String[]::new);
    return Ffmpeg.ffprobe(all)
        .lines()
        .map(line -> line.replace(",", ""))
        .filter(line -> !line.isBlank())
        .map(line -> line.equals("N/A") ? 0 : Double.parseDouble(line))
        .toList();
  }

  /** Seconds from the first sound to the first picture. */
  private static double apart(Path file) {
    return times(file, "v:0").stream().min(Double::compare).orElseThrow()
        - times(file, "a:0").stream().min(Double::compare).orElseThrow();
  }

  /** Joins them, sees that all is there, and returns how ffmpeg ended. */
  private MuxExit joins(MuxInput pictures, Path video, MuxInput sound, Path audio)
      throws Exception {
    Path out = folder.resolve("out.ts");
    MuxExit exit;
    try (MuxProcess mux = MuxRun.start(MuxMode.AUTO, pictures, sound)) {
      exit = MuxRun.all(mux, List.of(List.of(video), List.of(audio)), out);
    }
    Frames.assertSame("picture", out, Frames.video(out), Frames.video(video));
    Frames.assertSame("sound", out, Frames.audio(out), Frames.audio(audio));
    Frames.assertNoDecodeErrors(out);
    return exit;
  }
}
