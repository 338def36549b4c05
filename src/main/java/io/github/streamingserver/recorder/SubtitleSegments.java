package io.github.streamingserver.recorder;

import io.github.streamingserver.hls.VttCue;
import io.github.streamingserver.hls.WebVtt;
import io.github.streamingserver.hls.WebVttException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.apache.pekko.util.ByteString;

/**
 * Decrypted pieces of WebVTT segments → their cues, each once though segments that it lasts over
 * repeat it. One playlist, one thread.
 */
final class SubtitleSegments {
  /** What a segment is to the recording. */
  sealed interface Found {
    /** A cue, and when it is. */
    record Cue(SourceClock.Span span, VttCue cue) implements Found {}

    /** Something is missing. */
    record Problem(String text) implements Found {}
  }

  /** Hours of usual text. */
  static final int MAX_SIZE = 1 << 20;

  /** More than are ever shown at once. */
  private static final int REMEMBERED = 256;

  private record Identity(long discontinuities, long start, VttCue cue) {}

  private final SequencedSet<Identity> seen = new LinkedHashSet<>();
  private ByteString text = ByteString.emptyByteString();
  private boolean tooLong;

  /** What {@code piece} completes. */
  List<Found> see(Piece piece) {
    return switch (piece) {
      case Piece.Begin _, Piece.Rollback _ -> {
        clear();
        yield List.of();
      }
      case Piece.Data(var bytes) -> {
        tooLong |= text.size() + bytes.size() > MAX_SIZE;
        text = tooLong ? ByteString.emptyByteString() : text.concat(bytes);
        yield List.of();
      }
      case Piece.End(var part) -> end(part);
      case Piece.Lost(var part, var cause) -> problem(part, cause.message());
      case Piece.Missed(long segments, _, var cause) ->
          List.of(new Found.Problem("LOST %d segments: %s".formatted(segments, cause.message())));
      case Piece.Broken(var cause) -> List.of(new Found.Problem("end here: " + cause.getMessage()));
      case Piece.Version _,
          Piece.Length _,
          Piece.Resumed _,
          Piece.LeftOut _,
          Piece.Cut _,
          Piece.Init _,
          Piece.Encrypted _,
          Piece.Aside _ ->
          List.of();
    };
  }

  private List<Found> end(Piece.Part part) {
    if (tooLong) {
      return problem(part, "it has more than " + MAX_SIZE + " bytes");
    }
    try {
      WebVtt segment = WebVtt.parse(text.utf8String());
      return segment.cues().stream().flatMap(cue -> cue(part, segment, cue).stream()).toList();
    } catch (WebVttException e) {
      return problem(part, String.valueOf(e.getMessage()));
    } finally {
      clear();
    }
  }

  private List<Found> cue(Piece.Part part, WebVtt segment, VttCue cue) {
    long start = segment.map().ticks(cue.start());
    long length = segment.map().ticks(cue.end()) - start;
    if (!seen.add(new Identity(part.discontinuities(), start, cue.at(0, length)))) {
      return List.of();
    }
    if (seen.size() > REMEMBERED) {
      seen.removeFirst();
    }
    return List.of(
        new Found.Cue(
            new SourceClock.Span(
                part.discontinuities(), segment.map().ticks(0), start, start + length),
            cue));
  }

  private List<Found> problem(Piece.Part part, String cause) {
    clear();
    return List.of(new Found.Problem("LOST segment %d: %s".formatted(part.sequence(), cause)));
  }

  private void clear() {
    text = ByteString.emptyByteString();
    tooLong = false;
  }
}
