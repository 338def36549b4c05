package io.github.streamingserver.http;

import java.util.Optional;
import java.util.OptionalLong;

/** What tells one state of a file on a server from another. Pure. */
public record FileVersion(
    Optional<String> etag, Optional<String> lastModified, OptionalLong length) {
  /** Of a file of which nothing is known yet. */
  public static final FileVersion UNKNOWN =
      new FileVersion(Optional.empty(), Optional.empty(), OptionalLong.empty());

  private static final String WEAK = "W/";

  public static FileVersion of(HttpHeaders headers, OptionalLong length) {
    return new FileVersion(headers.first("ETag"), headers.first("Last-Modified"), length);
  }

  /** What If-Range may name: a strong entity tag, else a date (RFC 9110 §13.1.5). */
  public Optional<String> validator() {
    return etag.filter(tag -> !tag.startsWith(WEAK)).or(() -> lastModified);
  }

  /** Whether nothing speaks against {@code other} being the same content. */
  public boolean mayBe(FileVersion other) {
    return same(etag, other.etag)
        && same(lastModified, other.lastModified)
        && (length.isEmpty() || other.length.isEmpty() || length.equals(other.length));
  }

  private static boolean same(Optional<String> one, Optional<String> other) {
    return one.isEmpty() || other.isEmpty() || one.equals(other);
  }
}
