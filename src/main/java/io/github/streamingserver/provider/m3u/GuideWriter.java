package io.github.streamingserver.provider.m3u;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * Writes the programmes of known channels from now on to the file of a {@link Guide}: of the whole
 * window where they fit into what a guide may have, else of as many halves of it as do. Needs
 * memory for a number by programme only.
 */
final class GuideWriter implements AutoCloseable {
  /** Where channels are few, a guide that is not renewed serves so long. */
  static final Duration WINDOW = Duration.ofHours(24);

  /**
   * What a guide may have on the disk: some hours of 50 000 channels, yet not much to write every
   * half hour where the disk is a memory card.
   */
  static final int MOST_BYTES = 16 << 20;

  private static final int BUFFER = 64 << 10;
  private static final int LONGEST_TITLE = 120;
  private static final Duration SHORTEST = Duration.ofMinutes(10);

  private final SortedNames keys;
  private final long begin;
  private final int most;
  private final FileChannel file;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private long end;
  private int written = Guide.HEAD;
  private int count;

  /**
   * @param now in seconds since 1970
   * @param most bytes that programmes may have
   * @param part is overwritten
   */
  GuideWriter(SortedNames keys, long now, int most, Path part) throws IOException {
    this.keys = keys;
    this.begin = now;
    this.end = now + WINDOW.toSeconds();
    this.most = most;
    this.file =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING,
            LinkOption.NOFOLLOW_LINKS);
  }

  SortedNames keys() {
    return keys;
  }

  /** The first moment of which nothing is kept. */
  Instant end() {
    return Instant.ofEpochSecond(end);
  }

  /** How many programmes are kept. */
  int size() {
    return count;
  }

  /** Whether a programme at this time would be kept. */
  boolean wants(long from, long to) {
    return from < end && to > begin;
  }

  /**
   * Takes a programme.
   *
   * @param key the rank of its channel's key
   * @param to {@link Long#MAX_VALUE} where it does not say
   */
  void add(int key, long from, long to, String title) throws IOException {
    if (!wants(from, to)) {
      return;
    }
    byte[] text = cut(title).getBytes(StandardCharsets.UTF_8);
    while (bytes() + Guide.PROGRAMME + text.length > most) {
      if (end - begin <= SHORTEST.toSeconds()) {
        return;
      }
      end = begin + (end - begin) / 2;
      dropBeyondEnd();
    }
    if (!wants(from, to)) {
      return;
    }
    room(Guide.PROGRAMME + text.length);
    buffer.putInt(key).putInt((int) Math.max(from - begin, Integer.MIN_VALUE / 2));
    buffer.putInt(to == Long.MAX_VALUE ? Guide.OPEN : (int) Math.min(to - begin, 1 << 30));
    buffer.putShort((short) text.length).put(text);
    count++;
  }

  /** Writes what makes a guide of it; nothing may be added any more. */
  void finish() throws IOException {
    flush();
    int[] firstOf = new int[keys.size() + 1];
    int[] sorted = sorted(firstOf);
    int programmes = written;
    for (int i = 0; i < count; i++) {
      room(Integer.BYTES);
      buffer.putInt(sorted[i]);
    }
    for (int first : firstOf) {
      room(Integer.BYTES);
      buffer.putInt(first);
    }
    flush();
    write(keys.image());
    file.truncate(written);
    ByteBuffer head = ByteBuffer.allocate(Guide.HEAD).putInt(Guide.MAGIC).putInt(0).putLong(begin);
    head.putInt(programmes).putInt(count).putInt(keys.size()).flip();
    file.write(head, 0);
    int checksum = Guide.checksum(file.map(FileChannel.MapMode.READ_ONLY, 0, written));
    file.write(ByteBuffer.allocate(Integer.BYTES).putInt(0, checksum), Integer.BYTES);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /**
   * Where the programmes are, by channel and start; of those that start at once only the one that
   * was added first.
   */
  private int[] sorted(int[] firstOf) throws IOException {
    ByteBuffer programmes = programmes();
    for (int at = Guide.HEAD; at < written; at = next(programmes, at)) {
      firstOf[programmes.getInt(at) + 1]++;
    }
    Arrays.parallelPrefix(firstOf, Integer::sum);
    int[] places = new int[count];
    int[] free = firstOf.clone();
    for (int at = Guide.HEAD; at < written; at = next(programmes, at)) {
      places[free[programmes.getInt(at)]++] = at;
    }
    int kept = 0;
    for (int key = 0; key < keys.size(); key++) {
      long[] byStart = new long[firstOf[key + 1] - firstOf[key]];
      for (int i = 0; i < byStart.length; i++) {
        int at = places[firstOf[key] + i];
        byStart[i] = (long) programmes.getInt(at + Guide.START) << Integer.SIZE | at;
      }
      Arrays.sort(byStart);
      firstOf[key] = kept;
      for (int i = 0; i < byStart.length; i++) {
        if (i == 0 || byStart[i] >> Integer.SIZE != byStart[i - 1] >> Integer.SIZE) {
          places[kept++] = (int) byStart[i];
        }
      }
    }
    firstOf[keys.size()] = kept;
    count = kept;
    return places;
  }

  /** Moves what stays to the front. */
  private void dropBeyondEnd() throws IOException {
    flush();
    ByteBuffer programmes = programmes();
    int last = written;
    written = Guide.HEAD;
    count = 0;
    for (int at = Guide.HEAD; at < last; ) {
      int next = next(programmes, at);
      if (programmes.getInt(at + Guide.START) < end - begin) {
        // What is overwritten was read before: nothing moves back.
        room(next - at);
        buffer.put(programmes.slice(at, next - at));
        count++;
      }
      at = next;
    }
  }

  private ByteBuffer programmes() throws IOException {
    return file.map(FileChannel.MapMode.READ_ONLY, 0, written);
  }

  private static int next(ByteBuffer programmes, int at) {
    return at + Guide.PROGRAMME + programmes.getShort(at + Guide.LENGTH);
  }

  private int bytes() {
    return written + buffer.position() - Guide.HEAD;
  }

  private void room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }

  private void flush() throws IOException {
    write(buffer.flip());
    buffer.clear();
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      written += file.write(bytes, written);
    }
  }

  private static String cut(String title) {
    return title.length() <= LONGEST_TITLE
        ? title
        : title.substring(
                0, title.offsetByCodePoints(0, title.codePointCount(0, LONGEST_TITLE) - 1))
            + "…";
  }
}
