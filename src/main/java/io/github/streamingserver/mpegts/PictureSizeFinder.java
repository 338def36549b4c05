package io.github.streamingserver.mpegts;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the picture size in the bytes of an elementary stream as they pass, in pieces of any size:
 * the first parameter set (H.264, HEVC) or sequence header (MPEG-1, MPEG-2) that can be read. Looks
 * at the first {@link #LOOK} bytes of each PES packet and keeps {@link #MAX_UNIT} bytes.
 */
final class PictureSizeFinder {
  /** Parameter sets precede the slices of their access unit. */
  static final int LOOK = 32 * 1024;

  static final int MAX_UNIT = 1024;

  private final StreamCodec codec;
  private final byte[] unit = new byte[MAX_UNIT];
  private int filled;
  private boolean capturing;
  private int zeros;
  private int looked;
  private boolean startCode;
  private @Nullable PictureSize found;

  PictureSizeFinder(StreamCodec codec) {
    this.codec = codec;
  }

  /** Whether this codec's headers are known. */
  static boolean reads(StreamCodec codec) {
    return switch (codec) {
      case H264, HEVC, MPEG1_VIDEO, MPEG2_VIDEO -> true;
      default -> false;
    };
  }

  Optional<PictureSize> found() {
    return Optional.ofNullable(found);
  }

  /** The next bytes belong to another PES packet, so the unit before them is whole. */
  void unitStart() {
    finishUnit();
    zeros = 0;
    startCode = false;
    looked = 0;
  }

  void push(byte[] bytes, int from, int to) {
    int end = Math.min(to, from + LOOK - looked);
    for (int i = from; i < end && found == null; i++) {
      accept(bytes[i]);
    }
    looked += Math.max(0, end - from);
  }

  private void accept(byte value) {
    if (startCode) {
      startCode = false;
      capturing = isWanted(value & 0xff);
    }
    if (value == 1 && zeros >= 2) {
      filled = Math.max(0, filled - 2);
      finishUnit();
      startCode = true;
    } else if (capturing && filled < MAX_UNIT) {
      unit[filled++] = value;
    }
    zeros = value == 0 ? zeros + 1 : 0;
    if (capturing && isMpeg() && filled > 4) {
      finishUnit();
    }
  }

  private void finishUnit() {
    if (capturing) {
      found = read(Arrays.copyOf(unit, filled)).orElse(null);
    }
    capturing = false;
    filled = 0;
  }

  private boolean isWanted(int header) {
    return switch (codec) {
      case H264 -> (header & 0x9f) == 7;
      case HEVC -> (header >> 1 & 0x3f) == 33;
      default -> header == 0xb3;
    };
  }

  private boolean isMpeg() {
    return codec == StreamCodec.MPEG1_VIDEO || codec == StreamCodec.MPEG2_VIDEO;
  }

  private Optional<PictureSize> read(byte[] bytes) {
    return switch (codec) {
      case H264 -> H264Sps.pictureSize(new BitReader(bytes, 1, bytes.length));
      case HEVC -> HevcSps.pictureSize(new BitReader(bytes, 2, bytes.length));
      default -> sequenceHeader(bytes);
    };
  }

  /** ISO 13818-2 §6.2.2.1: twelve bits each. */
  private static Optional<PictureSize> sequenceHeader(byte[] bytes) {
    if (bytes.length < 4) {
      return Optional.empty();
    }
    int width = (bytes[1] & 0xff) << 4 | (bytes[2] & 0xff) >> 4;
    int height = (bytes[2] & 0x0f) << 8 | (bytes[3] & 0xff);
    return width == 0 || height == 0
        ? Optional.empty()
        : Optional.of(new PictureSize(width, height));
  }
}
