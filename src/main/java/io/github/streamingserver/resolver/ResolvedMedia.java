package io.github.streamingserver.resolver;

import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.MediaSource;

/** What a recorder needs: the stream, and the session that may fetch it. */
public record ResolvedMedia(MediaSource source, HttpSession session) {}
