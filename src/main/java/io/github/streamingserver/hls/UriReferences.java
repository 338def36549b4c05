package io.github.streamingserver.hls;

import io.github.streamingserver.model.Urls;
import java.net.URI;
import java.util.Optional;

/**
 * Resolves references as RFC 3986 §5.2 says where {@link URI#resolve} still follows RFC 2396: a
 * query alone keeps the last path segment, a base without a path is its root, and steps above the
 * root stay there.
 */
final class UriReferences {
  private static final String PARENT = "/../";

  /** Twice what servers accept. */
  private static final int MAX_LENGTH = 1 << 14;

  private final URI base;
  private final URI root;

  UriReferences(URI base) {
    this.base = base;
    String path = base.getRawPath();
    this.root = path == null || path.isEmpty() ? base.resolve("/") : base;
  }

  URI base() {
    return base;
  }

  /** The absolute http or https URL; empty where there is none. */
  Optional<URI> resolve(String reference) {
    if (reference.isBlank() || reference.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      String text = reference.startsWith("?") ? root.getRawPath() + reference : reference;
      return Optional.of(insideRoot(Urls.resolve(root, text)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static URI insideRoot(URI url) {
    String path = url.getRawPath();
    if (!path.startsWith(PARENT)) {
      return url;
    }
    int from = 0;
    while (path.startsWith(PARENT, from)) {
      from += PARENT.length() - 1;
    }
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return URI.create(
        url.getScheme() + "://" + url.getRawAuthority() + path.substring(from) + query);
  }
}
