package io.github.streamingserver.hls;

import io.github.streamingserver.hls.PlaylistLine.TagLine;
import io.github.streamingserver.hls.PlaylistLine.UriLine;
import java.util.Optional;

/**
 * Tells a playlist from what servers send in its place, and which kind it is: the first tag that
 * only one kind has decides.
 *
 * <p>A text without EXTM3U at its beginning is one all the same where comments alone stand before
 * its first tag: lists that were cut or written by hand begin so. Prose, JSON and scripts that hold
 * such a tag further on do not.
 */
final class PlaylistHeader {
  private static final String HEADER = "#" + Tag.EXTM3U.text();

  private PlaylistHeader() {}

  /**
   * The kind, never {@link Tag.Scope#ANY}; a text with EXTM3U that does not tell is a media
   * playlist.
   *
   * @throws PlaylistException where it is neither
   */
  static Tag.Scope check(String text, ParseContext context) {
    int begin = firstVisible(text);
    if (begin == text.length()) {
      throw new PlaylistException("empty playlist");
    }
    if (text.charAt(begin) == '<') {
      throw new PlaylistException(1, "an HTML or XML document, not a playlist");
    }
    if (text.indexOf('\0') >= 0) {
      throw new PlaylistException("binary data, not a playlist");
    }
    if (text.charAt(begin) != '#') {
      throw noHeader();
    }
    boolean header = text.regionMatches(true, begin, HEADER, 0, HEADER.length());
    Optional<Tag.Scope> scope = decisive(text, header, context.limits());
    if (!header && scope.isEmpty()) {
      throw noHeader();
    }
    if (!header) {
      context.at(1);
      context.warn("does not begin with EXTM3U");
    }
    return scope.orElse(Tag.Scope.MEDIA);
  }

  private static int firstVisible(String text) {
    int at = 0;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static PlaylistException noHeader() {
    return new PlaylistException(1, "no EXTM3U: not a playlist");
  }

  private static Optional<Tag.Scope> decisive(String text, boolean header, PlaylistLimits limits) {
    ParseContext unheard = new ParseContext(Segment.UNRESOLVED, limits, false);
    PlaylistLines lines = new PlaylistLines(text, unheard);
    boolean tagged = header;
    while (lines.hasNext()) {
      switch (lines.next()) {
        case TagLine line when line.tag().scope() != Tag.Scope.ANY -> {
          return Optional.of(line.tag().scope());
        }
        case TagLine _ -> tagged = true;
        case UriLine _ -> {
          if (!tagged) {
            return Optional.empty();
          }
        }
      }
    }
    return Optional.empty();
  }
}
