package io.github.streamingserver.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.model.DrmScheme;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Mp4InspectorTest {
  private static final String WIDEVINE = "edef8ba9-79d6-4ace-a3c8-27dcd51d21ed";
  private static final String PLAYREADY = "9a04f079-9840-4286-ab92-e65be0885f95";

  @ParameterizedTest
  @CsvSource({
    "plain.mp4, isom, false, 1.0",
    "frag.mp4, iso5, true, 0",
    "cenc.mp4, isom, false, 1.0",
    "sound.mov, 'qt  ', false, 1.0",
  })
  void tellsWhatAFileHolds(String name, String brand, boolean fragmented, double seconds) {
    byte[] file = Boxes.resource(name);
    Mp4Facts facts = facts(file);
    boolean encrypted = name.startsWith("cenc");
    assertThat(facts.brand()).isEqualTo(brand);
    assertThat(facts.movie()).isTrue();
    assertThat(facts.fragmented()).isEqualTo(fragmented);
    assertThat(facts.duration().toMillis() / 1000.0).isBetween(seconds, seconds * 1.1);
    assertThat(facts.tracks())
        .containsExactly(
            new Mp4Track("vide", "avc1", 10_240, 160, 90, encrypted),
            new Mp4Track("soun", "mp4a", 16_000, 0, 0, encrypted));
    assertThat(facts.drm().isPresent()).isEqualTo(encrypted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.mp4", "frag.mp4", "cenc.mp4", "sound.mov"})
  void chunkingDoesNotMatter(String name) {
    byte[] file = Boxes.resource(name);
    Mp4Facts whole = facts(file);
    Random random = new Random(4);
    for (int round = 0; round < 30; round++) {
      Mp4Inspector inspector = Boxes.inspect(file, 1 + random.nextInt(round < 10 ? 20 : 2000));
      assertThat(inspector.facts()).isEqualTo(whole);
      assertThat(inspector.isAtEnd()).isTrue();
    }
  }

  @Test
  void aFileThatIsCutOffIsNotAtItsEnd() {
    byte[] file = Boxes.join(Boxes.ftyp(), Boxes.movie("vide", Boxes.visual("avc1", 640, 360)));
    assertThat(Boxes.inspect(file, 7).isAtEnd()).isTrue();
    for (int length = Boxes.ftyp().length + 1; length < file.length; length++) {
      Mp4Inspector inspector = Boxes.inspect(Arrays.copyOf(file, length), 50);
      assertThat(inspector.isAtEnd()).as("after %d bytes", length).isFalse();
      assertThat(inspector.facts().movie()).isFalse();
    }
  }

  @Test
  void sizesOfAllKindsAreRead() {
    byte[] file =
        Boxes.join(
            Boxes.largeBox("free", new byte[1000]),
            Boxes.uuidBox("00112233445566778899aabbccddeeff", new byte[9]),
            Boxes.largeBox("moov", Boxes.mvhd()),
            Boxes.openBox("mdat", new byte[5000]));
    for (int chunk : new int[] {1, 9, 10_000}) {
      Mp4Inspector inspector = Boxes.inspect(file, chunk);
      assertThat(inspector.facts().duration()).isEqualTo(Duration.ofMillis(2500));
      assertThat(inspector.facts().movie()).isTrue();
      assertThat(inspector.isAtEnd()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 7})
  void aFewBytesAtTheEndOfABoxArePadding(int padding) {
    byte[] movie = Boxes.box("moov", Boxes.mvhd(), new byte[padding]);
    byte[] file = Boxes.join(Boxes.ftyp(), movie, Boxes.box("moof"));
    for (int chunk : new int[] {1, 10_000}) {
      Mp4Inspector inspector = Boxes.inspect(file, chunk);
      assertThat(inspector.facts().fragmented()).isTrue();
      assertThat(inspector.isAtEnd()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2"})
  void soundIsProtectedInEveryLayout(int version) {
    byte[] entry = Boxes.sound("enca", version, Boxes.sinf("mp4a", "cenc"));
    Mp4Facts facts = facts(Boxes.join(Boxes.ftyp(), Boxes.movie("soun", entry)));
    assertThat(facts.tracks()).containsExactly(new Mp4Track("soun", "mp4a", 48_000, 0, 0, true));
    assertThat(facts.drm()).hasValue(DrmScheme.COMMON_ENCRYPTION);
  }

  @Test
  void protectionIsFoundInEachBoxThatShowsIt() {
    byte[] clear = Boxes.visual("avc1", 640, 360);
    assertThat(drm(Boxes.movie("vide", clear))).isEmpty();
    assertThat(drm(Boxes.movie("vide", Boxes.visual("encv", 640, 360))))
        .isEqualTo("Common Encryption");
    assertThat(drm(Boxes.movie("vide", Boxes.visual("avc1", 640, 360, Boxes.sinf("avc1", "cbcs")))))
        .isEqualTo("Common Encryption");
    assertThat(drm(Boxes.movie("soun", Boxes.sound("drms", 0, Boxes.sinf("mp4a", "itun")))))
        .isEqualTo("FairPlay");
    assertThat(drm(Boxes.box("moov", Boxes.mvhd(), Boxes.pssh(PLAYREADY)))).isEqualTo("PlayReady");
    assertThat(drm(Boxes.box("moof", Boxes.pssh(WIDEVINE)))).isEqualTo("Widevine");
    assertThat(drm(Boxes.box("moov", Boxes.pssh(PLAYREADY), Boxes.pssh(WIDEVINE))))
        .isEqualTo("Widevine");
    assertThat(drm(Boxes.box("moov", Boxes.pssh("00".repeat(16))))).isEqualTo("unknown system");
    assertThat(drm(Boxes.box("moov", Boxes.box("pssh")))).isEqualTo("unknown system");
  }

  @Test
  void wordsInMediaDataAreNoProtection() {
    byte[] trap = Boxes.join(Boxes.pssh(WIDEVINE), Boxes.sinf("avc1", "cenc"));
    byte[] file = Boxes.join(Boxes.ftyp(), Boxes.box("mdat", trap), Boxes.box("free", trap));
    assertThat(facts(file).drm()).isEmpty();
  }

  @Test
  void theFirstBytesTellAnMp4() {
    for (String name : new String[] {"plain.mp4", "frag.mp4", "sound.mov"}) {
      assertThat(Mp4.isMp4(Arrays.copyOf(Boxes.resource(name), 8))).isTrue();
    }
    assertThat(Mp4.isMp4(Boxes.openBox("mdat", new byte[1]))).isTrue();
    assertThat(Mp4.isMp4("<html><body>".getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(Mp4.isMp4(Boxes.join(Boxes.number(7), Boxes.text("ftyp")))).isFalse();
    assertThat(Mp4.isMp4(Arrays.copyOf(Boxes.ftyp(), 7))).isFalse();
  }

  @Test
  void whatIsNoMp4IsRefused() {
    assertRefused("<html><body>not found</body></html>".getBytes(StandardCharsets.UTF_8), "no MP4");
    assertRefused(Boxes.join(Boxes.ftyp(), new byte[] {0, 0, 0, 9, 1, 2, 3, 4, 5}), "no box");
    assertRefused(Boxes.join(Boxes.number(5), Boxes.text("free")), "5 bytes");
    byte[] tooLarge = Boxes.join(Boxes.number(900), Boxes.text("trak"));
    assertRefused(Boxes.box("moov", tooLarge), "'trak' at byte 8 is larger");
    byte[] overflow =
        Boxes.join(Boxes.number(1), Boxes.text("mdat"), Boxes.number(-1 >>> 1), Boxes.number(-1));
    assertRefused(Boxes.join(Boxes.ftyp(), overflow), "larger than what holds it");
    byte[] headOfUuid = Boxes.join(Boxes.number(0), Boxes.text("uuid"));
    byte[] restOfHead = new byte[16];
    assertRefused(
        Boxes.join(Boxes.box("moov", headOfUuid), restOfHead), "'uuid' at byte 8 is larger");
    byte[] deep = new byte[0];
    for (int depth = 0; depth < 20; depth++) {
      deep = Boxes.box("moov", deep);
    }
    assertRefused(deep, "nested deeper");
    assertRefused(Boxes.box("moov", manyTracks()), "tracks");
  }

  @Test
  void brokenFilesAreReadOrRefused() {
    Random random = new Random(8);
    byte[] file = Boxes.resource("frag.mp4");
    byte[] cenc = Boxes.resource("cenc.mp4");
    int refused = 0;
    for (int round = 0; round < 4000; round++) {
      byte[] mutant = (round % 2 == 0 ? file : cenc).clone();
      for (int i = random.nextInt(10); i >= 0; i--) {
        mutant[random.nextInt(Math.min(2000, mutant.length))] = (byte) random.nextInt();
      }
      try {
        assertThat(Boxes.inspect(mutant, 1 + random.nextInt(3000)).facts().tracks())
            .hasSizeLessThan(5);
      } catch (Mp4Exception expected) {
        refused++;
      }
    }
    assertThat(refused).isBetween(100, 3900);
  }

  private static byte[] manyTracks() {
    byte[] tracks = new byte[300 * 8];
    for (int i = 0; i < 300; i++) {
      System.arraycopy(Boxes.box("trak"), 0, tracks, 8 * i, 8);
    }
    return tracks;
  }

  private static void assertRefused(byte[] file, String message) {
    for (int chunk : new int[] {1, 100_000}) {
      assertThatThrownBy(() -> Boxes.inspect(file, chunk))
          .isInstanceOf(Mp4Exception.class)
          .hasMessageContaining(message);
    }
  }

  private static Mp4Facts facts(byte[] file) {
    return Boxes.inspect(file, file.length).facts();
  }

  private static String drm(byte[] boxes) {
    return facts(Boxes.join(Boxes.ftyp(), boxes)).drm().map(DrmScheme::label).orElse("");
  }
}
