package io.github.streamingserver.model;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
   * An HLS stream.
   *
   * @param chosen the variant to record
   * @param fallbacks others to take where that one fails, in this order: copies of it elsewhere,
   *     then lower ones
   * @param master the playlist that led there; the chosen variant's where there is no multivariant
   *     one
   * @param muxed whether segments are fragmented MP4 or sound has a playlist of its own, so that
   *     they must become one MPEG-TS
   * @param variables what the multivariant playlist defined, for the others to import
   */
  record Hls(
      Variant chosen,
      List<Variant> fallbacks,
      URI master,
      RecorderId recorder,
      boolean muxed,
      Map<String, String> variables)
      implements MediaSource {
    public Hls {
      fallbacks = List.copyOf(fallbacks);
      variables = Map.copyOf(variables);
    }

    /** The same, of a channel: that its playlist has ended says nothing but that it goes on. */
    public Hls asChannel() {
      return new Hls(chosen, fallbacks, master, RecorderId.HLS_LIVE, muxed, variables);
    }

    @Override
    public URI url() {
      return chosen.url();
    }

    @Override
    public String quality() {
      return chosen.quality();
    }
  }

  /**
   * One quality of an HLS stream.
   *
   * @param url its media playlist, after redirects where it was looked at
   * @param audio the media playlist of its sound, where that is separate
   * @param quality such as {@code 720p}; empty where nothing names it
   * @param subtitles those that belong to it, what is to be preferred first
   */
  record Variant(URI url, Optional<URI> audio, String quality, List<Subtitles> subtitles) {
    public Variant {
      subtitles = List.copyOf(subtitles);
    }

    /** A variant without subtitles. */
    public Variant(URI url, Optional<URI> audio, String quality) {
      this(url, audio, quality, List.of());
    }
  }

  /**
   * Subtitles that have a media playlist of their own (RFC 8216 §4.3.4.1).
   *
   * @param language as RFC 5646 has it; empty where the source names none
   * @param forced only what must be shown even to those who understand the sound
   */
  record Subtitles(URI url, String language, String name, boolean forced) {}
}
