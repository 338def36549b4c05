package io.github.streamingserver.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever broke a reader once, and what is right, beside it and in pieces. */
class FuzzSeedsTest {
  @ParameterizedTest
  @EnumSource
  void isRead(Fuzzing fuzzing) throws IOException {
    FuzzTarget target = fuzzing.target();
    SoftAssertions softly = new SoftAssertions();
    for (Path file : fuzzing.files()) {
      byte[] input = Files.readAllBytes(file);
      for (byte[] some : cuts(input)) {
        softly
            .assertThatCode(() -> target.read(some))
            .as("%s, %d bytes of it", file.getFileName(), some.length)
            .doesNotThrowAnyException();
      }
    }
    softly.assertAll();
  }

  private static List<byte[]> cuts(byte[] input) {
    List<byte[]> cuts = new ArrayList<>();
    for (int eighths = 0; eighths <= 8; eighths++) {
      cuts.add(Arrays.copyOf(input, (int) ((long) input.length * eighths / 8)));
    }
    return cuts;
  }
}
