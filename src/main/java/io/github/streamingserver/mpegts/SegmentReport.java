package io.github.streamingserver.mpegts;

import java.time.Duration;

/**
 * What a segment added to its file.
 *
 * @param duration by how much the file is longer; those of all segments add up to the file's
 * @param shift what was added to its timestamps, modulo 2^33, in 90 kHz
 * @param discontinuity it does not continue the timeline of the segment before
 * @param marked discontinuity_indicator stands in its first packet with a PCR; never without a
 *     discontinuity, and not where no packet carries a PCR
 * @param clamped timestamps that were not believed
 */
public record SegmentReport(
    Duration duration, long shift, boolean discontinuity, boolean marked, int clamped) {}
