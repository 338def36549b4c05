package io.github.streamingserver.recorder;

import io.github.streamingserver.config.MuxSettings;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.ffmpeg.FfmpegPrograms;
import io.github.streamingserver.recorder.ffmpeg.MuxInput;
import io.github.streamingserver.recorder.ffmpeg.MuxPlan;
import io.github.streamingserver.recorder.ffmpeg.MuxProcess;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.japi.pf.PFBuilder;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.GraphDSL;
import org.apache.pekko.stream.javadsl.Source;

/**
 * HLS of fragmented MP4, or with sound in a playlist of its own: through ffmpeg into MPEG-TS.
 * Without ffmpeg, fragmented MP4 of one playlist is written as it is.
 */
final class M4sPipeline implements Pipeline {
  private static final String BLOCKING = "streamingserver.blocking-dispatcher";
  private static final int MOST_WAITING = 4;

  private final HlsSource picture;
  private final Optional<HlsSource> sound;
  private final FfmpegFinder ffmpeg;
  private final MuxSettings settings;
  private final int buffering;
  private final boolean resumed;

  M4sPipeline(
      HlsSource picture,
      Optional<HlsSource> sound,
      FfmpegFinder ffmpeg,
      MuxSettings settings,
      int buffering,
      boolean resumed) {
    this.picture = picture;
    this.sound = sound;
    this.ffmpeg = ffmpeg;
    this.settings = settings;
    this.buffering = buffering;
    this.resumed = resumed;
  }

  @Override
  public Source<Piece, NotUsed> pieces() {
    return Source.fromMaterializer((materializer, _) -> pieces(materializer))
        .mapMaterializedValue(_ -> NotUsed.getInstance());
  }

  private Source<Piece, NotUsed> pieces(Materializer materializer) {
    Executor blocking = materializer.system().dispatchers().lookup(BLOCKING);
    CompletionStage<Source<Piece, NotUsed>> source =
        CompletableFuture.supplyAsync(ffmpeg::find, blocking)
            .thenApply(
                found -> found.map(programs -> muxed(programs, blocking)).orElseGet(this::plain));
    return Source.completionStageSource(source).mapMaterializedValue(_ -> NotUsed.getInstance());
  }

  private Source<Piece, NotUsed> plain() {
    if (sound.isPresent()) {
      throw new StreamException(new StreamFailure.Failed(FfmpegFinder.NEEDED));
    }
    return decrypted(picture)
        .statefulMap(
            FragmentJoiner::new,
            (joiner, piece) -> Pair.create(joiner, joiner.see(piece)),
            _ -> Optional.empty())
        .mapConcat(pieces -> pieces);
  }

  private Source<Piece, NotUsed> muxed(FfmpegPrograms programs, Executor blocking) {
    MuxStage stage =
        new MuxStage(
            sound.isPresent() ? 2 : 1,
            inputs -> CompletableFuture.supplyAsync(() -> start(programs, inputs), blocking),
            settings.stallTimeout());
    return Source.<MuxEvent, NotUsed>fromGraph(
            GraphDSL.create(
                decrypted(picture),
                sound.map(M4sPipeline::decrypted).orElseGet(Source::empty),
                (_, _) -> NotUsed.getInstance(),
                (builder, pictures, sounds) -> {
                  var mux = builder.add(stage);
                  builder.from(pictures).toInlet(mux.in0());
                  builder.from(sounds).toInlet(mux.in1());
                  return org.apache.pekko.stream.SourceShape.of(mux.out());
                }))
        .via(
            Flow.<MuxEvent>create()
                .statefulMap(
                    () -> new MuxedParts(sound.isPresent(), resumed),
                    (parts, event) -> Pair.create(parts, parts.see(event)),
                    _ -> Optional.empty())
                .mapConcat(pieces -> pieces)
                .recover(new PFBuilder<Throwable, Piece>().matchAny(Piece.Broken::new).build())
                .async(BLOCKING, MOST_WAITING));
  }

  private MuxProcess start(FfmpegPrograms programs, List<MuxInput> inputs) {
    MuxPlan plan = MuxPlan.of(settings.mode(), inputs);
    if (plan.outputs().isEmpty()) {
      throw new StreamException(new StreamFailure.Failed("The stream has no picture and no sound"));
    }
    try {
      return MuxProcess.start(programs, inputs, plan, settings);
    } catch (IOException e) {
      throw new StreamException(
          new StreamFailure.Failed("ffmpeg can't be started: " + e.getMessage()), e);
    }
  }

  private static Source<Piece, NotUsed> decrypted(HlsSource segments) {
    return segments
        .pieces()
        .recover(new PFBuilder<Throwable, Piece>().matchAny(Piece.Broken::new).build())
        .via(
            Flow.<Piece>create()
                .statefulMap(
                    Decryption::new,
                    (decryption, piece) -> Pair.create(decryption, decryption.see(piece)),
                    _ -> Optional.empty())
                .mapConcat(pieces -> pieces)
                .async(BLOCKING, MOST_WAITING));
  }

  @Override
  public String extension() {
    return ffmpeg.find().isPresent() ? "ts" : "mp4";
  }

  @Override
  public int partsBeforePlayback() {
    return buffering;
  }
}
