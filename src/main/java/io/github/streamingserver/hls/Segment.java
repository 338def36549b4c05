package io.github.streamingserver.hls;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A media segment.
 *
 * @param uri http or https; {@link #UNRESOLVED} where the text names nothing that can be fetched
 * @param rawUri as in the text, variables substituted
 * @param sequence media sequence number
 * @param duration of EXTINF; zero where the text gives none or a negative one
 * @param discontinuity EXT-X-DISCONTINUITY stands before it
 * @param gap not to be fetched: EXT-X-GAP, or its URI, byte range or init section is unusable, for
 *     which there is a warning. A segment never vanishes, so that it can be counted as lost
 * @param keys in force, one a key format; empty where it is not encrypted
 * @param map the init section in force
 * @param programDateTime only where EXT-X-PROGRAM-DATE-TIME stands before it
 * @param cues ad markers before it, in order
 * @param bitrate EXT-X-BITRATE in force, kbit/s
 */
public record Segment(
    URI uri,
    String rawUri,
    long sequence,
    Duration duration,
    String title,
    Optional<ByteRange> byteRange,
    boolean discontinuity,
    long discontinuitySequence,
    boolean gap,
    List<Key> keys,
    Optional<InitSection> map,
    Optional<Instant> programDateTime,
    List<Cue> cues,
    OptionalLong bitrate) {
  /** Stands for a URI that can't be fetched; only a {@link #gap} has it. */
  public static final URI UNRESOLVED = URI.create("about:invalid");

  public Segment {
    if (sequence < 0 || duration.isNegative()) {
      throw new IllegalArgumentException("segment " + sequence + " of " + duration);
    }
    if (uri.equals(UNRESOLVED) && !gap) {
      throw new IllegalArgumentException("segment " + sequence + " without URI is no gap");
    }
    keys = List.copyOf(keys);
    cues = List.copyOf(cues);
  }

  /**
   * The key to decrypt with: the AES-128 identity one where it is among several, else the first.
   */
  public Optional<Key> key() {
    return keys.stream().filter(Key::isAes128).findFirst().or(() -> keys.stream().findFirst());
  }

  /** The same, broadcast just before itself: so that it is what comes after. */
  Segment broadcastEarlier() {
    return new Segment(
        uri,
        rawUri,
        sequence,
        duration,
        title,
        byteRange,
        discontinuity,
        discontinuitySequence,
        gap,
        keys,
        map,
        programDateTime.map(time -> time.minus(duration)),
        cues,
        bitrate);
  }
}
