package io.github.streamingserver.hls;

import io.github.streamingserver.hls.PlaylistParser.Warnings;
import io.github.streamingserver.model.Urls;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines of a multivariant playlist → {@link MultivariantPlaylist} (RFC 8216 §4.3.4). */
final class MultivariantReader implements PlaylistParser.Reader {
  private final URI base;
  private final Warnings warnings;
  private final List<Variant> variants = new ArrayList<>();
  private final List<Rendition> renditions = new ArrayList<>();
  private final List<Key> sessionKeys = new ArrayList<>();
  private Optional<AttributeList> streamInf = Optional.empty();
  private int version = 1;

  MultivariantReader(URI base, Variables variables, Warnings warnings) {
    this.base = base;
    this.warnings = warnings;
  }

  @Override
  public void tag(int line, String name, String value) {
    switch (name) {
      case Tag.STREAM_INF -> streamInf = Optional.of(AttributeList.parse(value));
      case Tag.MEDIA -> renditions.add(rendition(line, AttributeList.parse(value)));
      case Tag.SESSION_KEY -> sessionKeys.add(new KeyReader(base).read(AttributeList.parse(value)));
      case Tag.VERSION -> version = value.matches("\\d{1,2}") ? Integer.parseInt(value) : 1;
      default -> {
        // RFC 8216 §6.3.1: a client must ignore tags that it doesn't know.
      }
    }
  }

  @Override
  public void uri(int line, String uri) {
    if (streamInf.isEmpty()) {
      warnings.add(line, "a URI without EXT-X-STREAM-INF");
      return;
    }
    AttributeList attributes = streamInf.get();
    streamInf = Optional.empty();
    resolve(line, uri).ifPresent(address -> variants.add(variant(address, attributes)));
  }

  private static Variant variant(URI uri, AttributeList attributes) {
    return new Variant(
        uri,
        attributes.number("BANDWIDTH").orElse(0),
        attributes.number("AVERAGE-BANDWIDTH").orElse(0),
        attributes.resolution("RESOLUTION", true),
        attributes.resolution("RESOLUTION", false),
        attributes.decimal("FRAME-RATE"),
        attributes.textOrEmpty("CODECS"),
        attributes.textOrEmpty("AUDIO"),
        attributes.textOrEmpty("VIDEO"),
        attributes.textOrEmpty("SUBTITLES"));
  }

  private Rendition rendition(int line, AttributeList attributes) {
    return new Rendition(
        attributes.textOrEmpty("TYPE"),
        attributes.textOrEmpty("GROUP-ID"),
        attributes.textOrEmpty("NAME"),
        attributes.textOrEmpty("LANGUAGE"),
        attributes.yes("DEFAULT"),
        attributes.yes("AUTOSELECT"),
        attributes.yes("FORCED"),
        attributes.text("URI").flatMap(uri -> resolve(line, uri)));
  }

  private Optional<URI> resolve(int line, String uri) {
    try {
      return Optional.of(Urls.resolve(base, uri));
    } catch (IllegalArgumentException e) {
      warnings.add(line, e.getMessage() + "; left out");
      return Optional.empty();
    }
  }

  @Override
  public int size() {
    return variants.size() + renditions.size() + sessionKeys.size();
  }

  @Override
  public Playlist playlist() throws PlaylistException {
    if (variants.isEmpty()) {
      throw new PlaylistException("a multivariant playlist without a variant that can be fetched");
    }
    return new MultivariantPlaylist(version, variants, renditions, sessionKeys, warnings.list());
  }
}
