package io.github.streamingserver.model;

import java.net.URI;
import java.util.Map;

/** A stream that can be recorded: what a resolver found behind a page or an address. */
public sealed interface MediaSource {
  /** What is fetched: the file, or the media playlist of the chosen variant. */
  URI url();

  /** The recorder for it. */
  RecorderId recorder();

  /** The quality that was chosen, such as {@code 720p}; empty where the source names none. */
  String quality();

  /** One HTTP file; {@code extension} is what its content is, without a dot. */
  record Progressive(URI url, String extension, String quality) implements MediaSource {
    public Progressive {
      if (!extension.matches("[a-z0-9]{1,5}")) {
        throw new IllegalArgumentException("extension '" + extension + "'");
      }
    }

    @Override
    public RecorderId recorder() {
      return RecorderId.MP4;
    }
  }

  /**
   * An HLS media playlist.
   *
   * @param url the media playlist, after redirects
   * @param master the playlist that led there; {@code url} itself where there is no multivariant
   *     one
   * @param variables what that playlist defined, for this one to import
   */
  record Hls(
      URI url, URI master, RecorderId recorder, String quality, Map<String, String> variables)
      implements MediaSource {
    public Hls {
      variables = Map.copyOf(variables);
    }
  }
}
