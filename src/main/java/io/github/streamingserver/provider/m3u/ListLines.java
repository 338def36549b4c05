package io.github.streamingserver.provider.m3u;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Lines of text whose encoding nobody names: UTF-8, and latin-1 where a line is none. A byte order
 * mark is no part of the first; lines end with CR, LF or both. What goes beyond {@value #LONGEST}
 * bytes of a line is left out: no address or name is that long.
 */
final class ListLines {
  static final int LONGEST = 64 << 10;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
  private boolean first = true;
  private boolean afterCr;

  ListLines(InputStream in) {
    this.in = new BufferedInputStream(in, 32 << 10);
  }

  /** The next line; empty at the end. */
  Optional<String> next() throws IOException {
    line.reset();
    int c = in.read();
    if (c == '\n' && afterCr) {
      c = in.read();
    }
    if (c < 0) {
      return Optional.empty();
    }
    while (c >= 0 && c != '\n' && c != '\r') {
      if (line.size() < LONGEST) {
        line.write(c);
      }
      c = in.read();
    }
    afterCr = c == '\r';
    String text = decoded(line.toByteArray());
    boolean marked = first && text.startsWith(BYTE_ORDER_MARK);
    first = false;
    return Optional.of(marked ? text.substring(1) : text);
  }

  private static String decoded(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException latin) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }
}
