package io.github.streamingserver.recorder;

import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.mp4.Mp4Exception;
import io.github.streamingserver.mp4.Mp4Inspector;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * Makes fragmented MP4 files of initialization section and fragments, where there is no ffmpeg; a
 * section of its own for each initialization section. One recording, one thread.
 */
final class FragmentJoiner {
  private Optional<ByteString> written = Optional.empty();
  private Optional<ByteString> whole = Optional.empty();

  /**
   * The pieces that {@code piece} becomes.
   *
   * @throws StreamException where the stream is protected, or no MP4
   */
  List<Piece> see(Piece piece) {
    return switch (piece) {
      case Piece.Init(var init) -> init(init);
      case Piece.Length _ -> List.of();
      case Piece.End _ -> {
        whole = written;
        yield List.of(piece);
      }
      case Piece.Rollback _, Piece.Lost _ -> {
        written = whole;
        yield List.of(piece);
      }
      default -> List.of(piece);
    };
  }

  private List<Piece> init(ByteString init) {
    if (written.filter(init::equals).isPresent()) {
      return List.of();
    }
    requireOpen(init);
    boolean first = written.isEmpty();
    written = Optional.of(init);
    Piece data = new Piece.Data(init);
    return first ? List.of(data) : List.of(new Piece.Cut("another initialization section"), data);
  }

  private static void requireOpen(ByteString init) {
    Mp4Inspector inspector = new Mp4Inspector();
    try {
      for (ByteBuffer buffer : init.getByteBuffers()) {
        inspector.push(buffer);
      }
    } catch (Mp4Exception e) {
      throw new StreamException(
          new StreamFailure.Failed("The initialization section is no MP4: " + e.getMessage()), e);
    }
    inspector
        .facts()
        .drm()
        .ifPresent(
            scheme -> {
              throw new StreamException(new StreamFailure.DrmProtected(scheme));
            });
  }
}
