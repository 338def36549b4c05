package io.github.streamingserver.provider.m3u;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What is on now and next, by channel, in a file that is read where it is asked for: of a guide's
 * many megabytes none are on the heap. Immutable.
 *
 * <p>The file, all of it big-endian: a head of {@value #HEAD} bytes; programmes as they came; where
 * each of them is, sorted by channel and start; by channel, which of these is its first, and behind
 * the last channel how many there are; the channels' names as {@link SortedNames} has them.
 */
final class Guide {
  /** Magic, checksum of what follows, begin, and the sizes of the parts. */
  static final int HEAD = 2 * Integer.BYTES + Long.BYTES + 3 * Integer.BYTES;

  static final int MAGIC = 0x53534731;

  /** Of a programme, before its title: channel, start, stop, length of the title. */
  static final int PROGRAMME = 3 * Integer.BYTES + Short.BYTES;

  static final int START = Integer.BYTES;
  static final int STOP = 2 * Integer.BYTES;
  static final int LENGTH = 3 * Integer.BYTES;

  /** A programme that does not say when it ends. */
  static final int OPEN = Integer.MAX_VALUE;

  /** How long such a one is where none follows, in seconds. */
  private static final int USUAL_LENGTH = 3600;

  /** The guide that knows nothing. */
  static final Guide EMPTY = new Guide(ByteBuffer.allocate(HEAD + Integer.BYTES));

  /** A programme; {@code stop} is the first moment after it. */
  record Programme(Instant start, Instant stop, String title) {}

  /** What is on, where that is known, and what follows. */
  record NowNext(Optional<Programme> now, Optional<Programme> next) {}

  private final ByteBuffer file;
  private final SortedNames keys;
  private final long begin;
  private final int count;
  private final int sorted;
  private final int firstOf;

  private Guide(ByteBuffer file) {
    this.file = file;
    this.begin = file.getLong(8);
    this.sorted = file.getInt(16);
    this.count = file.getInt(20);
    int channels = file.getInt(24);
    this.firstOf = (sorted == 0 ? HEAD : sorted) + count * Integer.BYTES;
    int names = firstOf + (channels + 1) * Integer.BYTES;
    this.keys = SortedNames.ofImage(channels, file.slice(names, file.limit() - names));
  }

  /**
   * Reads what {@link GuideWriter} wrote. The file may be replaced while the guide is in use, never
   * changed.
   *
   * @throws IOException also where it is something else
   */
  static Guide read(Path path) throws IOException {
    ByteBuffer file;
    try (FileChannel channel = FileChannel.open(path)) {
      file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    }
    if (file.limit() < HEAD || file.getInt(0) != MAGIC || file.getInt(4) != checksum(file)) {
      throw new IOException("no guide");
    }
    return new Guide(file);
  }

  /** Of all behind itself. */
  static int checksum(ByteBuffer file) {
    CRC32C sum = new CRC32C();
    sum.update(file.duplicate().position(2 * Integer.BYTES));
    return (int) sum.getValue();
  }

  /** What is on at {@code now} and next on the channel of this key. */
  NowNext at(String key, Instant now) {
    int channel = keys.find(key);
    if (channel < 0) {
      return new NowNext(Optional.empty(), Optional.empty());
    }
    long time = now.getEpochSecond() - begin;
    int first = first(channel);
    int last = first(channel + 1);
    int next = first;
    while (next < last && start(next) <= time) {
      next++;
    }
    boolean on = next > first && stop(next - 1, last) > time;
    return new NowNext(
        on ? Optional.of(programme(next - 1, last)) : Optional.empty(),
        next < last ? Optional.of(programme(next, last)) : Optional.empty());
  }

  /** How many programmes there are in all. */
  int size() {
    return count;
  }

  private int first(int channel) {
    return file.getInt(firstOf + channel * Integer.BYTES);
  }

  private int at(int number) {
    return file.getInt(sorted + number * Integer.BYTES);
  }

  private int start(int number) {
    return file.getInt(at(number) + START);
  }

  /** Where a programme does not say when it ends, the next does. */
  private int stop(int number, int last) {
    int stop = file.getInt(at(number) + STOP);
    if (stop != OPEN) {
      return stop;
    }
    return number + 1 < last ? start(number + 1) : start(number) + USUAL_LENGTH;
  }

  private Programme programme(int number, int last) {
    byte[] title = new byte[file.getShort(at(number) + LENGTH)];
    file.get(at(number) + PROGRAMME, title);
    return new Programme(
        Instant.ofEpochSecond(begin + start(number)),
        Instant.ofEpochSecond(begin + stop(number, last)),
        new String(title, StandardCharsets.UTF_8));
  }
}
