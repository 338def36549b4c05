package io.github.streamingserver.simulation;

import io.github.streamingserver.recorder.Piece;
import io.github.streamingserver.recorder.Pipeline;
import io.github.streamingserver.recorder.RecordingTask;
import io.github.streamingserver.resolver.ResolvedMedia;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;

/** Pipelines whose stream throws at its next piece, when it is told to. */
record BreakablePipelines(Pipeline.Factory pipelines, AtomicBoolean due)
    implements Pipeline.Factory {
  @Override
  public Pipeline create(RecordingTask task, Supplier<CompletionStage<ResolvedMedia>> resolver) {
    Pipeline whole = pipelines.create(task, resolver);
    return new Pipeline() {
      @Override
      public Source<Piece, NotUsed> pieces() {
        return whole.pieces().map(BreakablePipelines.this::unlessDue);
      }

      @Override
      public Flow<Piece, Piece, NotUsed> rewriting() {
        return whole.rewriting();
      }

      @Override
      public String extension() {
        return whole.extension();
      }

      @Override
      public int partsBeforePlayback() {
        return whole.partsBeforePlayback();
      }
    };
  }

  private Piece unlessDue(Piece piece) {
    if (due.getAndSet(false)) {
      throw new SimulatedCrashException();
    }
    return piece;
  }
}
