package io.github.streamingserver.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * What an {@link Origin} answers: immutable, and edited by what returns another.
 *
 * @param status of HTTP
 * @param headers without those of the framing
 * @param content the body
 * @param framing how the body's end is known
 */
public record Answer(int status, Map<String, String> headers, Content content, Framing framing) {
  /** How a client knows where a body ends (RFC 9112 §6.3). */
  public enum Framing {
    /** By its Content-Length. */
    LENGTH,
    /** By the last chunk. */
    CHUNKED,
    /** By the connection's end. */
    CLOSE
  }

  /** A body. */
  public interface Content {
    /** In bytes. */
    long size();

    /** Copies {@code count} bytes from {@code from} on. */
    void copy(long from, long count, OutputStream out) throws IOException;
  }

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");
  private static final String CODING = "Content-Encoding";
  private static final String TAG = "ETag";
  private static final String MODIFIED = "Last-Modified";
  private static final Map<String, String> TYPES =
      Map.of(
          "m3u8", "application/vnd.apple.mpegurl",
          "ts", "video/mp2t",
          "mp4", "video/mp4",
          "m4s", "video/iso.segment",
          "vtt", "text/vtt",
          "html", "text/html");

  public Answer {
    headers = Map.copyOf(headers);
  }

  /** {@code text} with the type that the ending of {@code path} has. */
  public static Answer text(String path, String text) {
    return bytes(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** {@code bytes} with the type that the ending of {@code path} has, and a tag of their own. */
  public static Answer bytes(String path, byte[] bytes) {
    return new Answer(200, Map.of(), new Bytes(bytes.clone()), Framing.LENGTH)
        .with("Content-Type", type(path))
        .with(TAG, "\"" + bytes.length + "-" + Arrays.hashCode(bytes) + "\"");
  }

  /** A file, with a tag and its time. */
  public static Answer file(Path file) {
    try {
      var time = Files.getLastModifiedTime(file);
      String date =
          DateTimeFormatter.RFC_1123_DATE_TIME.format(time.toInstant().atOffset(ZoneOffset.UTC));
      return new Answer(200, Map.of(), new Stored(file, Files.size(file)), Framing.LENGTH)
          .with("Content-Type", type(file.toString()))
          .with(TAG, "\"" + Files.size(file) + "-" + time.toMillis() + "\"")
          .with(MODIFIED, date);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A status with a word for people. */
  public static Answer status(int status) {
    return new Answer(
        status,
        Map.of("Content-Type", "text/plain"),
        text("", "status " + status).content(),
        Framing.LENGTH);
  }

  /** Another place, with {@code status} 301, 302, 303, 307 or 308. */
  public static Answer redirect(int status, String to) {
    return status(status).with("Location", to);
  }

  /** A web page with status 200. */
  public static Answer page() {
    return text("page.html", "<!DOCTYPE html><html><body>no video</body></html>");
  }

  /** The same with one more header. */
  public Answer with(String name, String value) {
    return with(Map.of(name, value));
  }

  /** The same with more headers. */
  public Answer with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new Answer(status, all, content, framing);
  }

  /** The same compressed. */
  public Answer gzipped() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      content.copy(0, content.size(), gzip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Answer(status, headers, new Bytes(bytes.toByteArray()), framing)
        .with(CODING, "gzip");
  }

  /** The same without a length, in chunks. */
  public Answer chunked() {
    return new Answer(status, headers, content, Framing.CHUNKED);
  }

  /** The same without a length, until the connection's end. */
  public Answer untilClose() {
    return new Answer(status, headers, content, Framing.CLOSE);
  }

  /** The part that {@code request} asks for (RFC 9110 §14), where it may have one. */
  Answer ranged(Request request) {
    Matcher range = RANGE.matcher(request.header("Range"));
    String condition = request.header("If-Range");
    boolean unchanged =
        condition.isEmpty()
            || condition.equals(headers.get(TAG))
            || condition.equals(headers.get(MODIFIED));
    if (status != 200 || headers.containsKey(CODING) || !range.matches() || !unchanged) {
      return this;
    }
    long size = content.size();
    boolean suffix = range.group(1).isEmpty();
    long last = range.group(2).isEmpty() ? size - 1 : Long.parseLong(range.group(2));
    long from = suffix ? Math.max(0, size - last) : Long.parseLong(range.group(1));
    long to = suffix ? size : Math.min(last + 1, size);
    if (from >= to) {
      return status(416).with("Content-Range", "bytes */" + size);
    }
    return new Answer(206, headers, new Slice(content, from, to - from), framing)
        .with("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + size);
  }

  private static String type(String path) {
    String ending = path.substring(path.lastIndexOf('.') + 1);
    return TYPES.getOrDefault(ending, "application/octet-stream");
  }

  private record Slice(Content whole, long start, long size) implements Content {
    @Override
    public void copy(long from, long count, OutputStream out) throws IOException {
      whole.copy(start + from, count, out);
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Bytes(byte[] bytes) implements Content {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public void copy(long from, long count, OutputStream out) throws IOException {
      out.write(bytes, Math.toIntExact(from), Math.toIntExact(count));
    }
  }

  private record Stored(Path file, long size) implements Content {
    @Override
    public void copy(long from, long count, OutputStream out) throws IOException {
      try (var in = Files.newInputStream(file)) {
        in.skipNBytes(from);
        byte[] buffer = new byte[64 << 10];
        for (long left = count; left > 0; ) {
          int read = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
          if (read == 0) {
            throw new IOException(file + " has become shorter");
          }
          out.write(buffer, 0, read);
          left -= read;
        }
      }
    }
  }
}
