package io.github.streamingserver.mpegts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramTablesTest {
  @Test
  void findsTheFirstProgramAfterTheNetwork() {
    assertThat(ProgramTables.programMapPid(Packets.pat(0, 0x10, 7, 0xe0 << 8 | 0x64)))
        .hasValue(100);
    assertThat(ProgramTables.programMapPid(Packets.pat(0, 0x10))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0x02, '', MPEG2_VIDEO",
    "0x1b, '', H264",
    "0x24, '', HEVC",
    "0x03, '', MPEG_AUDIO",
    "0x04, '', MPEG_AUDIO",
    "0x0f, '', AAC_ADTS",
    "0x11, '', AAC_LATM",
    "0x81, '', AC3",
    "0x87, '', EAC3",
    "0x06, 6a0100, AC3",
    "0x06, 0a04656e67007a0100, EAC3",
    "0x06, 050441432d33, AC3",
    "0x06, 050445414333, EAC3",
    "0x06, 050448455643, HEVC",
    "0x06, 59080000000000000000, OTHER",
    "0x06, 6aff, AC3",
    "0x06, 0502, OTHER",
    "0x15, '', OTHER",
    "0x86, 050443554549, OTHER",
  })
  void readsStreamTypesAndDescriptors(String type, String descriptors, StreamCodec codec) {
    byte[] map = Packets.pmt(0x100, Packets.stream(Integer.decode(type), 0x123, descriptors));
    assertThat(ProgramTables.program(map, 0x1000).orElseThrow().streams())
        .containsExactly(new ElementaryStream(0x123, codec, false));
  }

  @Test
  void readsAWholeProgram() {
    byte[] map =
        Packets.pmt(
            0x1ffe,
            Packets.stream(0xdb, 0x100, ""),
            Packets.stream(0xcf, 0x101, "0a04646575 00".replace(" ", "")),
            Packets.stream(0x15, 0x102, ""));
    Program program = ProgramTables.program(map, 0x1000).orElseThrow();
    assertThat(program.number()).isEqualTo(1);
    assertThat(program.mapPid()).isEqualTo(0x1000);
    assertThat(program.pcrPid()).isEqualTo(0x1ffe);
    assertThat(program.video()).hasValue(new ElementaryStream(0x100, StreamCodec.H264, true));
    assertThat(program.audio())
        .containsExactly(new ElementaryStream(0x101, StreamCodec.AAC_ADTS, true));
    assertThat(program.audioAndVideo()).hasSize(2);
  }

  @Test
  void aSectionComesTogetherFromManyPackets() {
    byte[] section = Packets.section(2, 1, new byte[900]);
    assertThat(assemble(spread(section, 0))).containsExactly(section);
  }

  @Test
  void aSectionBeginsBehindTheEndOfTheLast() {
    byte[] first = Packets.section(2, 1, new byte[200]);
    byte[] second = Packets.section(2, 2, new byte[50]);
    byte[] rest = Arrays.copyOfRange(first, 183, first.length);
    byte[] payload = new byte[184];
    Arrays.fill(payload, (byte) 0xff);
    byte[] body = Packets.join(new byte[] {(byte) rest.length}, rest, second, first);
    System.arraycopy(body, 0, payload, 0, 184);
    List<byte[]> packets =
        List.of(
            Packets.packet(32, 0, true, Packets.join(new byte[1], Arrays.copyOf(first, 183))),
            Packets.packet(32, 1, true, payload));
    assertThat(assemble(packets)).containsExactly(first, second);
  }

  @Test
  void aLostOrBrokenPacketLosesItsSectionOnly() {
    byte[] section = Packets.section(2, 1, new byte[400]);
    List<byte[]> packets = new ArrayList<>(spread(section, 0));
    packets.remove(1);
    packets.addAll(spread(section, 7));
    List<byte[]> broken = spread(section, 10);
    broken.get(1)[100] ^= 1;
    packets.addAll(broken);
    assertThat(assemble(packets)).containsExactly(section);
  }

  @Test
  void aRepeatedPacketIsReadOnce() {
    byte[] section = Packets.section(2, 1, new byte[400]);
    List<byte[]> packets = new ArrayList<>(spread(section, 0));
    packets.add(1, packets.getFirst());
    assertThat(assemble(packets)).containsExactly(section);
  }

  @Test
  void brokenTablesAreNoTables() {
    Random random = new Random(11);
    byte[] map = Packets.pmt(0x100, Packets.stream(0x06, 0x123, "0a04656e67007a0100"));
    for (int round = 0; round < 20_000; round++) {
      byte[] mutant = Arrays.copyOf(map, map.length - random.nextInt(8));
      mutant[1 + random.nextInt(mutant.length - 1)] = (byte) random.nextInt();
      assertThat(ProgramTables.programMapPid(mutant)).isEmpty();
      ProgramTables.program(mutant, 5).ifPresent(p -> assertThat(p.mapPid()).isEqualTo(5));
    }
  }

  private static List<byte[]> spread(byte[] section, int counter) {
    byte[] all = Packets.join(new byte[1], section);
    List<byte[]> packets = new ArrayList<>();
    for (int at = 0; at < all.length; at += 184) {
      byte[] payload = new byte[184];
      Arrays.fill(payload, (byte) 0xff);
      System.arraycopy(all, at, payload, 0, Math.min(184, all.length - at));
      packets.add(Packets.packet(32, counter + packets.size(), at == 0, payload));
    }
    return packets;
  }

  private static List<byte[]> assemble(List<byte[]> packets) {
    SectionAssembler assembler = new SectionAssembler();
    return packets.stream().flatMap(p -> assembler.push(new TsPacket(p, 0)).stream()).toList();
  }
}
