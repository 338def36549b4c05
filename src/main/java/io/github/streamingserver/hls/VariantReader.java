package io.github.streamingserver.hls;

import io.github.streamingserver.hls.Variant.Groups;
import io.github.streamingserver.hls.Variant.Resolution;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Makes a variant of the attributes of EXT-X-STREAM-INF or EXT-X-I-FRAME-STREAM-INF. */
final class VariantReader {
  private static final int MAX_PIXELS = 1 << 16;
  private static final int MAX_CODECS = 32;
  private static final Set<String> FIELDS =
      Set.of(
          Attributes.URI,
          Attributes.BANDWIDTH,
          Attributes.AVERAGE_BANDWIDTH,
          Attributes.RESOLUTION,
          Attributes.FRAME_RATE,
          Attributes.CODECS,
          Attributes.AUDIO,
          Attributes.VIDEO,
          Attributes.SUBTITLES,
          Attributes.CLOSED_CAPTIONS);

  private final ParseContext context;

  VariantReader(ParseContext context) {
    this.context = context;
  }

  Variant read(AttributeList attributes, URI url, String rawUri) {
    OptionalLong bandwidth = attributes.integer(Attributes.BANDWIDTH);
    if (bandwidth.isEmpty()) {
      context.warn("variant without BANDWIDTH");
    }
    return new Variant(
        url,
        rawUri,
        bandwidth.orElse(0),
        attributes.integer(Attributes.AVERAGE_BANDWIDTH),
        attributes.parsed(Attributes.RESOLUTION, VariantReader::resolution),
        attributes.decimal(Attributes.FRAME_RATE),
        codecs(attributes.text(Attributes.CODECS).orElse("")),
        groups(attributes),
        attributes.without(FIELDS));
  }

  private static Groups groups(AttributeList attributes) {
    return new Groups(
        attributes.text(Attributes.AUDIO),
        attributes.text(Attributes.VIDEO),
        attributes.text(Attributes.SUBTITLES),
        attributes.text(Attributes.CLOSED_CAPTIONS).filter(group -> !group.equals("NONE")));
  }

  private List<String> codecs(String text) {
    List<String> codecs =
        Arrays.stream(text.split(",", MAX_CODECS + 1))
            .map(String::strip)
            .filter(codec -> !codec.isEmpty())
            .toList();
    if (codecs.size() <= MAX_CODECS) {
      return codecs;
    }
    context.warn("more than " + MAX_CODECS + " codecs, the first ones hold");
    return codecs.subList(0, MAX_CODECS);
  }

  private static Optional<Resolution> resolution(String text) {
    int x = text.toLowerCase(Locale.ROOT).indexOf('x');
    if (x < 0) {
      return Optional.empty();
    }
    return pixels(text.substring(0, x))
        .flatMap(w -> pixels(text.substring(x + 1)).map(h -> new Resolution(w, h)));
  }

  private static Optional<Integer> pixels(String text) {
    return Numbers.integer(text.strip()).filter(n -> n > 0 && n <= MAX_PIXELS).map(Long::intValue);
  }
}
