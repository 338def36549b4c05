package io.github.streamingserver.hls;

import java.time.Duration;

/**
 * A segment, and where in its playlist it stood when it was taken.
 *
 * @param firstSequence of the playlist
 * @param end of the segment, from the playlist's beginning
 */
public record Place(long firstSequence, Duration end, Segment segment) {}
