package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.hls.ByteRange;
import io.github.streamingserver.hls.Segment;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With what a segment that broke off may be gone on with. */
class BegunSegmentTest {
  private static Segment segment(String path, Optional<ByteRange> range) {
    return new Segment(
        URI.create("http://host/" + path),
        path,
        7,
        Duration.ofSeconds(6),
        "",
        range,
        false,
        0,
        false,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        OptionalLong.empty());
  }

  private static Optional<ByteRange> range(long offset) {
    return offset < 0 ? Optional.empty() : Optional.of(new ByteRange(offset, 500));
  }

  private static OptionalLong bytes(long count) {
    return count < 0 ? OptionalLong.empty() : OptionalLong.of(count);
  }

  @ParameterizedTest
  @CsvSource({
    "a.ts?t=1, -1, 500, a.ts?t=2, -1, 500, true",
    "a.ts?t=1, -1, 500, a.ts?t=2, -1, -1, true",
    "a.ts?t=1, -1, 500, a.ts?t=2, -1, 501, false",
    "a.ts, -1, 500, copy/a.ts, -1, 500, true",
    "a.ts, -1, 500, copy/a.ts, -1, -1, false",
    "a.ts, -1, -1, copy/a.ts, -1, 500, false",
    "all.ts, 1000, 500, all.ts, 1000, -1, true",
    "all.ts, 1000, 500, all.ts, 1500, -1, false",
    "all.ts, 1000, 500, all.ts, -1, -1, false",
    "all.ts, -1, 500, all.ts, 1000, -1, false",
  })
  void whatIsOfTheSameBytes(
      String path, long from, long due, String now, long nowFrom, long total, boolean same) {
    BegunSegment begun = new BegunSegment(segment(path, range(from)));
    begun.expect(bytes(due));
    begun.add(100);
    assertThat(begun.isAlso(segment(now, range(nowFrom)), bytes(total))).isEqualTo(same);
  }
}
