package io.github.streamingserver.resolver;

import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.model.Quality;

/**
 * What a recorder needs.
 *
 * @param session that may fetch the stream
 * @param quality that was looked for; never {@link Quality.FromProvider}
 */
public record ResolvedMedia(MediaSource source, HttpSession session, Quality quality) {}
