package io.github.streamingserver.recorder;

import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.Piece.Part;
import java.nio.file.Path;

/** What is true on disk, told by the {@link FileStage} once it is. */
sealed interface Fact {
  /** A file was begun; a later one than the first is told of once a whole part is in it. */
  record SectionOpened(int section, Path file) implements Fact {}

  /** An earlier run left this; it can be played, and the recording goes on behind it. */
  record Resumed(int section, Path file) implements Fact {}

  /**
   * So many bytes are on disk in all sections, of whole parts and the one that is being written.
   */
  record Grown(long bytes) implements Fact {}

  /** The recording will be so many bytes long. */
  record TotalKnown(long bytes) implements Fact {}

  /** A part is on disk, whole. */
  record PartWritten(Part part, long bytes) implements Fact {}

  /** The recording can't go on; the files are closed. The last fact, where there is one. */
  record Broken(Throwable cause) implements Fact {}

  /** A segment that the client doesn't want went by: the stream is alive. */
  record LeftOut() implements Fact {}

  /** Segments are lost; nothing of them is on disk. */
  record Lost(long segments, double seconds, StreamFailure cause) implements Fact {}
}
