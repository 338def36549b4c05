package io.github.streamingserver.hls;

import io.github.streamingserver.hls.Cue.Kind;
import io.github.streamingserver.hls.PlaylistLine.TagLine;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads an ad marker in any of the forms that are met: {@code CUE-OUT:30}, {@code
 * CUE-OUT:DURATION=30}, {@code CUE-OUT-CONT:10/30}, {@code
 * CUE-OUT-CONT:ElapsedTime=10,Duration=30}.
 */
final class CueReader {
  private CueReader() {}

  static Cue read(TagLine line, TagReader reader) {
    Kind kind =
        switch (line.tag()) {
          case CUE_OUT -> Kind.OUT;
          case CUE_OUT_CONT -> Kind.CONTINUED;
          case CUE_IN -> Kind.IN;
          default -> throw new AssertionError(line.tag());
        };
    String value = line.value();
    if (value.indexOf('=') >= 0) {
      // No RFC says that these names are upper case, and they never are.
      AttributeList attributes =
          reader.attributes(new TagLine(line.number(), line.tag(), value.toUpperCase(Locale.ROOT)));
      return new Cue(
          kind, attributes.seconds(Attributes.DURATION), attributes.seconds("ELAPSEDTIME"));
    }
    int slash = value.indexOf('/');
    return slash < 0
        ? new Cue(kind, seconds(value), Optional.empty())
        : new Cue(kind, seconds(value.substring(slash + 1)), seconds(value.substring(0, slash)));
  }

  private static Optional<Duration> seconds(String text) {
    return Numbers.seconds(text.strip()).filter(time -> !time.isNegative());
  }
}
