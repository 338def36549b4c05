package io.github.streamingserver.mpegts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportStreamRewriterTest {
  private static final long HOUR = 3600 * Ticks.PER_SECOND;

  private final TransportStreamRewriter rewriter = new TransportStreamRewriter();

  @ParameterizedTest
  @ValueSource(longs = {0, 90_000, (1L << 33) - 50_000})
  void whatRunsOnStaysAsItIs(long start) {
    byte[] first = Segments.of(start, 25);
    byte[] second = Segments.of(start + 25 * Segments.FRAME, 25);
    byte[] file = Segments.write(rewriter, Boundary.CONTINUES, first, second);
    assertThat(Segments.decodeTimes(file, Packets.VIDEO_PID)).isEqualTo(steady(50));
    assertThat(file).startsWith(first);
    assertThat(rewriter.endSegment().shift()).isZero();
    assertThat(rewriter.endSegment().discontinuity()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 12_345, HOUR, 25 * HOUR, (1L << 33) - 20_000})
  void anotherTimelineRunsOn(long start) {
    byte[] file =
        Segments.write(
            rewriter,
            Boundary.CONTINUES,
            Segments.of(5 * HOUR, 25),
            Segments.of(start, 25),
            Segments.of(start + 25 * Segments.FRAME, 25));
    assertThat(Segments.decodeTimes(file, Packets.VIDEO_PID)).isEqualTo(steady(75));
    assertThat(Segments.decodeTimes(file, Packets.AUDIO_PID)).isEqualTo(steady(75));
    assertThat(pcrs(file)).isEqualTo(steady(75));
    assertThat(rewriter.duration()).isEqualTo(duration(77));
  }

  @Test
  void noStreamGoesBackWhereSoundBeginsBeforeThePicture() {
    byte[] early =
        new Segments().tables().video(9_000, 9_000).audio(3_000).play(12_600, 20).bytes();
    byte[] file = Segments.write(rewriter, Boundary.CONTINUES, Segments.of(HOUR, 25), early);
    for (int pid : new int[] {Packets.VIDEO_PID, Packets.AUDIO_PID}) {
      List<Long> times = Segments.decodeTimes(file, pid);
      assertThat(times).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void countersRunOn() {
    byte[] file =
        Segments.write(
            rewriter,
            Boundary.CONTINUES,
            Segments.of(0, 7),
            Segments.of(7 * 3600, 5),
            Segments.of(0, 9));
    Map<Integer, Integer> last = new HashMap<>();
    for (int at = 0; at < file.length; at += TsPacket.SIZE) {
      TsPacket packet = new TsPacket(file, at);
      Integer before = last.put(packet.pid(), packet.continuityCounter());
      if (before != null) {
        assertThat(packet.continuityCounter())
            .isEqualTo((before + (packet.hasPayload() ? 1 : 0)) & 0x0f);
      }
    }
  }

  @Test
  void aRepeatedPacketStaysOne() {
    byte[] one = Packets.packet(256, 9, false, new byte[184]);
    byte[] next = Packets.packet(256, 10, false, new byte[184]);
    ContinuityFixer fixer = new ContinuityFixer();
    byte[] file = Packets.join(one, one.clone(), next, one, one, next);
    for (int at = 0; at < file.length; at += TsPacket.SIZE) {
      if (at == 3 * TsPacket.SIZE) {
        fixer.beginSegment();
      }
      fixer.fix(new TsPacket(file, at));
    }
    assertThat(LongStream.range(0, 6).map(i -> file[(int) i * TsPacket.SIZE + 3] & 0x0f))
        .containsExactly(9L, 9L, 10L, 11L, 11L, 12L);
  }

  @Test
  void aRealDiscontinuityIsMarkedOnce() {
    byte[] first = Segments.of(0, 5);
    byte[] second = Segments.of(HOUR, 5);
    byte[] file = Segments.write(rewriter, Boundary.CONTINUES, first, second);
    assertThat(rewriter.endSegment().discontinuity()).isTrue();
    assertThat(rewriter.endSegment().marked()).isTrue();
    List<Integer> marks = marks(file);
    assertThat(marks).containsExactly(first.length + 2 * TsPacket.SIZE);
  }

  @Test
  void whereNoClockIsNoneIsMarked() {
    byte[] second = new Segments().tables().video(5, 5).audio(5).video(3605, 3605).bytes();
    Segments.write(rewriter, Boundary.DISCONTINUITY, Segments.of(HOUR, 5), second);
    assertThat(rewriter.endSegment().discontinuity()).isTrue();
    assertThat(rewriter.endSegment().marked()).isFalse();
  }

  @Test
  void whatWasLostLeavesNoGap() {
    byte[] file =
        Segments.write(
            rewriter, Boundary.DISCONTINUITY, Segments.of(0, 25), Segments.of(50 * 3600, 25));
    assertThat(Segments.decodeTimes(file, Packets.VIDEO_PID)).isEqualTo(steady(50));
  }

  @ParameterizedTest
  @ValueSource(longs = {HOUR, 5 * HOUR, 20 * HOUR, -HOUR / 60})
  void aLoneTimestampFarOffIsNotBelieved(long jump) {
    byte[] segment =
        new Segments()
            .tables()
            .play(HOUR, 10)
            .pcr(HOUR + 10 * 3600 + jump)
            .video(HOUR + 12 * 3600 + jump, HOUR + 10 * 3600 + jump)
            .audio(HOUR + 10 * 3600 + jump)
            .play(HOUR + 11 * 3600, 10)
            .bytes();
    byte[] file = Segments.write(rewriter, Boundary.CONTINUES, segment);
    assertThat(Segments.decodeTimes(file, Packets.VIDEO_PID)).isEqualTo(steady(21));
    assertThat(Segments.decodeTimes(file, Packets.AUDIO_PID)).isEqualTo(steady(21));
    assertThat(pcrs(file)).hasSize(21).isSorted();
    assertThat(rewriter.endSegment().clamped()).isEqualTo(2);
    assertThat(rewriter.duration()).isEqualTo(duration(23));
  }

  @Test
  void aNewTimelineInsideASegmentIsFollowed() {
    byte[] segment = new Segments().tables().play(HOUR, 10).play(9 * HOUR, 30).bytes();
    byte[] next = Segments.of(9 * HOUR + 30 * 3600, 10);
    byte[] file = Segments.write(rewriter, Boundary.CONTINUES, segment, next);
    assertThat(Segments.decodeTimes(file, Packets.VIDEO_PID)).isEqualTo(steady(50));
    assertThat(Segments.decodeTimes(file, Packets.AUDIO_PID)).isEqualTo(steady(50));
  }

  @Test
  void otherPidsRunOnWhereTheFileEnds() {
    byte[] other = Segments.of(7 * HOUR, 10);
    for (int at = 2 * TsPacket.SIZE; at < other.length; at += TsPacket.SIZE) {
      other[at + 1] ^= 0x02;
    }
    byte[] map =
        Packets.pmt(0x300, Packets.stream(0x1b, 0x300, ""), Packets.stream(0x0f, 0x301, ""));
    System.arraycopy(
        Packets.sectionPacket(Packets.PMT_PID, 0, map), 0, other, TsPacket.SIZE, TsPacket.SIZE);
    Segments.write(rewriter, Boundary.CONTINUES, Segments.of(0, 10), other);
    assertThat(rewriter.duration()).isEqualTo(duration(24));
  }

  @Test
  void aSegmentThatIsCutBackLeavesNoTrace() {
    byte[] first = Segments.of(0, 25);
    byte[] second = Segments.of(HOUR, 25);
    TransportStreamRewriter once = new TransportStreamRewriter();
    byte[] expected = Segments.write(once, Boundary.CONTINUES, first, second);
    byte[] start = Segments.write(rewriter, Boundary.CONTINUES, first);
    Segments.write(rewriter, Boundary.DISCONTINUITY, Segments.of(5, 9));
    rewriter.cutBack();
    byte[] end = Segments.write(rewriter, Boundary.CONTINUES, second);
    assertThat(Packets.join(start, end)).isEqualTo(expected);
    assertThat(rewriter.endSegment()).isEqualTo(once.endSegment());
  }

  @Test
  void durationsOfSegmentsAddUp() {
    Duration sum = Duration.ZERO;
    for (int i = 0; i < 10; i++) {
      Segments.write(rewriter, Boundary.CONTINUES, Segments.of(i * HOUR, 5 + i));
      sum = sum.plus(rewriter.endSegment().duration());
    }
    assertThat(sum).isEqualTo(rewriter.duration());
  }

  @Test
  void halfAPacketIsRefused() {
    assertThatThrownBy(() -> rewriter.rewrite(ByteBuffer.wrap(new byte[100])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /**
   * Pictures are shown two frames late here, so the file is two frames longer than its pictures.
   */
  private static Duration duration(int frames) {
    return Duration.ofMillis(40L * frames);
  }

  private static List<Long> steady(int frames) {
    return LongStream.range(0, frames).mapToObj(i -> i * Segments.FRAME).toList();
  }

  private static List<Long> pcrs(byte[] file) {
    return LongStream.range(0, file.length / TsPacket.SIZE)
        .mapToObj(i -> new TsPacket(file, (int) i * TsPacket.SIZE))
        .filter(TsPacket::hasPcr)
        .map(
            packet ->
                Ticks.between(new TsPacket(file, 2 * TsPacket.SIZE).pcrBase(), packet.pcrBase()))
        .toList();
  }

  private static List<Integer> marks(byte[] file) {
    return LongStream.range(0, file.length / TsPacket.SIZE)
        .mapToObj(i -> (int) i * TsPacket.SIZE)
        .filter(at -> new TsPacket(file, at).isDiscontinuity())
        .toList();
  }
}
