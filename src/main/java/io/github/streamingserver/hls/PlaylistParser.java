package io.github.streamingserver.hls;

import io.github.streamingserver.hls.PlaylistLine.TagLine;
import io.github.streamingserver.hls.PlaylistLine.UriLine;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Reads a playlist (RFC 8216 §4, draft-pantos-hls-rfc8216bis §4). It takes linear time and bounded
 * memory. What players forgive is forgiven with a warning; what leaves no playlist at all, or one
 * that would be misread, is a {@link PlaylistException}; nothing else is thrown.
 */
public final class PlaylistParser {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** What decoders put in the place of bytes that are none of their encoding. */
  private static final char REPLACEMENT = '\uFFFD';

  private PlaylistParser() {}

  /**
   * Reads a decoded text within {@link PlaylistLimits#DEFAULT}.
   *
   * @param base the playlist's own http or https URL, after redirects
   * @param imported {@link Playlist#variables} of the multivariant playlist that led here
   * @throws PlaylistException where it is none
   */
  public static Playlist parse(String text, URI base, Map<String, String> imported) {
    return parse(text, base, imported, PlaylistLimits.DEFAULT);
  }

  /**
   * Reads a UTF-8 text, with or without a byte order mark.
   *
   * @throws PlaylistException where it is none, or over a limit
   */
  public static Playlist parse(
      byte[] text, URI base, Map<String, String> imported, PlaylistLimits limits) {
    checkSize(text.length, limits);
    return parse(new String(text, StandardCharsets.UTF_8), base, imported, limits);
  }

  /**
   * Reads a decoded text.
   *
   * @throws PlaylistException where it is none, or over a limit
   */
  public static Playlist parse(
      String text, URI base, Map<String, String> imported, PlaylistLimits limits) {
    return parse(text, imported, new ParseContext(base, limits, false));
  }

  /**
   * Reads a decoded text of which nothing else is known: what it defines by a variable from
   * elsewhere is left as the reference that it is, with a warning. To look at, not to record from.
   *
   * @throws PlaylistException where it is none, or over a limit
   */
  public static Playlist parseAlone(String text, URI base, PlaylistLimits limits) {
    return parse(text, Map.of(), new ParseContext(base, limits, true));
  }

  private static Playlist parse(String text, Map<String, String> imported, ParseContext context) {
    checkSize(text.length(), context.limits());
    String body = withoutMark(text, context);
    Tag.Scope scope = PlaylistHeader.check(body, context);
    if (body.indexOf(REPLACEMENT) >= 0) {
      context.at(0);
      context.warn("characters that are not UTF-8");
    }
    CommonTags common = new CommonTags(context, imported);
    PlaylistBuilder builder =
        scope == Tag.Scope.MULTIVARIANT
            ? new MultivariantPlaylistBuilder(context, common)
            : new MediaPlaylistBuilder(context, common);
    PlaylistLines lines = new PlaylistLines(body, context);
    while (lines.hasNext()) {
      switch (lines.next()) {
        case UriLine line -> builder.uri(common.variables().expand(line.text()));
        case TagLine line when line.tag().scope() == Tag.Scope.ANY -> common.accept(line);
        case TagLine line when line.tag().scope() == scope -> builder.tag(line);
        case TagLine line -> context.warn(line.tag().text() + " in the other kind of playlist");
      }
    }
    context.at(0);
    return builder.build();
  }

  private static void checkSize(int size, PlaylistLimits limits) {
    if (size > limits.maxSize()) {
      throw new PlaylistException("playlist is larger than " + limits.maxSize() + " bytes");
    }
  }

  private static String withoutMark(String text, ParseContext context) {
    if (text.isEmpty() || text.charAt(0) != BYTE_ORDER_MARK) {
      return text;
    }
    context.warn("byte order mark");
    return text.substring(1);
  }
}
