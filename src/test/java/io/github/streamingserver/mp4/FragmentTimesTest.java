package io.github.streamingserver.mp4;

import static io.github.streamingserver.mp4.Boxes.box;
import static io.github.streamingserver.mp4.Boxes.join;
import static io.github.streamingserver.mp4.Boxes.number;
import static io.github.streamingserver.mp4.Boxes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.model.MediaTimes;
import io.github.streamingserver.model.MediaTimes.Span;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FragmentTimesTest {
  private static final int PICTURE = 1;
  private static final int SOUND = 2;

  private static byte[] track(int id, String handler, int timescale) {
    return box(
        "trak",
        box("tkhd", number(0), number(0), number(0), number(id), new byte[60]),
        box(
            "mdia",
            box("mdhd", number(0), number(0), number(0), number(timescale), number(0), number(0)),
            box("hdlr", number(0), number(0), text(handler), new byte[12])));
  }

  private static byte[] trex(int id, int duration) {
    return box("trex", number(0), number(id), number(1), number(duration), number(0), number(0));
  }

  private static byte[] init() {
    return join(
        Boxes.ftyp(),
        box(
            "moov",
            Boxes.mvhd(),
            track(PICTURE, "vide", 12_800),
            track(SOUND, "soun", 48_000),
            box("mvex", trex(PICTURE, 512), trex(SOUND, 1024))));
  }

  private static byte[] fragment(byte[]... tracks) {
    return join(
        box("moof", box("mfhd", number(0), number(1)), join(tracks)), box("mdat", new byte[99]));
  }

  private static byte[] traf(byte[]... boxes) {
    return box("traf", boxes);
  }

  private static byte[] tfhd(int id) {
    return box("tfhd", number(0x020000), number(id));
  }

  private static byte[] tfdt(int time) {
    return box("tfdt", number(0), number(time));
  }

  /** A run of samples that all last as long as is usual. */
  private static byte[] trun(int samples) {
    return box("trun", number(0x1), number(samples), number(8));
  }

  private static byte[] initWithDefaultsFirst() {
    return join(
        Boxes.ftyp(),
        box(
            "moov",
            Boxes.mvhd(),
            box("mvex", trex(PICTURE, 512), trex(SOUND, 1024)),
            track(PICTURE, "vide", 12_800),
            track(SOUND, "soun", 48_000)));
  }

  @Test
  void defaultsMayComeBeforeTheirTracks() {
    byte[] usual = fragment(traf(tfhd(PICTURE), tfdt(12_800), trun(25)));
    assertThat(times(join(initWithDefaultsFirst(), usual), 1000))
        .isEqualTo(times(join(init(), usual), 1000));
  }

  @Test
  void nothingIsToldOfSamplesWithoutDurations() {
    byte[] init = join(Boxes.ftyp(), box("moov", Boxes.mvhd(), track(PICTURE, "vide", 12_800)));
    byte[] usual = fragment(traf(tfhd(PICTURE), tfdt(12_800), trun(25)));
    assertThat(times(join(init, usual), 1000)).isEqualTo(MediaTimes.UNKNOWN);
  }

  private static MediaTimes times(byte[] media, int chunk) {
    FragmentTimes times = new FragmentTimes();
    for (int at = 0; at < media.length; at += chunk) {
      times.push(ByteBuffer.wrap(media, at, Math.min(chunk, media.length - at)));
    }
    return times.take();
  }

  private static Optional<Span> span(long first, long last, long end) {
    return Optional.of(new Span(first, last, end));
  }

  static Stream<Arguments> pictures() {
    byte[] usual = traf(tfhd(PICTURE), tfdt(12_800), trun(25));
    byte[] base =
        box(
            "tfhd",
            number(0x02003b),
            number(PICTURE),
            number(0),
            number(9),
            number(1),
            number(256),
            number(7),
            number(5));
    byte[] own =
        box(
            "trun",
            number(0x301),
            number(3),
            number(8),
            number(512),
            number(50),
            number(1024),
            number(60),
            number(256),
            number(70));
    byte[] longTime = box("tfdt", number(0x0100_0000), number(1), number(0));
    byte[] cut = box("trun", number(0x101), number(3), number(8), number(512));
    return Stream.of(
        Arguments.of("as the movie says", fragment(usual), span(90_000, 176_400, 180_000)),
        Arguments.of(
            "as the fragment says",
            fragment(traf(base, tfdt(0), trun(10))),
            span(0, 16_200, 18_000)),
        Arguments.of(
            "as each sample says",
            fragment(traf(tfhd(PICTURE), tfdt(0), own)),
            span(0, 10_800, 12_600)),
        Arguments.of(
            "two runs",
            fragment(traf(tfhd(PICTURE), tfdt(0), trun(5), own)),
            span(0, 28_800, 30_600)),
        Arguments.of(
            "two fragments",
            join(fragment(usual), fragment(traf(tfhd(PICTURE), tfdt(25_600), trun(1)))),
            span(90_000, 180_000, 183_600)),
        Arguments.of(
            "a time of 64 bits",
            fragment(traf(tfhd(PICTURE), longTime, trun(1))),
            span(30_198_988_800L, 30_198_988_800L, 30_198_992_400L)),
        Arguments.of("no time", fragment(traf(tfhd(PICTURE), trun(25))), Optional.empty()),
        Arguments.of(
            "no sample", fragment(traf(tfhd(PICTURE), tfdt(0), trun(0))), Optional.empty()),
        Arguments.of(
            "an unknown track", fragment(traf(tfhd(9), tfdt(0), trun(5))), Optional.empty()),
        Arguments.of(
            "another track after the time",
            fragment(traf(tfhd(PICTURE), tfdt(0), tfhd(9), trun(5))),
            Optional.empty()),
        Arguments.of(
            "a timescale taken back",
            fragment(traf(tfhd(PICTURE), tfdt(0), box("mdhd", new byte[24]), trun(5))),
            Optional.empty()),
        Arguments.of(
            "a run that is cut off",
            fragment(traf(tfhd(PICTURE), tfdt(0), cut)),
            Optional.empty()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pictures")
  void picture(String name, byte[] fragments, Optional<Span> expected) {
    byte[] media = join(init(), fragments);
    for (int chunk : new int[] {1, 7, media.length}) {
      assertThat(times(media, chunk)).isEqualTo(new MediaTimes(expected, Optional.empty()));
    }
  }

  @Test
  void eachStreamHasItsOwn() {
    byte[] both =
        fragment(traf(tfhd(PICTURE), tfdt(0), trun(25)), traf(tfhd(SOUND), tfdt(1024), trun(46)));
    assertThat(times(join(init(), both), 1000))
        .isEqualTo(new MediaTimes(span(0, 86_400, 90_000), span(1920, 88_320, 90_240)));
  }

  @Test
  void whatWasTakenIsNotToldAgain() {
    FragmentTimes times = new FragmentTimes();
    times.push(ByteBuffer.wrap(join(init(), fragment(traf(tfhd(PICTURE), tfdt(0), trun(1))))));
    assertThat(times.take().picture()).isPresent();
    assertThat(times.take()).isEqualTo(MediaTimes.UNKNOWN);
    times.push(ByteBuffer.wrap(fragment(traf(tfhd(PICTURE), tfdt(512), trun(1)))));
    assertThat(times.take().picture()).isEqualTo(span(3600, 3600, 7200));
  }

  @ParameterizedTest
  @ValueSource(ints = {4097, 1_000_000, -1})
  void aRunThatIsTooLongIsNotHeld(int samples) {
    byte[] run = box("trun", number(0xf01), number(samples), number(8), new byte[80_000]);
    byte[] media = join(init(), fragment(traf(tfhd(PICTURE), tfdt(0), run)));
    assertThat(times(media, 5000)).isEqualTo(MediaTimes.UNKNOWN);
  }

  @Test
  void aBoxThatDoesNotFitIsRefused() {
    byte[] broken = join(init(), number(40), text("moof"), number(400), text("traf"));
    assertThatThrownBy(() -> times(broken, 100)).isInstanceOf(Mp4Exception.class);
  }
}
