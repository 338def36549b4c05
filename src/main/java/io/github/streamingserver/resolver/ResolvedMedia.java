package io.github.streamingserver.resolver;

import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.model.Quality;
import java.time.Instant;
import java.util.Optional;

/**
 * What a recorder needs.
 *
 * @param session that may fetch the stream
 * @param quality that was looked for; never {@link Quality.FromProvider}
 * @param expires when its addresses are no longer good, where that is known
 */
public record ResolvedMedia(
    MediaSource source, HttpSession session, Quality quality, Optional<Instant> expires) {
  /** What is not known to expire. */
  public ResolvedMedia(MediaSource source, HttpSession session, Quality quality) {
    this(source, session, quality, Optional.empty());
  }

  /** The same, known to be of a channel, even if its playlist has just ended. */
  ResolvedMedia asChannel() {
    return source instanceof MediaSource.Hls hls
        ? new ResolvedMedia(hls.asChannel(), session, quality, expires)
        : this;
  }
}
