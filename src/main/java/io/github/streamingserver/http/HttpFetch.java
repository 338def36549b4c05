package io.github.streamingserver.http;

import io.github.streamingserver.model.Urls;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One GET request.
 *
 * @param headers sent besides, and before, those of the session
 * @param compressed whether gzip, deflate and br are asked for; for text only, since a compressed
 *     range can't be resumed. A whole answer that is compressed is decoded either way, and then has
 *     no Content-Length but still its Content-Encoding; a part of one (206) is a failure
 */
public record HttpFetch(URI url, Map<String, String> headers, boolean compressed) {
  /**
   * @throws IllegalArgumentException where {@code url} is no http or https URL, or a header's name
   *     or value holds a control character
   */
  public HttpFetch {
    Urls.requireHttp(url);
    headers = Map.copyOf(headers);
    headers.forEach(HttpHeaders::requireValid);
  }

  /** A file or segment, byte for byte. */
  public static HttpFetch bytes(URI url) {
    return new HttpFetch(url, Map.of(), false);
  }

  /** A page or playlist, compressed where the server can. */
  public static HttpFetch text(URI url) {
    return new HttpFetch(url, Map.of(), true);
  }

  /** Bytes {@code from} to the end (RFC 9110 §14.2). */
  public HttpFetch from(long from) {
    return with("Range", "bytes=" + from + "-");
  }

  /** {@code length} bytes, beginning at {@code offset}. */
  public HttpFetch range(long offset, long length) {
    return with("Range", "bytes=" + offset + "-" + (offset + length - 1));
  }

  /** This request with one more header. */
  public HttpFetch with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpFetch(url, more, compressed);
  }
}
