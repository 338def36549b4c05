package io.github.streamingserver.mpegts;

/**
 * The packets of a segment.
 *
 * @param total all of them
 * @param erroneous those with transport_error_indicator
 * @param scrambled those with transport_scrambling_control
 */
public record PacketCounts(long total, long erroneous, long scrambled) {}
