package io.github.streamingserver.recorder;

import io.github.streamingserver.model.DrmScheme;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.mp4.Mp4Exception;
import io.github.streamingserver.mp4.Mp4Inspector;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at the boxes of a single file as they pass: refuses protection (ISO/IEC 23001-7), and
 * learns the duration. A file that is no MP4, or a broken one, passes unread. One file, one thread.
 */
final class Mp4Watch {
  private static final Set<String> EXTENSIONS = Set.of("mp4", "mov", "m4a");

  private Optional<Mp4Inspector> inspector = Optional.of(new Mp4Inspector());

  /** Whether files with this extension have such boxes. */
  static boolean knows(String extension) {
    return EXTENSIONS.contains(extension);
  }

  /**
   * The piece as it goes on.
   *
   * @throws StreamException where the file is protected
   */
  Piece see(Piece piece) {
    return switch (piece) {
      case Piece.Data(var bytes) -> {
        bytes.getByteBuffers().forEach(this::read);
        yield piece;
      }
      case Piece.Rollback _ -> {
        inspector = Optional.of(new Mp4Inspector());
        yield piece;
      }
      case Piece.End(var part) -> new Piece.End(part.lasting(seconds()));
      default -> piece;
    };
  }

  private void read(ByteBuffer bytes) {
    if (inspector.isEmpty()) {
      return;
    }
    try {
      inspector.get().push(bytes);
    } catch (Mp4Exception _) {
      inspector = Optional.empty();
      return;
    }
    Optional<DrmScheme> drm = inspector.get().facts().drm();
    if (drm.isPresent()) {
      throw new StreamException(new StreamFailure.DrmProtected(drm.get()));
    }
  }

  private double seconds() {
    return inspector.map(known -> known.facts().duration().toMillis() / 1000.0).orElse(0.0);
  }
}
