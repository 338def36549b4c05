package io.github.streamingserver.hls;

import java.time.Duration;

/**
 * EXT-X-START (RFC 8216 §4.3.5.2).
 *
 * @param offset from the beginning; where negative, from the end
 */
public record Start(Duration offset, boolean precise) {}
