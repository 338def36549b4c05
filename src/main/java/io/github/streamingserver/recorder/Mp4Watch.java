package io.github.streamingserver.recorder;

import io.github.streamingserver.model.DrmScheme;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.mp4.Mp4Exception;
import io.github.streamingserver.mp4.Mp4Inspector;
import io.github.streamingserver.recorder.journal.JournalEntry;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at the boxes of a single file as they pass: refuses protection (ISO/IEC 23001-7), and
 * learns the duration. A file that is no MP4, or a broken one, passes unread. One file, one thread.
 */
final class Mp4Watch {
  private static final Set<String> EXTENSIONS = Set.of("mp4", "mov", "m4a");

  private static final int CHUNK = 4096;

  private Optional<Mp4Inspector> inspector = Optional.of(new Mp4Inspector());

  /**
   * One that has seen what an earlier run left. Reads it where that tells something; blocks on the
   * disk.
   */
  static Mp4Watch behind(JournalEntry left) {
    Mp4Watch watch = new Mp4Watch();
    JournalEntry.Files file = left.file();
    Path path = RecordingFile.path(left.folder(), file.section(), file.extension());
    try (FileChannel channel = FileChannel.open(path, LinkOption.NOFOLLOW_LINKS)) {
      watch.read(channel, file.bytes());
    } catch (IOException e) {
      throw RecordingFile.failure(path, e);
    }
    return watch;
  }

  private void read(FileChannel file, long end) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    long position = 0;
    while (position < end && inspector.isPresent()) {
      long passed = inspector.get().passOver(end - position);
      position += passed;
      if (passed == 0) {
        chunk.clear().limit((int) Math.min(CHUNK, end - position));
        int got = file.read(chunk, position);
        if (got < 0) {
          throw new EOFException("it is shorter than it was");
        }
        position += got;
        read(chunk.flip());
      }
    }
  }

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
