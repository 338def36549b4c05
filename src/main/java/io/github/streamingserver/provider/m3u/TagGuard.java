package io.github.streamingserver.provider.m3u;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * XML in which no tag, attribute or text is so long that reading it takes memory: an XML parser
 * holds each of them whole.
 */
final class TagGuard extends FilterInputStream {
  static final int LONGEST = 1 << 20;

  private int since;

  TagGuard(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int got = read(one, 0, 1);
    return got < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int count) throws IOException {
    int got = super.read(bytes, from, count);
    for (int i = 0; i < got; i++) {
      since = bytes[from + i] == '>' ? 0 : since + 1;
      if (since > LONGEST) {
        throw new IOException("no tag within " + LONGEST + " bytes: no guide");
      }
    }
    return got;
  }
}
