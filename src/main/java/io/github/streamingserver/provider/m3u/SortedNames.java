package io.github.streamingserver.provider.m3u;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SequencedCollection;
import java.util.Set;

/** A set of names, each with its rank, in hardly more memory than their characters need. */
final class SortedNames {
  private final byte[] text;
  private final int[] ends;

  private SortedNames(byte[] text, int[] ends) {
    this.text = text;
    this.ends = ends;
  }

  static SortedNames of(Set<String> names) {
    return ofSorted(names.stream().sorted().toList());
  }

  /**
   * @param names in their natural order, each once
   */
  static SortedNames ofSorted(SequencedCollection<String> names) {
    int[] ends = new int[names.size()];
    byte[] text = new byte[1 << 10];
    int size = 0;
    int count = 0;
    for (String name : names) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      if (size + bytes.length > text.length) {
        text = Arrays.copyOf(text, Math.max(size + bytes.length, text.length * 2));
      }
      System.arraycopy(bytes, 0, text, size, bytes.length);
      size += bytes.length;
      ends[count++] = size;
    }
    return new SortedNames(Arrays.copyOf(text, size), ends);
  }

  int size() {
    return ends.length;
  }

  String get(int rank) {
    int from = rank == 0 ? 0 : ends[rank - 1];
    return new String(text, from, ends[rank] - from, StandardCharsets.UTF_8);
  }

  /** The rank of {@code name}; negative where it is not in here. */
  int find(String name) {
    int low = 0;
    int high = ends.length - 1;
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
