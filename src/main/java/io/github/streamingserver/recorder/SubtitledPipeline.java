package io.github.streamingserver.recorder;

import io.github.streamingserver.recorder.SubtitleSegments.Found;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.japi.pf.PFBuilder;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;

/**
 * A pipeline and the subtitles beside it. They are fetched for themselves; whatever becomes of
 * them, the other's pieces come as they would without.
 */
final class SubtitledPipeline implements Pipeline {
  private static final String DISPATCHER = "pekko.actor.default-dispatcher";
  private static final int MOST_WAITING = 16;

  /**
   * How long the last subtitles may take when all else is there; less than recording.stop-timeout.
   */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final String LATE = "what had not come by the end is left out";

  private final Pipeline main;
  private final Map<String, HlsSource> subtitles;
  private final SourceClock clock;

  /**
   * @param subtitles by what their files are named
   */
  SubtitledPipeline(Pipeline main, Map<String, HlsSource> subtitles, SourceClock clock) {
    this.main = main;
    this.subtitles = Map.copyOf(subtitles);
    this.clock = clock;
  }

  @Override
  public Source<Piece, NotUsed> pieces() {
    return main.pieces();
  }

  @Override
  public Flow<Piece, Piece, NotUsed> rewriting() {
    return Flow.fromMaterializer((materializer, _) -> rewriting(materializer))
        .mapMaterializedValue(_ -> NotUsed.getInstance());
  }

  private Flow<Piece, Piece, NotUsed> rewriting(Materializer materializer) {
    SharedKillSwitch stop = KillSwitches.shared("subtitles");
    Source<Piece, NotUsed> asides = Source.empty();
    for (Map.Entry<String, HlsSource> one : subtitles.entrySet()) {
      asides = asides.merge(asides(one.getKey(), one.getValue()));
    }
    return main.rewriting()
        .watchTermination(
            (mat, over) -> {
              over.whenComplete(
                  (_, _) -> {
                    clock.end();
                    materializer
                        .system()
                        .scheduler()
                        .scheduleOnce(
                            GRACE,
                            () -> stop.abort(new TimeoutException(LATE)),
                            materializer.executionContext());
                  });
              return mat;
            })
        .merge(
            asides
                .via(stop.flow())
                .recover(
                    new PFBuilder<Throwable, Piece>()
                        .matchAny(error -> new Piece.Note("subtitles: " + error.getMessage()))
                        .build())
                .async(DISPATCHER, MOST_WAITING));
  }

  private Source<Piece, NotUsed> asides(String name, HlsSource segments) {
    return segments
        .pieces()
        .recover(new PFBuilder<Throwable, Piece>().matchAny(Piece.Broken::new).build())
        .statefulMap(
            Decryption::new,
            (decryption, piece) -> Pair.create(decryption, decryption.see(piece)),
            _ -> Optional.empty())
        .mapConcat(pieces -> pieces)
        .statefulMap(
            SubtitleSegments::new,
            (texts, piece) -> Pair.create(texts, texts.see(piece)),
            _ -> Optional.empty())
        .mapConcat(found -> found)
        .mapAsync(1, found -> aside(name, found))
        .mapConcat(aside -> aside.stream().toList())
        .recover(
            new PFBuilder<Throwable, Piece>()
                .matchAny(error -> note(name, "end here: " + error))
                .build());
  }

  private CompletionStage<Optional<Piece>> aside(String name, Found found) {
    return switch (found) {
      case Found.Problem(var text) ->
          CompletableFuture.completedFuture(Optional.of(note(name, text)));
      case Found.Cue(var span, var cue) ->
          clock
              .place(span)
              .thenApply(known -> known.map(place -> new Piece.Subtitle(name, place, cue)));
    };
  }

  private static Piece note(String name, String text) {
    return new Piece.Note("subtitles " + name + ": " + text);
  }

  @Override
  public String extension() {
    return main.extension();
  }

  @Override
  public int partsBeforePlayback() {
    return main.partsBeforePlayback();
  }
}
