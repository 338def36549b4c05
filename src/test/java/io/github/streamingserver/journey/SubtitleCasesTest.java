package io.github.streamingserver.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.hls.VttCue;
import io.github.streamingserver.hls.WebVtt;
import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.Ffmpeg;
import io.github.streamingserver.testkit.Journey;
import io.github.streamingserver.testkit.ListedSegment;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Media.Part;
import io.github.streamingserver.testkit.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Subtitles beside a recording: each cue at the moment of its picture. */
class SubtitleCasesTest {
  private static final long TICKS = 90_000;
  private static final String EARLY = "00:01.000 --> 00:02.500\nEarly\n\n";
  private static final String OVER = "00:04.500 --> 00:06.000\nOver the border\n\n";
  private static final String LATE = "00:07.000 --> 00:08.000\nLate\n\n";

  @RegisterExtension
  private final Journey journey =
      new Journey(Settings.FAST + "streamingserver.recorder.subtitles = on\n");

  /** Serves a multivariant playlist of one picture and English subtitles. */
  private void master(String picture, String... renditions) {
    StringBuilder text = new StringBuilder("#EXTM3U\n");
    for (String name : renditions) {
      text.append("#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"s\",LANGUAGE=\"en\",NAME=\"")
          .append(name + "\",URI=\"" + name + "/index.m3u8\"\n");
    }
    text.append("#EXT-X-STREAM-INF:BANDWIDTH=500000,RESOLUTION=320x180,SUBTITLES=\"s\"\n");
    journey.origin().serve("master.m3u8", text + picture + "\n");
  }

  /** Serves segments of 5 s; one that begins with a discontinuity tag comes after one. */
  private void rendition(String name, String... segments) {
    StringBuilder playlist = new StringBuilder("#EXTM3U\n#EXT-X-TARGETDURATION:5\n");
    for (int i = 0; i < segments.length; i++) {
      boolean anew = segments[i].startsWith(ListedSegment.DISCONTINUITY);
      playlist.append(anew ? ListedSegment.DISCONTINUITY + "\n" : "");
      playlist.append("#EXTINF:5,\n" + i + ".vtt\n");
      String text = segments[i].substring(anew ? ListedSegment.DISCONTINUITY.length() : 0);
      journey.origin().serve(name + "/" + i + ".vtt", text);
    }
    journey.origin().serve(name + "/index.m3u8", playlist + "#EXT-X-ENDLIST\n");
  }

  /** A segment whose own times begin with the first picture of a file. */
  private static String segment(Path picture, String cues) {
    return "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:%d\n\n%s"
        .formatted(firstShown(picture), cues);
  }

  /** When the first picture is shown, in the file's own clock. */
  private static long firstShown(Path file) {
    String times =
        Ffmpeg.ffprobe(
            "-select_streams",
            "v:0",
            "-show_entries",
            "packet=pts_time",
            "-of",
            "csv=p=0",
            file.toString());
    return times
        .lines()
        .map(line -> line.replace(",", "").strip())
        .filter(line -> !line.isEmpty())
        .mapToLong(time -> Math.round(Double.parseDouble(time) * TICKS))
        .min()
        .orElseThrow();
  }

  private static List<VttCue> cues(Recording recording, String file) throws IOException {
    return WebVtt.parse(Files.readString(recording.folder().resolve(file))).cues();
  }

  private static VttCue cue(long start, long end, String text) {
    return new VttCue(start, end, "", text);
  }

  @Test
  void cuesComeOnceAtTheMomentOfTheirPicture() throws Exception {
    Path source = Media.hls().resolve("s0.ts");
    master("hls/index.m3u8", "English", "SDH");
    rendition("English", segment(source, EARLY + OVER), segment(source, OVER + LATE));
    rendition("SDH", segment(source, EARLY));
    Recording recording = journey.record("master.m3u8");
    recording.assertComplete().assertHolds(Media.joined(Media.hls()));
    assertThat(cues(recording, "stream_0.en.vtt"))
        .containsExactly(
            cue(1000, 2500, "Early"), cue(4500, 6000, "Over the border"), cue(7000, 8000, "Late"));
    assertThat(cues(recording, "stream_0.en-2.vtt")).containsExactly(cue(1000, 2500, "Early"));
  }

