package io.github.streamingserver.recorder;

import io.github.streamingserver.recorder.ffmpeg.InputFormat;
import io.github.streamingserver.recorder.ffmpeg.MuxInput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Packed audio (RFC 8216 §3.4): bare frames, before them an ID3 tag that holds the time of the
 * first. Pure.
 */
final class PackedAudio {
  private static final int HEADER = 10;
  private static final int SIZE = 6;
  private static final byte[] ID3 = ascii("ID3");
  private static final byte[] OWNER = ascii("com.apple.streaming.transportStreamTimestamp\0");
  private static final long TIMESTAMPS = 1L << 33;
  private static final long NANOS_PER_TICK = 100_000;
  private static final long NINE = 9;
  private static final int SYNC = 0x7ff;
  private static final int AC3_SYNC = 0x0b77;

  private PackedAudio() {}

  /** What a stream of it is that begins with {@code head}; empty where this begins none. */
  static Optional<MuxInput> of(ByteBuffer head) {
    byte[] bytes = new byte[head.remaining()];
    head.duplicate().get(bytes);
    int frames = startsWith(bytes, 0, ID3) ? HEADER + synchsafe(bytes) : 0;
    if (frames + 2 > bytes.length) {
      return Optional.empty();
    }
    Duration start = frames == 0 ? Duration.ZERO : timestamp(bytes, frames);
    return format(bytes, frames).map(format -> MuxInput.packedAudio(format, start));
  }

  private static Optional<InputFormat> format(byte[] bytes, int at) {
    int first = (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    if (first == AC3_SYNC) {
      return Optional.of(InputFormat.AC3);
    }
    if (first >> 5 != SYNC) {
      return Optional.empty();
    }
    // The two bits of the layer are 00 in ADTS (ISO 13818-7 §6.2) and never in MPEG audio.
    return Optional.of((first >> 1 & 3) == 0 ? InputFormat.AAC : InputFormat.MP3);
  }

  /** The tag's size: four bytes of seven bits each. */
  private static int synchsafe(byte[] bytes) {
    int size = 0;
    for (int at = SIZE; at < HEADER && at < bytes.length; at++) {
      size = size << 7 | (bytes[at] & 0x7f);
    }
    return size;
  }

  private static Duration timestamp(byte[] bytes, int end) {
    for (int at = HEADER; at + OWNER.length + Long.BYTES <= Math.min(end, bytes.length); at++) {
      if (startsWith(bytes, at, OWNER)) {
        long ticks = ByteBuffer.wrap(bytes).getLong(at + OWNER.length) & (TIMESTAMPS - 1);
        return Duration.ofNanos(ticks * NANOS_PER_TICK / NINE);
      }
    }
    return Duration.ZERO;
  }

  private static boolean startsWith(byte[] bytes, int at, byte[] what) {
    return at + what.length <= bytes.length
        && Arrays.equals(bytes, at, at + what.length, what, 0, what.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
