package io.github.streamingserver.provider.m3u;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SequencedCollection;
import java.util.Set;

/**
 * A set of names, each with its rank, in hardly more memory than their characters need; in a file,
 * none. Thread-safe.
 */
final class SortedNames {
  private final int count;

  /** Where each name ends in what follows: the names, one behind the other, in UTF-8. */
  private final ByteBuffer image;

  private SortedNames(int count, ByteBuffer image) {
    this.count = count;
    this.image = image;
  }

  static SortedNames of(Set<String> names) {
    return ofSorted(names.stream().sorted().toList());
  }

  /**
   * @param names in their natural order, each once
   */
  static SortedNames ofSorted(SequencedCollection<String> names) {
    int begin = names.size() * Integer.BYTES;
    byte[] image = new byte[begin + (1 << 10)];
    int size = begin;
    int rank = 0;
    for (String name : names) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      if (size + bytes.length > image.length) {
        image = Arrays.copyOf(image, Math.max(size + bytes.length, image.length * 2));
      }
      System.arraycopy(bytes, 0, image, size, bytes.length);
      size += bytes.length;
      ByteBuffer.wrap(image).putInt(rank++ * Integer.BYTES, size - begin);
    }
    return new SortedNames(rank, ByteBuffer.wrap(Arrays.copyOf(image, size)));
  }

  /** Those of an {@link #image}, which is not copied. */
  static SortedNames ofImage(int count, ByteBuffer image) {
    return new SortedNames(count, image);
  }

  /** What {@link #ofImage} understands. */
  ByteBuffer image() {
    return image.asReadOnlyBuffer();
  }

  int size() {
    return count;
  }

  String get(int rank) {
    int from = rank == 0 ? 0 : image.getInt((rank - 1) * Integer.BYTES);
    byte[] name = new byte[image.getInt(rank * Integer.BYTES) - from];
    image.get(count * Integer.BYTES + from, name);
    return new String(name, StandardCharsets.UTF_8);
  }

  /** The rank of {@code name}; negative where it is not in here. */
  int find(String name) {
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = get(middle).compareTo(name);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }
}
