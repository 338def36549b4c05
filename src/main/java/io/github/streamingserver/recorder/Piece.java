package io.github.streamingserver.recorder;

import io.github.streamingserver.hls.Place;
import io.github.streamingserver.hls.VttCue;
import io.github.streamingserver.http.FileVersion;
import io.github.streamingserver.model.StreamFailure;
import java.net.URI;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * What flows from the network to the file. For each {@link Part}, in order: {@link Begin}, then
 * {@link Data} and {@link Rollback} in any number, then {@link End} or {@link Lost}. {@link Missed}
 * and {@link LeftOut} stand between parts.
 */
public sealed interface Piece {
  /**
   * A stretch of the stream that is on disk whole or not at all: a segment, or a single file.
   *
   * @param sequence the media sequence number, or 0
   * @param seconds of media; 0 where not known
   * @param discontinuity whether format or timestamps may change from the part before
   * @param filler whether it is an advertisement or the like, by its address
   * @param discontinuities its Discontinuity Sequence Number (RFC 8216 §6.2.1), by which it meets
   *     the parts of other renditions
   * @param place in its playlist, where it has one: from there another run goes on
   */
  record Part(
      URI url,
      long sequence,
      double seconds,
      boolean discontinuity,
      boolean filler,
      long discontinuities,
      Optional<Place> place) {
    /** A part after no discontinuity that counts. */
    Part(URI url, long sequence, double seconds, boolean discontinuity, boolean filler) {
      this(url, sequence, seconds, discontinuity, filler, 0, Optional.empty());
    }

    /** A part of a programme that goes on where the one before ended. */
    Part(URI url, long sequence, double seconds) {
      this(url, sequence, seconds, false, false);
    }

    /** This part, {@code measured} seconds long. */
    Part lasting(double measured) {
      return new Part(url, sequence, measured, discontinuity, filler, discontinuities, place);
    }
  }

  /** A part begins; all before it is whole. */
  record Begin(Part part) implements Piece {}

  /** The bytes that follow, up to the part's end or a {@link Rollback}, are encrypted. */
  record Encrypted(Aes128Key key) implements Piece {}

  /**
   * The initialization section for what follows in this part (RFC 8216 §4.3.2.5), decrypted; held
   * in memory.
   */
  record Init(ByteString bytes) implements Piece {}

  /** What comes before the bytes that follow belongs into a file of its own; nothing is void. */
  record Cut(String reason) implements Piece {}

  /** Which state of a file on its server the bytes are of. */
  record Version(FileVersion version) implements Piece {}

  /** How long the part will be, in bytes from its beginning. */
  record Length(long bytes) implements Piece {}

  /** The next bytes of the part. */
  record Data(ByteString bytes) implements Piece {}

  /** All bytes of the part are void: it begins again. */
  record Rollback(StreamFailure cause) implements Piece {}

  /** The part goes on where it broke off; nothing is void. */
  record Resumed(StreamFailure cause) implements Piece {}

  /** The part is whole. */
  record End(Part part) implements Piece {}

  /** The part is not to be had; its bytes are void. */
  record Lost(Part part, StreamFailure cause) implements Piece {}

  /** Segments that can't be fetched: the playlist had dropped them before they were seen. */
  record Missed(long segments, double seconds, StreamFailure cause) implements Piece {}

  /** A segment that the client doesn't want; instead of the pieces of a part. */
  record LeftOut(Part part) implements Piece {}

  /** What goes beside the stream; it may stand anywhere, within a part too. */
  sealed interface Aside extends Piece {}

  /** A cue of the subtitles whose files are named {@code name}. */
  record Subtitle(String name, SourceClock.Place place, VttCue cue) implements Aside {}

  /** A line for people. */
  record Note(String text) implements Aside {}

  /**
   * Nothing more comes. An element, since a stream's failure overtakes what waits before an
   * asynchronous boundary, and so would lose it.
   */
  record Broken(Throwable cause) implements Piece {}
}
