package io.github.streamingserver.hls;

import io.github.streamingserver.hls.PlaylistLine.TagLine;
import java.util.Optional;

/**
 * Tells a playlist from what servers send in its place, and which kind it is: the first tag that
 * only one kind has decides.
 */
final class PlaylistHeader {
  private PlaylistHeader() {}

  /**
   * The kind, never {@link Tag.Scope#ANY}; a text with EXTM3U that does not tell is a media
   * playlist.
   *
   * @throws PlaylistException where it is neither
   */
  static Tag.Scope check(String text, ParseContext context) {
    String begin = text.substring(0, Math.min(text.length(), 64)).strip();
    if (begin.isEmpty() && text.isBlank()) {
      throw new PlaylistException("empty playlist");
    }
    if (begin.startsWith("<")) {
      throw new PlaylistException(1, "an HTML or XML document, not a playlist");
    }
    if (text.indexOf('\0') >= 0) {
      throw new PlaylistException("binary data, not a playlist");
    }
    boolean header = begin.startsWith("#" + Tag.EXTM3U.text());
    Optional<Tag.Scope> scope = decisive(text, context.limits());
    if (!header && scope.isEmpty()) {
      throw new PlaylistException(1, "no EXTM3U: not a playlist");
    }
    if (!header) {
      context.at(1);
      context.warn("does not begin with EXTM3U");
    }
    return scope.orElse(Tag.Scope.MEDIA);
  }

  private static Optional<Tag.Scope> decisive(String text, PlaylistLimits limits) {
    ParseContext unheard = new ParseContext(Segment.UNRESOLVED, limits);
    PlaylistLines lines = new PlaylistLines(text, unheard);
    while (lines.hasNext()) {
      if (lines.next() instanceof TagLine line && line.tag().scope() != Tag.Scope.ANY) {
        return Optional.of(line.tag().scope());
      }
    }
    return Optional.empty();
  }
}
