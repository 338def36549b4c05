package io.github.streamingserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.streamingserver.testkit.EditedMedia.Aes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The media are what they are said to be: ffmpeg's own HLS client finds each source's frames. */
class MediaTest {
  static Stream<Arguments> streams() {
    Path hls = Media.hls();
    Path fmp4 = Media.fmp4();
    return Stream.of(
        Arguments.of(hls, Media.joined(hls)),
        Arguments.of(
            Media.variants().resolve("low"), Media.joined(Media.variants().resolve("low"))),
        Arguments.of(Media.wrappingTimestamps(), Media.joined(Media.wrappingTimestamps())),
        Arguments.of(fmp4, Media.joined(fmp4)),
        Arguments.of(Media.byteRanges(), Media.byteRanges().resolve("all.ts")),
        Arguments.of(Media.fmp4ByteRanges(), Media.fmp4ByteRanges().resolve("all.mp4")),
        Arguments.of(EditedMedia.continuedByteRanges(), Media.byteRanges().resolve("all.ts")),
        Arguments.of(
            EditedMedia.continuedFmp4ByteRanges(), Media.fmp4ByteRanges().resolve("all.mp4")),
        Arguments.of(EditedMedia.encrypted(Aes.EXPLICIT_IV), Media.joined(hls)),
        Arguments.of(EditedMedia.encrypted(Aes.SEQUENCE_IV), Media.joined(hls)),
        Arguments.of(EditedMedia.encrypted(Aes.ROTATING), Media.joined(hls)),
        Arguments.of(EditedMedia.severalMaps(), Media.joined(fmp4)),
        Arguments.of(EditedMedia.leadingJunk(), Media.joined(hls)));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void holdsItsSource(Path stream, Path source) {
    List<String> picture = Frames.video(source);
    List<String> sound = Frames.audio(source);
    assertThat(picture).hasSize(Media.FRAMES).doesNotHaveDuplicates();
    assertThat(sound).hasSizeGreaterThan(Media.SECONDS * 48_000 / 1024 - 1);
    assertThat(ListedSegment.in(stream)).hasSize(Media.SECONDS);
    Frames.assertSame(
        "playlist",
        stream,
        Frames.ofPlaylist(stream.resolve("index.m3u8")),
        Stream.concat(picture.stream(), sound.stream()).toList());
  }

  /** Byte for byte: a wrong vector spoils 16 bytes only, which decoders get over. */
  @ParameterizedTest
  @EnumSource
  void encryptsAsItsPlaylistSays(Aes aes) throws Exception {
    Path stream = EditedMedia.encrypted(aes);
    String playlist = Files.readString(stream.resolve("index.m3u8"));
    assertThat(playlist).contains("#EXT-X-MEDIA-SEQUENCE:1000\n");
    assertThat(playlist.split("METHOD=AES-128", -1)).hasSize(aes == Aes.ROTATING ? 5 : 2);
    assertThat(playlist.contains("IV=")).isEqualTo(aes != Aes.SEQUENCE_IV);
    String key = "";
    int sequence = 1000;
    for (ListedSegment segment : ListedSegment.in(stream)) {
      key = segment.tags().isEmpty() ? key : segment.tags().getFirst();
      assertThat(plain(stream, segment.uri(), key, sequence++))
          .isEqualTo(Files.readAllBytes(Media.hls().resolve(segment.uri())));
    }
  }

  private static byte[] plain(Path stream, String segment, String key, int sequence)
      throws Exception {
    byte[] bytes = Files.readAllBytes(stream.resolve(segment));
    if (key.endsWith("METHOD=NONE")) {
      return bytes;
    }
    String file = key.substring(key.indexOf('"') + 1, key.lastIndexOf('"'));
    String iv =
        key.contains("IV=0x")
            ? key.substring(key.indexOf("IV=0x") + 5)
            : String.format("%032x", sequence);
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(Files.readAllBytes(stream.resolve(file)), "AES"),
        new IvParameterSpec(HexFormat.of().parseHex(iv)));
    return cipher.doFinal(bytes);
  }

  static Stream<Path> separate() {
    return Stream.of(Media.separateAudio(), Media.separateAudioFmp4());
  }

