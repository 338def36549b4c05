package io.github.streamingserver.cli;

/** Texts of servers made fit for a terminal: nothing in them can steer it, and widths are known. */
final class Text {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private Text() {}

  /**
   * One line without control characters, lone surrogates, and invisible ones that turn the reading
   * direction; line breaks and tabs become spaces.
   */
  static String clean(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\t' || c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029) {
                out.append(' ');
              } else if (!steers(c)) {
                out.appendCodePoint(c);
              }
            });
    return out.toString().strip();
  }

  /**
   * JSON whose texts can't steer a terminal, or end a line, either: what would is written as an
   * escape.
   */
  static String escape(String json) {
    StringBuilder out = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c > '~' && !Character.isSurrogate(c) && steers(c)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Columns that {@code text} takes: wide characters two, combining ones none. */
  static int width(String text) {
    return text.codePoints().map(Text::width).sum();
  }

  /** {@code text}, cut to {@code width} columns with an ellipsis where it is wider. */
  static String fit(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int used = 1;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      used += width(c);
      if (used > width) {
        break;
      }
      out.appendCodePoint(c);
    }
    return out.append('…').toString();
  }

  private static boolean steers(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.FORMAT -> c != ZERO_WIDTH_JOINER && c != ZERO_WIDTH_NON_JOINER;
      default -> false;
    };
  }

  private static int width(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    boolean wide =
        in(c, 0x1100, 0x115f)
            || in(c, 0x2e80, 0xa4cf)
            || in(c, 0xac00, 0xd7a3)
            || in(c, 0xf900, 0xfaff)
            || in(c, 0xfe30, 0xfe6f)
            || in(c, 0xff00, 0xff60)
            || in(c, 0xffe0, 0xffe6)
            || in(c, 0x1f300, 0x1faff)
            || in(c, 0x20000, 0x3fffd);
    return wide ? 2 : 1;
  }

  private static boolean in(int c, int first, int last) {
    return c >= first && c <= last;
  }
}
