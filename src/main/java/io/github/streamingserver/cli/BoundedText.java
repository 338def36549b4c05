package io.github.streamingserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads UTF-8 from what may be endless, and may be compressed by gzip. */
final class BoundedText {
  private static final int GZIP_MAGIC = 0x1f8b;

  private BoundedText() {}

  /**
   * The text of {@code in}, decompressed where it is gzip's.
   *
   * @param maxSize of the text, in bytes; one more is read
   * @throws NoPlaylistException where there is more, or the compressed data is broken
   */
  static String read(InputStream in, int maxSize) throws IOException, NoPlaylistException {
    BufferedInputStream buffered = new BufferedInputStream(in);
    buffered.mark(2);
    boolean compressed = (buffered.read() << 8 | buffered.read()) == GZIP_MAGIC;
    buffered.reset();
    try {
      byte[] text = (compressed ? new GZIPInputStream(buffered) : buffered).readNBytes(maxSize + 1);
      if (text.length > maxSize) {
        throw new NoPlaylistException("larger than " + maxSize + " bytes: see --max-size");
      }
      return new String(text, UTF_8);
    } catch (ZipException | EOFException e) {
      if (compressed) {
        throw new NoPlaylistException("gzip data that is broken or cut off");
      }
      throw e;
    }
  }
}
