package io.github.streamingserver.mpegts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdtsFramesTest {
  @ParameterizedTest
  @CsvSource({"3, 3, 5760", "4, 2, 4179", "6, 5, 19200", "8, 1, 5760"})
  void framesAreCountedInPiecesOfAnySize(int rateIndex, int count, long ticks) {
    byte[] unit = new byte[0];
    for (int i = 0; i < count; i++) {
      unit = Packets.join(unit, frame(rateIndex, 50 + 60 * i));
    }
    for (int piece = 1; piece < 100; piece++) {
      AdtsFrames frames = new AdtsFrames();
      push(frames, unit, piece);
      assertThat(frames.ticks()).isEqualTo(ticks);
    }
  }

  @Test
  void aFrameThatGoesOnInTheNextUnitCountsOnce() {
    byte[] stream = Packets.join(frame(3, 100), frame(3, 100), frame(3, 100));
    AdtsFrames frames = new AdtsFrames();
    frames.push(stream, 0, 150);
    assertThat(frames.ticks()).isEqualTo(2 * 1920);
    frames.begin();
    frames.push(stream, 150, 300);
    assertThat(frames.ticks()).isEqualTo(1920);
  }

  @Test
  void whatIsNoFrameIsPassedOver() {
    AdtsFrames frames = new AdtsFrames();
    push(frames, Packets.join(new byte[33], frame(3, 100)), 7);
    assertThat(frames.ticks()).isEqualTo(1920);
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    frames.begin();
    push(frames, noise, 1000);
    assertThat(frames.ticks()).isNotNegative();
  }

  private static void push(AdtsFrames frames, byte[] unit, int piece) {
    for (int at = 0; at < unit.length; at += piece) {
      frames.push(unit, at, Math.min(unit.length, at + piece));
    }
  }

  private static byte[] frame(int rateIndex, int length) {
    byte[] head =
        Packets.bytes(
            0xff,
            0xf1,
            0x40 | rateIndex << 2,
            0x80 | length >> 11,
            length >> 3,
            length << 5 | 0x1f,
            0xfc);
    return Packets.join(head, new byte[length - head.length]);
  }
}
