package io.github.streamingserver.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.EditedMedia;
import io.github.streamingserver.testkit.EditedMedia.Aes;
import io.github.streamingserver.testkit.Journey;
import io.github.streamingserver.testkit.ListedSegment;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Media.Part;
import io.github.streamingserver.testkit.Origin.Fault;
import io.github.streamingserver.testkit.Recording;
import io.github.streamingserver.testkit.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** AES-128 (RFC 8216 §4.3.2.4): what is recorded is the plain stream, byte for byte. */
class HlsAesCasesTest {
  @RegisterExtension private final Journey journey = new Journey(Settings.FAST);

  /** Makes the stream and returns where the origin has it. */
  private static String stream(Aes aes) {
    return Media.root().relativize(EditedMedia.encrypted(aes)) + "/";
  }

  private static void assertPlain(Recording recording) {
    recording.assertComplete().assertRecorder("hls_basic").assertSections(1);
    assertThat(recording.section(0)).hasSameBinaryContentAs(Media.joined(Media.hls()));
  }

  @ParameterizedTest
  @EnumSource
  void isDecrypted(Aes aes) throws Exception {
    assertPlain(journey.record(stream(aes) + "index.m3u8"));
  }

  @ParameterizedTest
  @CsvSource({"EXPLICIT_IV, 1", "SEQUENCE_IV, 1", "ROTATING, 4"})
  void eachKeyIsFetchedOnce(Aes aes, int keys) throws Exception {
    journey.record(stream(aes) + "index.m3u8").assertComplete();
    assertThat(journey.origin().requests())
        .extracting(Request::path)
        .filteredOn(path -> path.endsWith(".bin"))
        .doesNotHaveDuplicates()
        .hasSize(keys);
  }

  @Test
  void aKeyThatFailsIsAskedForAgain() throws Exception {
    String stream = stream(Aes.ROTATING);
    Fault broken = new Fault.Status(500, Map.of());
    journey.origin().fail(stream + "key0.bin", broken, new Fault.CutAfter(7));
    journey.origin().fail(stream + "key6.bin", new Fault.Page(), new Fault.StallAfter(8));
    assertPlain(journey.record(stream + "index.m3u8"));
  }

  /** The key of the segments 3 and 4; 5 is plain. */
  @Test
  void whatHasNoKeyIsLostAndNothingElse() throws Exception {
    String stream = stream(Aes.ROTATING);
    journey.origin().route(stream + "key3.bin", _ -> Answer.status(404));
    journey
        .record(stream + "index.m3u8")
        .assertEnded("complete", 2)
        .assertHolds(
            Media.joined(List.of(new Part(Media.hls(), 0, 3), new Part(Media.hls(), 5, 10))));
  }

  @Test
  void wrongPaddingIsALostSegment() throws Exception {
    String stream = stream(Aes.SEQUENCE_IV);
    byte[] segment = Files.readAllBytes(EditedMedia.encrypted(Aes.SEQUENCE_IV).resolve("s4.ts"));
    // In CBC it flips the same bit of the last plain byte: a padding of more than a block.
    segment[segment.length - 17] ^= (byte) 0x80;
    journey.origin().serve(stream + "s4.ts", segment);
    journey
        .record(stream + "index.m3u8")
        .assertEnded("complete", 1)
        .assertHolds(
            Media.joined(List.of(new Part(Media.hls(), 0, 4), new Part(Media.hls(), 5, 10))));
  }

  @Test
  void aSegmentThatIsNoWholeBlocksIsLost() throws Exception {
    String stream = stream(Aes.EXPLICIT_IV);
    byte[] segment = Files.readAllBytes(EditedMedia.encrypted(Aes.EXPLICIT_IV).resolve("s9.ts"));
    journey.origin().serve(stream + "s9.ts", Arrays.copyOf(segment, 20_001));
    journey
        .record(stream + "index.m3u8")
        .assertEnded("complete", 1)
        .assertHolds(new Part(Media.hls(), 0, 9).joined());
  }

  @Test
  void aSegmentThatBreaksOffIsDecryptedFromItsBeginning() throws Exception {
    String stream = stream(Aes.EXPLICIT_IV);
    journey.origin().fail(stream + "s1.ts", new Fault.CutAfter(1000), new Fault.ResetAfter(3200));
    journey.origin().fail(stream + "s3.ts", new Fault.StallAfter(16_001));
    assertPlain(journey.record(stream + "index.m3u8"));
  }

  @Test
  void aKeyFormatThatSaysIdentityIsNoProtection() throws Exception {
    String stream = stream(Aes.EXPLICIT_IV);
    Path encrypted = EditedMedia.encrypted(Aes.EXPLICIT_IV);
    List<ListedSegment> segments = ListedSegment.in(encrypted);
    String playlist =
        ListedSegment.vod(1000, segments)
            .replace("METHOD=AES-128", "METHOD=AES-128,KEYFORMAT=\"identity\"");
    assertThat(playlist).contains("identity");
    assertPlain(journey.recordPlaylist(stream + "identity.m3u8", playlist));
  }
}
