package io.github.streamingserver.hls;

import java.net.URI;
import java.util.Optional;

/** The Media Initialization Section of the segments after it (RFC 8216 §4.3.2.5). */
public record InitSection(URI uri, Optional<ByteRange> range) {}
