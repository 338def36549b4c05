package io.github.streamingserver.hls;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Text → {@link Playlist} (RFC 8216 §4), in one pass over its lines. Lenient where players are: a
 * byte order mark, CRLF, a missing or decimal target duration, attributes behind EXTINF, spaces.
 * What was forgiven stands in {@link Playlist#warnings}. Pure; thread-safe.
 */
public final class PlaylistParser {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final PlaylistLimits limits;

  public PlaylistParser(PlaylistLimits limits) {
    this.limits = limits;
  }

  /**
   * Reads a playlist.
   *
   * @param content as UTF-8
   * @param base what its URIs are relative to: where it came from, after redirects
   * @throws PlaylistException where it is none, or beyond the limits
   */
  public Playlist parse(byte[] content, URI base) throws PlaylistException {
    if (content.length > limits.bytes()) {
      throw new PlaylistException("longer than " + limits.bytes() + " bytes");
    }
    return parse(new String(content, StandardCharsets.UTF_8), base);
  }

  /**
   * Reads a playlist, as {@link #parse(byte[], URI)} does.
   *
   * @throws PlaylistException where it is none, or beyond the limits
   */
  public Playlist parse(String content, URI base) throws PlaylistException {
    String text = content.startsWith(BYTE_ORDER_MARK) ? content.substring(1) : content;
    Warnings warnings = new Warnings();
    if (!text.stripLeading().startsWith(Tag.EXTM3U)) {
      requireSomeTag(text);
      warnings.add(1, "begins without " + Tag.EXTM3U);
    }
    Variables variables = new Variables(base);
    boolean multivariant =
        text.contains(Tag.STREAM_INF + ":") || text.contains(Tag.I_FRAME_STREAM_INF + ":");
    Reader reader =
        multivariant
            ? new MultivariantReader(base, variables, warnings)
            : new MediaReader(base, variables, warnings);
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (line.length() > limits.lineLength()) {
        throw new PlaylistException(number, "longer than " + limits.lineLength() + " characters");
      }
      read(reader, number, line.strip(), variables);
      if (reader.size() > limits.segments()) {
        throw new PlaylistException(number, "more than " + limits.segments() + " entries");
      }
    }
    return reader.playlist();
  }

  /** Some lists begin without the first tag; a web page may speak of one. */
  private static void requireSomeTag(String text) throws PlaylistException {
    boolean begins = text.stripLeading().startsWith(Tag.ANY) && text.contains(Tag.EXTINF + ":");
    if (!begins && !text.contains("\n" + Tag.EXTINF + ":")) {
      throw new PlaylistException(1, "no playlist: it doesn't begin with " + Tag.EXTM3U);
    }
  }

  private static void read(Reader reader, int number, String line, Variables variables)
      throws PlaylistException {
    if (line.isEmpty() || (line.startsWith("#") && !line.startsWith(Tag.ANY))) {
      return;
    }
    if (!line.startsWith("#")) {
      reader.uri(number, variables.substitute(line));
      return;
    }
    int colon = line.indexOf(':');
    String name = colon < 0 ? line : line.substring(0, colon).strip();
    String value = colon < 0 ? "" : variables.substitute(line.substring(colon + 1).strip());
    if (name.equals(Tag.DEFINE)) {
      variables.define(AttributeList.parse(value));
    } else {
      reader.tag(number, name, value);
    }
  }

  /** Takes the lines of one kind of playlist, in order. */
  interface Reader {
    /** A tag, its name with {@code #}, its value behind the colon. */
    void tag(int line, String name, String value) throws PlaylistException;

    /** A line that is a URI. */
    void uri(int line, String uri) throws PlaylistException;

    /** How many entries there are so far. */
    int size();

    Playlist playlist() throws PlaylistException;
  }

  /** What was forgiven; the first hundred. */
  static final class Warnings {
    private static final int MOST = 100;
    private final List<String> texts = new ArrayList<>();

    void add(int line, String text) {
      if (texts.size() < MOST) {
        texts.add("line " + line + ": " + text);
      }
    }

    List<String> list() {
      return texts;
    }
  }
}
