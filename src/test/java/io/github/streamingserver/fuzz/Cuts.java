package io.github.streamingserver.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Cuts an input into chunks, always the same way. */
public final class Cuts {
  private static final int[] SIZES = {1, 3, 187, 188, 189, 1000, 5000};

  private Cuts() {}

  /** {@code input} in copies of its pieces. */
  public static List<byte[]> of(byte[] input) {
    Random random = new Random(Arrays.hashCode(input));
    int most = SIZES[random.nextInt(SIZES.length)];
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < input.length; ) {
      // Long inputs in few pieces: cutting is not what is to take the time.
      int size = 1 + random.nextInt(Math.max(most, input.length / 200));
      int end = Math.min(input.length, at + size);
      pieces.add(Arrays.copyOfRange(input, at, end));
      at = end;
    }
    return pieces;
  }
}
