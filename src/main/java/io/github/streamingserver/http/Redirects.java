package io.github.streamingserver.http;

import io.github.streamingserver.model.Urls;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** Which answers are redirects, and where they may lead (RFC 9110 §15.4). Pure. */
final class Redirects {
  private static final Set<Integer> STATUS = Set.of(301, 302, 303, 307, 308);

  private Redirects() {}

  /** Where an answer redirects to, as it is written; empty where it is no redirect. */
  static Optional<String> location(int status, HttpHeaders headers) {
    return STATUS.contains(status) ? headers.first("Location") : Optional.empty();
  }

  /**
   * The address to ask next.
   *
   * @param redirects how many were followed already
   * @throws io.github.streamingserver.model.StreamException where they are too many, or this one
   *     leads elsewhere than to http and https
   */
  static URI target(HttpFetch request, URI url, String location, int redirects, int most) {
    if (redirects >= most) {
      throw HttpFailures.redirect("more than " + most + " times", request.url());
    }
    try {
      return Urls.resolve(url, location);
    } catch (IllegalArgumentException e) {
      throw HttpFailures.redirect("to where nobody may go: " + e.getMessage(), url);
    }
  }
}
