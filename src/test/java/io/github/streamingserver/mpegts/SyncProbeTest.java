package io.github.streamingserver.mpegts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.mpegts.TransportStreamException.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncProbeTest {
  private static byte[] junk(int size) {
    byte[] bytes = new byte[size];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  /** Packets of {@code size} bytes after {@code junk} bytes. */
  private static byte[] packets(int junk, int count, int size) {
    byte[] bytes = Arrays.copyOf(junk(junk), junk + count * size);
    for (int i = 0; i < count; i++) {
      bytes[junk + i * size] = TsPacket.SYNC_BYTE;
    }
    return bytes;
  }

  private static void probe(byte[] bytes, int chunk) {
    SyncProbe probe = new SyncProbe();
    for (int from = 0; from < bytes.length; from += chunk) {
      probe.see(ByteBuffer.wrap(bytes, from, Math.min(chunk, bytes.length - from)));
    }
    probe.finish();
  }

  @ParameterizedTest(name = "{1} packets of {2} bytes after {0} of junk, in chunks of {3}")
  @CsvSource({
    "0, 1, 188, 188",
    "0, 50, 188, 7",
    "1000, 50, 188, 100",
    "60000, 50, 188, 4096",
    "0, 50, 192, 4096",
    "0, 50, 204, 100",
  })
  void packetsAreTold(int junk, int count, int size, int chunk) {
    byte[] bytes = packets(junk, count, size);
    byte[] before = bytes.clone();
    assertThatCode(() -> probe(bytes, chunk)).doesNotThrowAnyException();
    assertThat(bytes).isEqualTo(before);
  }

  @ParameterizedTest(name = "{0} bytes in chunks of {1}")
  @CsvSource({"0, 1", "100, 100", "20000, 1500", "500000, 65536"})
  void junkIsTold(int size, int chunk) {
    assertThatThrownBy(() -> probe(junk(size), chunk))
        .isInstanceOfSatisfying(
            TransportStreamException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_SYNC));
  }

  @Test
  void junkIsToldBeforeItEnds() {
    SyncProbe probe = new SyncProbe();
    assertThatThrownBy(() -> probe.see(ByteBuffer.wrap(new byte[1 << 20])))
        .isInstanceOf(TransportStreamException.class);
  }
}
