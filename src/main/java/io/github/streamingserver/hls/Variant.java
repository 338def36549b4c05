package io.github.streamingserver.hls;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One of several renderings of the same content (RFC 8216 §4.3.4.2).
 *
 * @param bandwidth peak bits a second; 0 where not written
 * @param height of the picture, in lines
 * @param codecs as written, separated by commas; empty where not written
 * @param audio the group of its audio renditions; empty where there is none, as for the others
 */
public record Variant(
    URI uri,
    long bandwidth,
    long averageBandwidth,
    OptionalInt width,
    OptionalInt height,
    Optional<Double> frameRate,
    String codecs,
    String audio,
    String video,
    String subtitles) {}
