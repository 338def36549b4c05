package io.github.streamingserver.provider;

import io.github.streamingserver.http.HttpSession;
import java.util.List;

/**
 * What is behind an item's page.
 *
 * @param candidates one or more, in the page's order
 * @param session that may fetch them: headers such as Referer, and the site's cookies
 */
public record ItemStreams(List<StreamCandidate> candidates, HttpSession session) {
  public ItemStreams {
    candidates = List.copyOf(candidates);
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("an item without a stream");
    }
  }
}
