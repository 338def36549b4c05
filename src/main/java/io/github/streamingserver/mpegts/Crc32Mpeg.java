package io.github.streamingserver.mpegts;

/**
 * The CRC of program tables: polynomial 04C11DB7, most significant bit first (ISO 13818-1 annex A).
 */
final class Crc32Mpeg {
  private static final int POLYNOMIAL = 0x04c11db7;

  private Crc32Mpeg() {}

  /** Zero over a whole section, its own CRC included, where that is intact. */
  static int of(byte[] bytes, int from, int to) {
    int crc = -1;
    for (int i = from; i < to; i++) {
      crc ^= bytes[i] << 24;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc << 1 ^ (crc < 0 ? POLYNOMIAL : 0);
      }
    }
    return crc;
  }
}
