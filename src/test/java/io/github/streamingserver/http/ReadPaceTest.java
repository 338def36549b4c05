package io.github.streamingserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadPaceTest {
  private static final int LONGEST = 4;

  /** Pieces in KiB, each after silence where a dash stands before it, and the rests after them. */
  @ParameterizedTest
  @CsvSource({
    // A handshake, a short answer
    "1 1, 0 0",
    // A network that brings packets
    "1 1 1, 0 0 1",
    // The rest was long enough
    "1 1 1 40, 0 0 1 1",
    // It was not
    "1 1 1 31, 0 0 1 2",
    "1 1 1 2 4 8 16 16, 0 0 1 2 3 4 4 4",
    // It was longer than it had to be
    "1 1 1 20 70 70 1 1 1, 0 0 1 2 1 0 0 0 1",
    // A fast network, or this machine
    "256 170 1 256 1 64 1, 0 0 0 0 0 0 0",
    // The next answer on a slow connection
    "1 1 1 2 4 -1 1 1, 0 0 1 2 3 0 0 1",
    "1 1 -1 1 -1 1, 0 0 0 0 0 0"
  })
  void restsWherePiecesAreSmall(String pieces, String rests) {
    ReadPace pace = new ReadPace(LONGEST);
    List<String> all = new ArrayList<>();
    for (String piece : pieces.split(" ", -1)) {
      int size = Math.abs(Integer.parseInt(piece)) << 10;
      all.add(String.valueOf(pace.read(size, piece.startsWith("-"))));
    }
    assertThat(String.join(" ", all)).isEqualTo(rests);
  }
}