  @Test
  void cuesFollowTheirPictureIntoItsSection() throws Exception {
    Part first = new Part(Media.hls(), 0, 5);
    Part small = new Part(Media.variants().resolve("low"), 0, 4);
    List<ListedSegment> segments = new ArrayList<>(first.listed(journey.origin().url("hls/")));
    segments.addAll(
        ListedSegment.discontinuous(small.listed(journey.origin().url("variants/low/"))));
    journey.origin().serve("two/index.m3u8", ListedSegment.vod(segments));
    master("two/index.m3u8", "English");
    Path second = small.hls().resolve("s0.ts");
    rendition(
        "English",
        segment(first.hls().resolve("s0.ts"), EARLY),
        ListedSegment.DISCONTINUITY + segment(second, EARLY + LATE));
    Recording recording = journey.record("master.m3u8").assertComplete().assertSections(2);
    assertThat(cues(recording, "stream_0.en.vtt")).containsExactly(cue(1000, 2500, "Early"));
    assertThat(cues(recording, "stream_1.en.vtt")).containsExactly(cue(1000, 2500, "Early"));
  }

  @Test
  void whatIsWrongWithThemHarmsNothing() throws Exception {
    Path source = Media.hls().resolve("s0.ts");
    master("hls/index.m3u8", "English", "Gone");
    rendition("English", segment(source, EARLY), "<html>no text</html>", segment(source, LATE));
    journey.origin().route("Gone/index.m3u8", _ -> Answer.status(404));
    Recording recording = journey.record("master.m3u8");
    recording
        .assertComplete()
        .assertHolds(Media.joined(Media.hls()))
        .assertLog("subtitles en: LOST segment 1: it does not begin with WEBVTT");
    assertThat(cues(recording, "stream_0.en.vtt"))
        .containsExactly(cue(1000, 2500, "Early"), cue(7000, 8000, "Late"));
    assertThat(recording.folder().resolve("stream_0.en-2.vtt")).doesNotExist();
  }

  @Test
  void theyAreDecryptedAsThePictureIs() throws Exception {
    Path source = Media.hls().resolve("s0.ts");
    byte[] key = "0123456789abcdef".getBytes(UTF_8);
    byte[] iv = new byte[16];
    iv[15] = 7;
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
    master("hls/index.m3u8", "English");
    journey.origin().serve("English/key", key);
    journey.origin().serve("English/7.vtt", cipher.doFinal(segment(source, EARLY).getBytes(UTF_8)));
    journey
        .origin()
        .serve(
            "English/index.m3u8",
            """
            #EXTM3U
            #EXT-X-TARGETDURATION:10
            #EXT-X-MEDIA-SEQUENCE:7
            #EXT-X-KEY:METHOD=AES-128,URI="key"
            #EXTINF:10,
            7.vtt
            #EXT-X-ENDLIST
            """);
    Recording recording = journey.record("master.m3u8").assertComplete();
    assertThat(cues(recording, "stream_0.en.vtt")).containsExactly(cue(1000, 2500, "Early"));
  }

  @Test
  void fragmentedMp4BeginsWithTheFirstSegmentsOwnTimes() throws Exception {
    Media.fmp4();
    master("fmp4/index.m3u8", "English");
    String head = "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000\n\n";
    rendition("English", head + EARLY, head + LATE);
    Recording recording = journey.record("master.m3u8").assertComplete();
    assertThat(cues(recording, "stream_0.en.vtt"))
        .containsExactly(cue(1000, 2500, "Early"), cue(7000, 8000, "Late"));
  }
}
