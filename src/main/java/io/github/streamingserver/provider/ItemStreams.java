package io.github.streamingserver.provider;

import io.github.streamingserver.http.HttpSession;
import java.util.List;

/**
 * What is behind an item's page.
 *
 * @param candidates one or more, in the page's order
 * @param session that may fetch them: headers such as Referer, and the site's cookies
 * @param channel whether it is known to be a channel, whose playlists may end between programmes
 */
public record ItemStreams(List<StreamCandidate> candidates, HttpSession session, boolean channel) {
  public ItemStreams {
    candidates = List.copyOf(candidates);
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("an item without a stream");
    }
  }

  /** Streams that are what their playlists say. */
  public ItemStreams(List<StreamCandidate> candidates, HttpSession session) {
    this(candidates, session, false);
  }

  /** The same, known to be of a channel. */
  public ItemStreams ofChannel() {
    return new ItemStreams(candidates, session, true);
  }
}
