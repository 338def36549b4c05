package io.github.streamingserver.mpegts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.model.DrmScheme;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SegmentReaderTest {
  @Test
  void tellsWhatASegmentHolds() {
    SegmentFacts facts = Segments.facts(Segments.of(900_000, 50), 1000);
    assertThat(facts.videoCodec()).hasValue(StreamCodec.H264);
    assertThat(facts.audioCodecs()).containsExactly(StreamCodec.AAC_ADTS);
    assertThat(facts.pictureSize()).hasValue(new PictureSize(1920, 1080));
    assertThat(facts.firstPcr()).hasValue(891_000);
    assertThat(facts.counts()).isEqualTo(new PacketCounts(252, 0, 0));
    assertThat(facts.drm()).isEmpty();
    assertThat(facts.times())
        .containsExactly(
            new StreamTimes(256, 900_000, 907_200, 900_000 + 51 * Segments.FRAME, true),
            new StreamTimes(257, 900_000, 900_000, 900_000 + 49 * Segments.FRAME, true));
  }

  @Test
  void chunkingDoesNotMatter() {
    byte[] segment = Segments.of((1L << 33) - 40_000, 40);
    SegmentFacts whole = Segments.facts(segment, segment.length);
    Random random = new Random(1);
    for (int round = 0; round < 100; round++) {
      int chunk = 1 + random.nextInt(3000);
      SegmentReader reader = SegmentReader.first();
      assertThat(Segments.read(reader, segment, chunk)).isEqualTo(segment);
      assertThat(reader.facts()).usingRecursiveComparison().isEqualTo(whole);
    }
  }

  @Test
  void holdsTheHeadBackUntilItIsKnown() {
    byte[] segment = Segments.of(0, 3);
    SegmentReader reader = SegmentReader.first();
    int known = TsPacket.SIZE * 11;
    assertThat(reader.push(ByteBuffer.wrap(segment, 0, known - 1))).isEmpty();
    assertThat(Segments.all(reader.push(ByteBuffer.wrap(segment, known - 1, 1)))).hasSize(known);
  }

  @Test
  void holdsNoMoreThanTheLimit() {
    SegmentReader reader = SegmentReader.first();
    byte[] packets = new byte[TsPacket.SIZE * 200];
    for (int at = 0; at < packets.length; at += TsPacket.SIZE) {
      packets[at] = TsPacket.SYNC_BYTE;
    }
    int pushed = 0;
    while (reader.push(ByteBuffer.wrap(packets)).isEmpty()) {
      pushed += packets.length;
      assertThat(pushed).isLessThanOrEqualTo(SegmentReader.MAX_HEAD);
    }
    assertThat(pushed).isGreaterThan(SegmentReader.MAX_HEAD - packets.length);
  }

  @Test
  void aSegmentWithoutTablesIsReadByTheOneBefore() {
    SegmentFacts before = Segments.facts(Segments.of(0, 3), 1000);
    byte[] bare = new Segments().play(10_800, 3).bytes();
    assertThat(Segments.facts(bare, 1000).times()).isEmpty();
    SegmentReader reader = SegmentReader.after(before);
    Segments.read(reader, bare, 1000);
    assertThat(reader.facts().times()).hasSize(2);
    assertThat(reader.facts().pictureSize()).isPresent();
  }

  @Test
  void scramblingIsProtection() {
    byte[] segment = Segments.of(0, 20);
    segment[2 * TsPacket.SIZE + 3] |= (byte) 0x80;
    assertThat(Segments.facts(segment, 500).drm()).isEmpty();
    for (int at = 2 * TsPacket.SIZE; at < segment.length; at += TsPacket.SIZE) {
      segment[at + 3] |= (byte) 0x80;
    }
    assertThat(Segments.facts(segment, 500).drm()).hasValue(DrmScheme.SCRAMBLED_TRANSPORT_STREAM);
  }

  @Test
  void sampleAesIsProtection() {
    byte[] map = Packets.pmt(256, Packets.stream(0xdb, 256, ""));
    byte[] segment =
        Packets.join(
            Packets.sectionPacket(0, 0, Packets.pat(1, 0x1000)),
            Packets.sectionPacket(0x1000, 0, map));
    assertThat(Segments.facts(segment, 500).drm()).hasValue(DrmScheme.SAMPLE_AES);
  }

  @Test
  void aLoneTimestampFarOffIsNotTheFirst() {
    byte[] segment =
        new Segments().tables().audio(5_000_000_000L).play(90_000, 3).video(9_000, 9_000).bytes();
    assertThat(Segments.facts(segment, 500).times())
        .extracting(StreamTimes::firstDts)
        .containsExactly(90_000L, 90_000L);
  }

  @Test
  void anotherSizeOrCodecMayNotFollow() {
    SegmentFacts facts = Segments.facts(Segments.of(0, 3), 500);
    byte[] mpeg2 = Segments.of(0, 3);
    byte[] map =
        Packets.pmt(
            256, Packets.stream(0x02, 256, ""), Packets.stream(0x0f, Packets.AUDIO_PID, ""));
    System.arraycopy(
        Packets.sectionPacket(Packets.PMT_PID, 0, map), 0, mpeg2, TsPacket.SIZE, TsPacket.SIZE);
    assertThat(facts.obstacle(facts)).isEmpty();
    assertThat(Segments.facts(mpeg2, 500).obstacle(facts)).isPresent();
  }

  @Test
  void nothingIsNoTransportStream() {
    assertThatThrownBy(() -> Segments.facts(new byte[0], 10))
        .isInstanceOf(TransportStreamException.class)
        .hasMessageContaining("empty");
  }

  @Test
  void brokenSegmentsAreReadOrRefused() {
    Random random = new Random(2);
    byte[] segment = Segments.of(0, 12);
    int refused = 0;
    for (int round = 0; round < 500; round++) {
      byte[] mutant = segment.clone();
      for (int i = random.nextInt(60); i >= 0; i--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
      }
      try {
        SegmentReader reader = SegmentReader.first();
        byte[] packets = Segments.read(reader, mutant, 700);
        TransportStreamRewriter rewriter = new TransportStreamRewriter();
        rewriter.beginSegment(reader.facts(), Boundary.CONTINUES);
        rewriter.rewrite(ByteBuffer.wrap(packets.clone()));
        rewriter.beginSegment(reader.facts(), Boundary.DISCONTINUITY);
        rewriter.rewrite(ByteBuffer.wrap(packets));
        assertThat(rewriter.duration()).isBetween(Duration.ZERO, Duration.ofMinutes(10));
      } catch (TransportStreamException expected) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1, 499);
  }
}
