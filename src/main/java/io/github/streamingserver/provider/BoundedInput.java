package io.github.streamingserver.provider;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Content that may be gzip, decompressed, and never longer than it may be. */
public final class BoundedInput extends FilterInputStream {
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;
  private static final int BUFFER = 16 << 10;

  /** There are more bytes than may be. */
  public static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLongException(long most) {
      super("more than " + most + " bytes");
    }
  }

  /** It begins as gzip does, and can't be decompressed. */
  public static final class BrokenGzipException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenGzipException(IOException cause) {
      super("gzip data that is broken or cut off", cause);
    }
  }

  private final long most;
  private long read;

  private BoundedInput(InputStream in, long most) {
    super(in);
    this.most = most;
  }

  /**
   * Reads {@code in}, as gzip where it begins like that.
   *
   * @param most bytes, after decompression; more fail with a {@link TooLongException}
   * @throws BrokenGzipException where it is no whole gzip data, also from what reads on
   */
  public static InputStream of(InputStream in, long most) throws IOException {
    PushbackInputStream start = new PushbackInputStream(in, 2);
    byte[] magic = start.readNBytes(2);
    start.unread(magic);
    boolean gzip =
        magic.length == 2 && (magic[0] & 0xff) == GZIP_FIRST && (magic[1] & 0xff) == GZIP_SECOND;
    return new BoundedInput(gzip ? decompressed(start) : start, most);
  }

  private static InputStream decompressed(InputStream in) throws IOException {
    try {
      return new GZIPInputStream(in, BUFFER);
    } catch (ZipException | EOFException e) {
      throw new BrokenGzipException(e);
    }
  }

  /** Reads {@code in} as it is. */
  public static InputStream plain(InputStream in, long most) {
    return new BoundedInput(in, most);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int count) throws IOException {
    try {
      int got = super.read(bytes, from, count);
      count(Math.max(0, got));
      return got;
    } catch (ZipException | EOFException e) {
      throw new BrokenGzipException(e);
    }
  }

  private void count(int bytes) throws IOException {
    read += bytes;
    if (read > most) {
      throw new TooLongException(most);
    }
  }
}
