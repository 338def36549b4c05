package io.github.streamingserver.recorder;

import io.github.streamingserver.resolver.ResolvedMedia;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;

/** How one kind of stream becomes pieces of files. A new one for each recording. */
public interface Pipeline {
  /**
   * The pieces, in order; to be run once. Completes when the stream is all there; fails with a
   * {@link io.github.streamingserver.model.StreamException}. Buffers no more than the look-ahead.
   */
  Source<Piece, NotUsed> pieces();

  /**
   * What becomes of the pieces before they are written: decrypted, looked at, changed in place. For
   * the blocking dispatcher, since ciphers are slow on a small box. Its failures are those of
   * {@link #pieces}.
   */
  default Flow<Piece, Piece, NotUsed> rewriting() {
    return Flow.create();
  }

  /** What the files' names end in, without a dot. */
  String extension();

  /** Parts on disk before playback can begin; 0 where the first bytes are enough. */
  int partsBeforePlayback();

  /** Makes the pipeline for a recording. */
  @FunctionalInterface
  interface Factory {
    /**
     * A pipeline for {@code task}.
     *
     * @param resolver finds the stream anew when its addresses have expired
     * @throws io.github.streamingserver.model.StreamException where there is none for this kind
     */
    Pipeline create(RecordingTask task, Supplier<CompletionStage<ResolvedMedia>> resolver);
  }
}