  @ParameterizedTest
  @MethodSource("separate")
  void keepsPictureAndSoundApart(Path stream) {
    Path picture = Media.joined(stream.resolve("video"));
    Path sound = Media.joined(stream.resolve("audio"));
    assertThat(Facts.of(picture).codecs()).containsExactly("h264");
    assertThat(Facts.of(sound).codecs()).containsExactly("aac");
    assertThat(Frames.video(picture)).isEqualTo(Frames.video(Media.mp4()));
    Frames.assertSame(
        "playlist",
        stream,
        Frames.ofPlaylist(stream.resolve("master.m3u8")),
        Stream.concat(Frames.video(picture).stream(), Frames.audio(sound).stream()).toList());
  }

  static Stream<Path> fragments() {
    return Stream.of(
        Media.joined(Media.fmp4()),
        Media.fmp4ByteRanges().resolve("all.mp4"),
        Media.joined(Media.separateAudioFmp4().resolve("audio")));
  }

  /** So that a transport stream, which knows no edit list, can be compared with it. */
  @ParameterizedTest
  @MethodSource("fragments")
  void noEditListLeavesSoundOut(Path mp4, @TempDir Path folder) {
    Path muxed = folder.resolve("muxed.ts");
    Ffmpeg.ffmpeg(folder, "-i", mp4.toString(), "-map", "0", "-c", "copy", muxed.toString());
    Frames.assertSame("sound", muxed, Frames.audio(muxed), Frames.audio(mp4));
  }

  @Test
  void movesAnMp4sIndexBehindItsMedia() throws Exception {
    assertThat(index(Media.mp4())).isLessThan(1000);
    assertThat(index(Media.mp4IndexLast())).isGreaterThan(100_000);
    Frames.assertSame(Media.mp4IndexLast(), Media.mp4());
  }

  private static int index(Path mp4) throws Exception {
    return new String(Files.readAllBytes(mp4), StandardCharsets.ISO_8859_1).indexOf("moov");
  }

  @Test
  void changesSizeAndBeginsTimestampsAnew() throws Exception {
    List<ListedSegment> listed = ListedSegment.in(Media.changingSize());
    assertThat(listed).hasSize(13);
    int at = 0;
    for (Media.Part part : Media.sizes()) {
      assertThat(listed.get(at).tags())
          .isEqualTo(at == 0 ? List.of() : List.of(ListedSegment.DISCONTINUITY));
      assertThat(Media.changingSize().resolve(listed.get(at).uri()).toRealPath())
          .isEqualTo(part.hls().resolve("s" + part.from() + ".ts").toRealPath());
      assertThat(Frames.video(part.joined())).hasSize(25 * (part.to() - part.from()));
      at += part.to() - part.from();
    }
    assertThat(Facts.of(Media.sizes().get(0).joined()).width()).isEqualTo(320);
    assertThat(Facts.of(Media.sizes().get(1).joined()).height()).isEqualTo(90);
  }

  @ParameterizedTest
  @CsvSource({"s0.ts, 95000, 95440", "s5.ts, 95440, 95444", "s6.ts, 0, 1", "s9.ts, 3, 4"})
  void wrapsTimestamps(String segment, double from, double to) {
    String times =
        Ffmpeg.ffprobe(
            "-correct_ts_overflow",
            "0",
            "-select_streams",
            "v:0",
            "-show_entries",
            "packet=dts_time",
            "-of",
            "csv=p=0",
            Media.wrappingTimestamps().resolve(segment).toString());
    double first = Double.parseDouble(times.substring(0, times.indexOf('\n')).replace(",", ""));
    assertThat(first).isBetween(from, to);
  }

  @Test
  void namesTheFirstFrameThatDiffers() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () -> Frames.assertSame(Media.mp4(), Media.joined(Media.variants().resolve("low"))))
        .withMessageContaining("picture")
        .withMessageContaining("the first 0 are equal");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () -> Frames.assertSame("x", Path.of("f"), List.of("a", "b"), List.of("a", "b", "c")))
        .withMessageContaining("2 frames, expected 3, the first 2 are equal");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> Facts.assertTimesRise(Media.mp4(), "v:0", 0.03))
        .withMessageContaining("packet 0");
    Facts.assertTimesRise(Media.mp4(), "v:0", 0.041);
  }
}
