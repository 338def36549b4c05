package io.github.streamingserver.mpegts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads a codec off stream_type and descriptors (ISO 13818-1 table 2-34, ETSI EN 300 468, ATSC
 * A/53).
 */
final class StreamTypes {
  private static final int PRIVATE_PES = 0x06;
  private static final int REGISTRATION = 0x05;

  private StreamTypes() {}

  /** {@code descriptors} are those of the elementary stream, read to their end. */
  static ElementaryStream read(int pid, int streamType, ByteBuffer descriptors) {
    StreamCodec codec = byType(streamType);
    if (codec == StreamCodec.OTHER && (streamType == PRIVATE_PES || streamType >= 0x80)) {
      codec = byDescriptors(descriptors);
    }
    return new ElementaryStream(pid, codec, isSampleAes(streamType));
  }

  private static StreamCodec byType(int streamType) {
    return switch (streamType) {
      case 0x01 -> StreamCodec.MPEG1_VIDEO;
      case 0x02 -> StreamCodec.MPEG2_VIDEO;
      case 0x03, 0x04 -> StreamCodec.MPEG_AUDIO;
      case 0x0f, 0xcf -> StreamCodec.AAC_ADTS;
      case 0x10 -> StreamCodec.MPEG4_VIDEO;
      case 0x11 -> StreamCodec.AAC_LATM;
      case 0x1b, 0xdb -> StreamCodec.H264;
      case 0x24 -> StreamCodec.HEVC;
      case 0x33 -> StreamCodec.VVC;
      case 0x81, 0xc1 -> StreamCodec.AC3;
      case 0x84, 0x87, 0xc2 -> StreamCodec.EAC3;
      default -> StreamCodec.OTHER;
    };
  }

  private static boolean isSampleAes(int streamType) {
    return switch (streamType) {
      case 0xc1, 0xc2, 0xcf, 0xdb -> true;
      default -> false;
    };
  }

  private static StreamCodec byDescriptors(ByteBuffer descriptors) {
    StreamCodec found = StreamCodec.OTHER;
    while (descriptors.remaining() >= 2 && found == StreamCodec.OTHER) {
      int tag = descriptors.get() & 0xff;
      int length = Math.min(descriptors.get() & 0xff, descriptors.remaining());
      ByteBuffer body = descriptors.slice(descriptors.position(), length);
      descriptors.position(descriptors.position() + length);
      found = byDescriptor(tag, body);
    }
    return found;
  }

  private static StreamCodec byDescriptor(int tag, ByteBuffer body) {
    return switch (tag) {
      case REGISTRATION -> body.remaining() < 4 ? StreamCodec.OTHER : byRegistration(body);
      case 0x6a -> StreamCodec.AC3;
      case 0x7a -> StreamCodec.EAC3;
      case 0x7b -> StreamCodec.DTS;
      case 0x7c -> StreamCodec.AAC_LATM;
      default -> StreamCodec.OTHER;
    };
  }

  private static StreamCodec byRegistration(ByteBuffer body) {
    return switch (StandardCharsets.ISO_8859_1.decode(body.slice(0, 4)).toString()) {
      case "AC-3" -> StreamCodec.AC3;
      case "EAC3" -> StreamCodec.EAC3;
      case "HEVC" -> StreamCodec.HEVC;
      case "AV01" -> StreamCodec.AV1;
      case "Opus" -> StreamCodec.OPUS;
      case "DTS1", "DTS2", "DTS3" -> StreamCodec.DTS;
      default -> StreamCodec.OTHER;
    };
  }
}
