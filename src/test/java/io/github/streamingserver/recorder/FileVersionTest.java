package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.http.FileVersion;
import io.github.streamingserver.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tells whether a broken download may go on where it was: version, range, bytes to skip. */
class FileVersionTest {
  private static final String NONE = "-";

  private static FileVersion version(String etag, String modified, long length) {
    return new FileVersion(
        Optional.of(etag).filter(text -> !text.equals(NONE)),
        Optional.of(modified).filter(text -> !text.equals(NONE)),
        length < 0 ? OptionalLong.empty() : OptionalLong.of(length));
  }

  @ParameterizedTest
  @CsvSource({
    // one's tag, date, length, the other's, may be the same
    "a, Mon, 10, a, Mon, 10, true",
    "a, -, -1, a, -, -1, true",
    "a, Mon, 10, b, Mon, 10, false",
    "a, Mon, 10, a, Tue, 10, false",
    "a, Mon, 10, a, Mon, 11, false",
    "a, Mon, 10, -, -, -1, true",
    "-, -, -1, a, Mon, 10, true",
    "-, -, 10, -, -, 11, false",
    "-, -, -1, -, -, -1, true",
  })
  void isTheSameWhereNothingSpeaksAgainstIt(
      String etag,
      String date,
      long length,
      String etag2,
      String date2,
      long length2,
      boolean same) {
    FileVersion one = version(etag, date, length);
    FileVersion other = version(etag2, date2, length2);
    assertThat(one.mayBe(other)).isEqualTo(same);
    assertThat(other.mayBe(one)).isEqualTo(same);
  }

  @ParameterizedTest
  @CsvSource({
    "\"strong\", Mon, \"strong\"",
    "W/\"weak\", Mon, Mon",
    "-, Mon, Mon",
    "W/\"weak\", -, -",
    "-, -, -",
  })
  void namesAStrongTagElseTheDate(String etag, String date, String validator) {
    assertThat(version(etag, date, 1).validator().orElse(NONE)).isEqualTo(validator);
  }

  @Test
  void readsHeadersWhateverTheirCase() {
    HttpHeaders headers =
        new HttpHeaders(Map.of("etag", List.of("\"x\""), "LAST-MODIFIED", List.of("Mon")));
    assertThat(FileVersion.of(headers, OptionalLong.of(3))).isEqualTo(version("\"x\"", "Mon", 3));
  }

  @ParameterizedTest
  @CsvSource({
    "bytes 0-99/100, 0, 100",
    "bytes 50-99/100, 50, 100",
    "bytes 50-99/*, 50, -1",
    "' bytes   7-8/9 ', 7, 9",
    "bytes 999999999999999999-999999999999999999/*, 999999999999999999, -1",
    // nothing that can be used
    "bytes */100, -1, -1",
    "bytes 50-/100, -1, -1",
    "bytes -5-9/100, -1, -1",
    "items 0-9/10, -1, -1",
    "bytes 9999999999999999999-9999999999999999999/*, -1, -1",
    "bytes 0-9/10; x, -1, -1",
    "'', -1, -1",
  })
  void readsAContentRange(String header, long first, long total) {
    HttpHeaders headers = new HttpHeaders(Map.of("Content-Range", List.of(header)));
    ContentRange range = ContentRange.of(headers);
    assertThat(range.first()).isEqualTo(first);
    assertThat(range.total().orElse(-1)).isEqualTo(total);
  }

  @Test
  void hasNoRangeWithoutTheHeader() {
    assertThat(ContentRange.of(new HttpHeaders(Map.of())))
        .isEqualTo(new ContentRange(-1, OptionalLong.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    // to skip, bytes, still to skip, left
    "0, abc, 0, abc",
    "2, abc, 0, c",
    "3, abc, 0, ''",
    "5, abc, 2, ''",
    "5, '', 5, ''",
    "99999999999, abc, 99999999996, ''",
  })
  void dropsTheBytesThatAreThere(long skip, String bytes, long still, String left) {
    assertThat(SkippedBytes.next(skip, ByteString.fromString(bytes)))
        .isEqualTo(Pair.create(still, ByteString.fromString(left)));
  }
}
