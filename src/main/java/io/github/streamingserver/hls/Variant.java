package io.github.streamingserver.hls;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * EXT-X-STREAM-INF or EXT-X-I-FRAME-STREAM-INF (RFC 8216 §4.3.4.2).
 *
 * @param bandwidth peak bits per second; 0 where the text has none
 * @param codecs RFC 6381 names; empty where the text has none
 * @param groups of renditions that belong to it
 * @param others every further attribute (NAME, SCORE, VIDEO-RANGE, PATHWAY-ID…), as text
 */
public record Variant(
    URI uri,
    String rawUri,
    long bandwidth,
    OptionalLong averageBandwidth,
    Optional<Resolution> resolution,
    OptionalDouble frameRate,
    List<String> codecs,
    Groups groups,
    Map<String, String> others) {

  /** Picture size in pixels. */
  public record Resolution(int width, int height) {
    public Resolution {
      if (width < 1 || height < 1) {
        throw new IllegalArgumentException("resolution " + width + "x" + height);
      }
    }

    @Override
    public String toString() {
      return width + "x" + height;
    }
  }

  /** GROUP-IDs by the rendition type that they name. */
  public record Groups(
      Optional<String> audio,
      Optional<String> video,
      Optional<String> subtitles,
      Optional<String> closedCaptions) {}

  public Variant {
    codecs = List.copyOf(codecs);
    others = Map.copyOf(others);
  }

  /** NAME, which no RFC defines but players show. */
  public Optional<String> name() {
    return Optional.ofNullable(others.get(Attributes.NAME));
  }
}
