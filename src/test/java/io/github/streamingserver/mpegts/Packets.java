package io.github.streamingserver.mpegts;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/** Builds packets, tables and PES headers for tests, by the layout of ISO 13818-1. */
final class Packets {
  static final int PMT_PID = 0x1000;
  static final int VIDEO_PID = 0x100;
  static final int AUDIO_PID = 0x101;

  private Packets() {}

  /** A packet with {@code payload} at its end and an adaptation field of stuffing before it. */
  static byte[] packet(int pid, int counter, boolean unitStart, byte[] payload) {
    byte[] adaptation = payload.length == 184 ? new byte[0] : new byte[184 - payload.length];
    if (adaptation.length > 0) {
      Arrays.fill(adaptation, (byte) 0xff);
      adaptation[0] = (byte) (adaptation.length - 1);
      if (adaptation.length > 1) {
        adaptation[1] = 0;
      }
    }
    int control = (adaptation.length > 0 ? 0x20 : 0) | (payload.length > 0 ? 0x10 : 0);
    return join(
        bytes(0x47, (unitStart ? 0x40 : 0) | pid >> 8, pid, control | (counter & 0x0f)),
        adaptation,
        payload);
  }

  /** A packet without payload that carries a PCR and an OPCR. */
  static byte[] pcrPacket(int pid, int counter, long base, int extension) {
    byte[] packet = packet(pid, counter, false, new byte[0]);
    packet[5] = 0x18;
    System.arraycopy(pcr(base, extension), 0, packet, 6, 6);
    System.arraycopy(pcr(base, extension), 0, packet, 12, 6);
    return packet;
  }

  private static byte[] pcr(long base, int extension) {
    return bytes(
        (int) (base >> 25),
        (int) (base >> 17),
        (int) (base >> 9),
        (int) (base >> 1),
        (int) (base & 1) << 7 | 0x7e | extension >> 8,
        extension);
  }

  /** A PES packet's first bytes: a header with PTS and DTS, then {@code payload}. */
  static byte[] pes(int streamId, long pts, long dts, byte[] payload) {
    boolean both = pts != dts;
    byte[] stamps = both ? join(stamp(3, pts), stamp(1, dts)) : stamp(2, pts);
    return join(
        bytes(0, 0, 1, streamId, 0, 0, 0x80, both ? 0xc0 : 0x80, stamps.length), stamps, payload);
  }

  static byte[] stamp(int prefix, long ticks) {
    return bytes(
        prefix << 4 | ((int) (ticks >> 29) & 0x0e) | 1,
        (int) (ticks >> 22),
        ((int) (ticks >> 14) & 0xfe) | 1,
        (int) (ticks >> 7),
        ((int) (ticks << 1) & 0xfe) | 1);
  }

  /** A section with its length and CRC filled in; {@code body} follows the eight header bytes. */
  static byte[] section(int tableId, int extension, byte[] body) {
    int length = body.length + 9;
    byte[] head =
        join(
            bytes(tableId, 0xb0 | length >> 8, length, extension >> 8, extension, 0xc1, 0, 0),
            body);
    int crc = Crc32Mpeg.of(head, 0, head.length);
    return join(head, bytes(crc >> 24, crc >> 16, crc >> 8, crc));
  }

  static byte[] pat(int... programAndPid) {
    byte[] body = new byte[programAndPid.length * 2];
    for (int i = 0; i < programAndPid.length; i++) {
      body[2 * i] = (byte) (programAndPid[i] >> 8);
      body[2 * i + 1] = (byte) programAndPid[i];
    }
    return section(0, 1, body);
  }

  /** A program map whose clock is on the first stream; a stream is pid, type, descriptors. */
  static byte[] pmt(int pcrPid, byte[]... streams) {
    return section(2, 1, join(bytes(0xe0 | pcrPid >> 8, pcrPid, 0xf0, 0), join(streams)));
  }

  static byte[] stream(int type, int pid, String descriptors) {
    byte[] body = HexFormat.of().parseHex(descriptors);
    return join(bytes(type, 0xe0 | pid >> 8, pid, 0xf0, body.length), body);
  }

  /** The one packet that carries a short section. */
  static byte[] sectionPacket(int pid, int counter, byte[] section) {
    byte[] payload = new byte[184];
    Arrays.fill(payload, (byte) 0xff);
    payload[0] = 0;
    System.arraycopy(section, 0, payload, 1, section.length);
    return packet(pid, counter, true, payload);
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
