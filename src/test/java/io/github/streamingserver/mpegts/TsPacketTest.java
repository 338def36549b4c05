package io.github.streamingserver.mpegts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TsPacketTest {
  @Test
  void readsTheHeader() {
    byte[] bytes = Packets.packet(0x1abc, 11, true, new byte[100]);
    bytes[1] |= (byte) 0x80;
    bytes[3] |= (byte) 0x80;
    TsPacket packet = new TsPacket(bytes, 0);
    assertThat(packet.hasSync()).isTrue();
    assertThat(packet.pid()).isEqualTo(0x1abc);
    assertThat(packet.continuityCounter()).isEqualTo(11);
    assertThat(packet.isPayloadUnitStart()).isTrue();
    assertThat(packet.hasTransportError()).isTrue();
    assertThat(packet.isScrambled()).isTrue();
    assertThat(packet.payloadOffset()).isEqualTo(88);
    assertThat(packet.payloadLength()).isEqualTo(100);
    assertThat(packet.hasPcr()).isFalse();
  }

  @Test
  void setsTheCounterAndNothingElse() {
    byte[] bytes = Packets.packet(0x100, 15, true, new byte[184]);
    new TsPacket(bytes, 0).setContinuityCounter(16 + 3);
    assertThat(bytes).isEqualTo(Packets.packet(0x100, 3, true, new byte[184]));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 0x1_2345_6789L, (1L << 33) - 1})
  void movesPcrAndOpcrTogether(long base) {
    byte[] bytes = Packets.pcrPacket(0x100, 0, base, 299);
    TsPacket packet = new TsPacket(bytes, 0);
    assertThat(packet.hasPcr()).isTrue();
    assertThat(packet.pcrBase()).isEqualTo(base);
    packet.setPcrBase(Ticks.wrap(base + 12345));
    assertThat(bytes).isEqualTo(Packets.pcrPacket(0x100, 0, Ticks.wrap(base + 12345), 299));
  }

  @Test
  void marksADiscontinuityWhereThereIsRoom() {
    byte[] bytes = Packets.pcrPacket(0x100, 0, 5, 0);
    assertThat(new TsPacket(bytes, 0).setDiscontinuity()).isTrue();
    assertThat(new TsPacket(bytes, 0).isDiscontinuity()).isTrue();
    assertThat(new TsPacket(Packets.packet(0x100, 0, false, new byte[184]), 0).setDiscontinuity())
        .isFalse();
    assertThat(new TsPacket(Packets.packet(0x100, 0, false, new byte[183]), 0).setDiscontinuity())
        .isFalse();
  }

  @Test
  void anyBytesCanBeRead() {
    Random random = new Random(3);
    byte[] bytes = new byte[2 * TsPacket.SIZE];
    for (int round = 0; round < 20_000; round++) {
      random.nextBytes(bytes);
      TsPacket packet = new TsPacket(bytes, round % TsPacket.SIZE);
      assertThat(packet.payloadOffset() + packet.payloadLength())
          .isEqualTo(round % TsPacket.SIZE + TsPacket.SIZE);
      assertThat(packet.payloadLength()).isBetween(0, 184);
      packet.setDiscontinuity();
      if (packet.hasPcr()) {
        packet.setPcrBase(packet.pcrBase() + 1);
      }
    }
  }
}
