package io.github.streamingserver.mpegts;

import java.util.Optional;

/** The picture size in an H.264 sequence parameter set (ITU-T H.264 §7.3.2.1.1, §7.4.2.1.1). */
final class H264Sps {
  private static final int MACROBLOCK = 16;

  private H264Sps() {}

  /** {@code bits} stand behind the NAL unit header. */
  static Optional<PictureSize> pictureSize(BitReader bits) {
    int profile = (int) bits.bits(8);
    bits.skip(16);
    bits.unsignedGolomb();
    int chroma = hasChromaFormat(profile) ? chromaFormat(bits) : 1;
    bits.unsignedGolomb();
    skipPictureOrderCount(bits);
    bits.unsignedGolomb();
    bits.skip(1);
    long width = (bits.unsignedGolomb() + 1) * MACROBLOCK;
    long mapUnits = bits.unsignedGolomb() + 1;
    boolean framesOnly = bits.flag();
    if (!framesOnly) {
      bits.skip(1);
    }
    bits.skip(1);
    int fields = framesOnly ? 1 : 2;
    int unitX = chroma == 1 || chroma == 2 ? 2 : 1;
    int unitY = (chroma == 1 ? 2 : 1) * fields;
    return Cropping.read(bits, width, mapUnits * MACROBLOCK * fields, unitX, unitY);
  }

  /** Skips what high profiles add; chroma_format_idc, or 0 where the planes are separate. */
  private static int chromaFormat(BitReader bits) {
    int chroma = (int) bits.unsignedGolomb();
    boolean separate = chroma == 3 && bits.flag();
    bits.unsignedGolomb();
    bits.unsignedGolomb();
    bits.skip(1);
    if (bits.flag()) {
      int lists = chroma == 3 ? 12 : 8;
      for (int i = 0; i < lists; i++) {
        if (bits.flag()) {
          skipScalingList(bits, i < 6 ? 16 : 64);
        }
      }
    }
    return separate ? 0 : chroma;
  }

  private static void skipScalingList(BitReader bits, int size) {
    int last = 8;
    int next = 8;
    for (int i = 0; i < size && next != 0; i++) {
      next = (last + (int) bits.signedGolomb() + 256) & 0xff;
      last = next == 0 ? last : next;
    }
  }

  private static void skipPictureOrderCount(BitReader bits) {
    long type = bits.unsignedGolomb();
    if (type == 0) {
      bits.unsignedGolomb();
    } else if (type == 1) {
      bits.skip(1);
      bits.signedGolomb();
      bits.signedGolomb();
      long cycle = bits.unsignedGolomb();
      for (long i = 0; i < cycle && !bits.isExhausted(); i++) {
        bits.signedGolomb();
      }
    }
  }

  private static boolean hasChromaFormat(int profile) {
    return switch (profile) {
      case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
      default -> false;
    };
  }
}
