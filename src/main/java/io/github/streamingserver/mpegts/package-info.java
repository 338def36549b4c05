/**
 * MPEG transport streams, read and changed packet by packet in place. Pure: bytes in, bytes and
 * facts out.
 *
 * <p>Chunks of a segment go through a {@link io.github.streamingserver.mpegts.SegmentReader}, which
 * cuts them into packets and tells what they hold; what it hands out goes through the {@link
 * io.github.streamingserver.mpegts.TransportStreamRewriter} of the file that it is appended to.
 */
package io.github.streamingserver.mpegts;
