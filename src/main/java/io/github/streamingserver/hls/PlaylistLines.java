package io.github.streamingserver.hls;

import io.github.streamingserver.hls.PlaylistLine.TagLine;
import io.github.streamingserver.hls.PlaylistLine.UriLine;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text into lines, in one pass and without copying it. A line ends with LF, CR or both;
 * white space around it is dropped.
 */
final class PlaylistLines implements Iterator<PlaylistLine> {
  private static final String TAG_PREFIX = "#EXT";

  private final String text;
  private final ParseContext context;
  private int position;
  private int number;
  private @Nullable PlaylistLine next;

  PlaylistLines(String text, ParseContext context) {
    this.text = text;
    this.context = context;
  }

  /**
   * @throws PlaylistException at a line over the limit
   */
  @Override
  public boolean hasNext() {
    while (next == null && position < text.length()) {
      next = read().orElse(null);
    }
    return next != null;
  }

  @Override
  public PlaylistLine next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    PlaylistLine line = next;
    next = null;
    return line;
  }

  private Optional<PlaylistLine> read() {
    int begin = position;
    int end = begin;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    boolean crLf = text.startsWith("\r\n", end);
    position = end + (crLf ? 2 : 1);
    number++;
    context.at(number);
    if (end - begin > context.limits().maxLineLength()) {
      throw context.error("longer than " + context.limits().maxLineLength() + " characters");
    }
    String line = text.substring(begin, end).strip();
    if (line.isEmpty()) {
      return Optional.empty();
    }
    if (Character.isWhitespace(text.charAt(begin))) {
      context.warn("white space before the text");
    }
    return line.charAt(0) == '#' ? tag(line) : Optional.of(new UriLine(number, line));
  }

  private Optional<PlaylistLine> tag(String line) {
    if (!line.regionMatches(true, 0, TAG_PREFIX, 0, TAG_PREFIX.length())) {
      return Optional.empty();
    }
    int end = 1;
    while (end < line.length() && isNamePart(line.charAt(end))) {
      end++;
    }
    String name = line.substring(1, end);
    String value = end < line.length() ? line.substring(end + 1).strip() : "";
    Optional<Tag> exact = Tag.of(name);
    if (exact.isPresent()) {
      return exact.map(tag -> new TagLine(number, tag, value));
    }
    Optional<Tag> similar = Tag.of(name.toUpperCase(Locale.ROOT));
    similar.ifPresent(tag -> context.warn("lower case " + tag.text()));
    return similar.map(tag -> new TagLine(number, tag, value));
  }

  private static boolean isNamePart(char c) {
    return c != ':' && !Character.isWhitespace(c);
  }
}
