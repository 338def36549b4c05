package io.github.streamingserver.mpegts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.mpegts.TransportStreamException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketizerTest {
  private final Random random = new Random(7);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 20})
  void packetsComeOutWhole(int count) {
    byte[] stream = packets(count);
    assertThat(cut(stream)).isEqualTo(stream);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 187, 188, 189, 5000, Packetizer.MAX_JUNK})
  void junkBeforeTheFirstPacketIsSkipped(int length) {
    byte[] junk = new byte[length];
    random.nextBytes(junk);
    byte[] stream = packets(30);
    assertThat(cut(Packets.join(junk, stream))).isEqualTo(stream);
  }

  @Test
  void junkMayHoldSyncBytes() {
    byte[] junk = new byte[3 * TsPacket.SIZE];
    junk[10] = junk[10 + TsPacket.SIZE] = TsPacket.SYNC_BYTE;
    byte[] stream = packets(8);
    assertThat(cut(Packets.join(junk, stream))).isEqualTo(stream);
  }

  @Test
  void chunkingDoesNotMatter() {
    byte[] junk = new byte[777];
    random.nextBytes(junk);
    byte[] stream = packets(50);
    byte[] all = Packets.join(junk, stream, new byte[100]);
    for (int round = 0; round < 200; round++) {
      Packetizer packetizer = new Packetizer();
      assertThat(cut(packetizer, all, 1 + random.nextInt(1000))).isEqualTo(stream);
      assertThat(packetizer.trailingBytes()).isEqualTo(100);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatMayNotBeChangedIsCopied(boolean changeable) {
    byte[] stream = packets(12);
    byte[] chunk = Arrays.copyOfRange(stream, 5 * TsPacket.SIZE, stream.length);
    ByteBuffer buffer = ByteBuffer.wrap(chunk);
    Packetizer packetizer = new Packetizer();
    var _ = packetizer.push(ByteBuffer.wrap(stream, 0, chunk.length - 2 * TsPacket.SIZE));
    ByteBuffer last = packetizer.push(changeable ? buffer : buffer.asReadOnlyBuffer()).getLast();
    byte[] packets = chunk.clone();
    Arrays.fill(chunk, (byte) 0);
    assertThat(Segments.all(List.of(last))).isEqualTo(changeable ? chunk : packets);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Gone", "<html><body>Gateway Timeout</body></html>"})
  void textIsNoTransportStream(String text) {
    assertRefused(text.getBytes(StandardCharsets.UTF_8), Reason.NO_SYNC);
    assertRefused(text.repeat(100).getBytes(StandardCharsets.UTF_8), Reason.NO_SYNC);
  }

  @Test
  void tooMuchJunkIsNoTransportStream() {
    assertRefused(Packets.join(new byte[Packetizer.MAX_JUNK + 1], packets(9)), Reason.NO_SYNC);
  }

  @ParameterizedTest
  @ValueSource(ints = {192, 204})
  void otherPacketSizesAreNamed(int size) {
    byte[] stream = new byte[size * 20];
    for (int at = size - TsPacket.SIZE; at < stream.length; at += size) {
      stream[at] = TsPacket.SYNC_BYTE;
    }
    assertRefused(stream, Reason.OTHER_PACKET_SIZE);
  }

  @Test
  void lostSyncNamesThePlace() {
    byte[] stream = packets(20);
    stream[12 * TsPacket.SIZE] = 0;
    assertRefused(stream, Reason.SYNC_LOST);
    assertThatThrownBy(() -> cut(stream)).hasMessageContaining("byte " + 12 * TsPacket.SIZE);
  }

  @Test
  void theFirstBytesTellATransportStream() {
    assertThat(TransportStream.looksLike(Arrays.copyOf(packets(3), 400))).isTrue();
    assertThat(TransportStream.looksLike(Packets.join(new byte[33], packets(5)))).isTrue();
    assertThat(TransportStream.looksLike("G<html>".repeat(90).getBytes(StandardCharsets.UTF_8)))
        .isFalse();
    assertThat(TransportStream.looksLike(new byte[0])).isFalse();
  }

  private void assertRefused(byte[] stream, Reason reason) {
    for (int chunk : new int[] {1, 100, 65536}) {
      assertThatThrownBy(() -> cut(new Packetizer(), stream, chunk))
          .isInstanceOfSatisfying(
              TransportStreamException.class,
              refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
  }

  private static byte[] cut(byte[] stream) {
    return cut(new Packetizer(), stream, 1000);
  }

  private static byte[] cut(Packetizer packetizer, byte[] stream, int chunk) {
    byte[] out = {};
    for (int at = 0; at < stream.length; at += chunk) {
      int length = Math.min(chunk, stream.length - at);
      out = Packets.join(out, Segments.all(packetizer.push(ByteBuffer.wrap(stream, at, length))));
    }
    return Packets.join(out, Segments.all(packetizer.finish()));
  }

  private byte[] packets(int count) {
    byte[] stream = {};
    for (int i = 0; i < count; i++) {
      byte[] payload = new byte[184];
      random.nextBytes(payload);
      stream = Packets.join(stream, Packets.packet(Packets.VIDEO_PID, i, false, payload));
    }
    return stream;
  }
}
