package io.github.streamingserver.mpegts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PictureSizeFinderTest {
  private static final byte[] NEXT_UNIT = Packets.bytes(0, 0, 1, 9, 0x10);

  @ParameterizedTest
  @CsvSource({
    // Encoders' own parameter sets.
    "H264, 67640028acd940780227e5c04400000300040000030 0c83c60c658, 1920x1080",
    "HEVC, 420101016000000300900000030000030078a003c08010e596566924caf01010000003001000000301e080,"
        + " 1920x1080",
    "HEVC, 42010101600000030090000003000003005da00280802d165959a4932bc05a020000030002000003003c10,"
        + " 1280x720",
    "MPEG2_VIDEO, b32d024033ffffe018, 720x576",
    "MPEG1_VIDEO, b3160120, 352x288",
  })
  void readsTheSizeThatEncodersWrite(StreamCodec codec, String hex, String size) {
    assertThat(
            find(codec, unit(HexFormat.of().parseHex(hex.replace(" ", "")))).map(Object::toString))
        .hasValue(size);
  }

  @Test
  void readsWhatHighProfilesAdd() {
    BitWriter sps = new BitWriter().bits(8, 0x67).bits(8, 100).bits(16, 40).ue(0);
    sps.ue(1, 0, 0).bits(1, 0).bits(1, 1);
    for (int list = 0; list < 8; list++) {
      sps.bits(1, list % 2);
      for (int i = 0; list % 2 == 1 && i < (list < 6 ? 16 : 64); i++) {
        sps.se(i % 3 - 1);
      }
    }
    sps.ue(4, 0, 4, 2).bits(1, 0).ue(119, 67).bits(1, 1).bits(1, 1).bits(1, 1).ue(0, 0, 0, 4);
    assertThat(find(StreamCodec.H264, unit(sps.unit()))).hasValue(new PictureSize(1920, 1080));
  }

  @Test
  void anInterlacedPictureHasTwiceTheMapUnits() {
    BitWriter sps = new BitWriter().bits(8, 0x67).bits(8, 77).bits(16, 30).ue(0);
    sps.ue(0, 1).bits(1, 0).se(-3).se(7).ue(2).se(1).se(-1).ue(2).bits(1, 0);
    sps.ue(44, 17).bits(1, 0).bits(2, 3).bits(1, 0);
    assertThat(find(StreamCodec.H264, unit(sps.unit()))).hasValue(new PictureSize(720, 576));
  }

  @ParameterizedTest
  @CsvSource({"0, 1918x1079", "1, 1916x1078", "2, 1916x1079", "3, 1918x1079"})
  void croppingCountsInChromaSamples(int chroma, String size) {
    BitWriter sps = new BitWriter().bits(16, 0x4201).bits(4, 0).bits(3, 2).bits(1, 1);
    sps.bits(56, 0).bits(32, 0).bits(8, 93);
    sps.bits(2, 3).bits(2, 1).bits(12, 0).bits(56, 0).bits(32, 0).bits(8, 90).bits(8, 90);
    sps.ue(0, chroma).bits(chroma == 3 ? 1 : 0, 0).ue(1920, 1080).bits(1, 1).ue(1, 1, 0, 1);
    assertThat(find(StreamCodec.HEVC, unit(sps.unit())).map(Object::toString)).hasValue(size);
  }

  @ParameterizedTest
  @EnumSource(names = {"H264", "HEVC", "MPEG2_VIDEO", "MPEG1_VIDEO"})
  void anyBytesCanBeRead(StreamCodec codec) {
    Random random = new Random(5);
    for (int round = 0; round < 3000; round++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      int header = codec == StreamCodec.H264 ? 0x67 : codec == StreamCodec.HEVC ? 0x42 : 0xb3;
      find(codec, unit(Packets.join(Packets.bytes(header), noise)))
          .ifPresent(size -> assertThat(size.width()).isBetween(1, PictureSize.MAX));
    }
  }

  @Test
  void aBrokenSetIsPassedOver() {
    byte[] good = HexFormat.of().parseHex("67640028acd940780227e5c0440000030004000003");
    byte[] stream = Packets.join(unit(Packets.bytes(0x67, 0x64, 0)), unit(good));
    assertThat(find(StreamCodec.H264, stream)).hasValue(new PictureSize(1920, 1080));
  }

  @Test
  void looksOnlyAtTheStartOfEachPacket() {
    byte[] sps = HexFormat.of().parseHex("67640028acd940780227e5c0440000030004000003");
    byte[] late = Packets.join(new byte[PictureSizeFinder.LOOK], unit(sps));
    assertThat(find(StreamCodec.H264, late)).isEmpty();
    PictureSizeFinder finder = new PictureSizeFinder(StreamCodec.H264);
    finder.push(late, 0, late.length);
    finder.unitStart();
    finder.push(unit(sps), 0, unit(sps).length);
    finder.unitStart();
    assertThat(finder.found()).isPresent();
  }

  /** Finds it whole, and in pieces of every size. */
  private static Optional<PictureSize> find(StreamCodec codec, byte[] stream) {
    Optional<PictureSize> whole = find(codec, stream, stream.length);
    for (int piece = 1; piece < 40; piece++) {
      assertThat(find(codec, stream, piece)).isEqualTo(whole);
    }
    return whole;
  }

  private static Optional<PictureSize> find(StreamCodec codec, byte[] stream, int piece) {
    PictureSizeFinder finder = new PictureSizeFinder(codec);
    for (int at = 0; at < stream.length; at += Math.max(1, piece)) {
      finder.push(stream, at, Math.min(stream.length, at + piece));
    }
    finder.unitStart();
    return finder.found();
  }

  private static byte[] unit(byte[] bytes) {
    return Packets.join(NEXT_UNIT, Packets.bytes(0, 0, 0, 1), bytes, NEXT_UNIT);
  }
}
