package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.github.streamingserver.config.ServerSettings;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.http.RetryPolicy;
import io.github.streamingserver.model.MediaSource;
import io.github.streamingserver.model.Quality;
import io.github.streamingserver.model.RecorderId;
import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.resolver.ResolvedMedia;
import io.github.streamingserver.resolver.StreamOpener;
import io.github.streamingserver.testkit.Asked;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;

/** An HLS stream from a {@link FakeOrigin} as its pieces come, in a {@link VirtualTime}. */
final class HlsRun implements AutoCloseable {
  static final ServerSettings SETTINGS = ServerSettings.create(ConfigFactory.load());
  private static final int WINDOW = 5;

  final VirtualTime time = new VirtualTime();
  private Duration ahead = Duration.ZERO;

  /** The clock of the machine, as the owner sees it. */
  final InstantSource wall = () -> time.instant().plus(ahead);

  final FakeOrigin origin = new FakeOrigin();
  int target = 6;
  boolean showAds = true;
  final List<Piece> pieces = new ArrayList<>();
  Supplier<CompletionStage<ResolvedMedia>> resolver =
      () -> CompletableFuture.failedFuture(new IllegalStateException("nobody resolves"));
  private Optional<CompletionStage<?>> end = Optional.empty();

  /**
   * Variants have names, such as {@code 720p-copy}; their playlists are at {@code name.m3u8}, and
   * what is before the dash is their quality.
   */
  static MediaSource.Hls source(RecorderId recorder, String... variants) {
    List<MediaSource.Variant> all = new ArrayList<>();
    for (String variant : variants) {
      URI url = URI.create(FakeOrigin.HOST + variant + ".m3u8");
      all.add(new MediaSource.Variant(url, Optional.empty(), variant.split("-", 2)[0]));
    }
    URI master = URI.create(FakeOrigin.HOST + "master.m3u8");
    return new MediaSource.Hls(
        all.getFirst(), all.subList(1, all.size()), master, recorder, false, Map.of());
  }

  static ResolvedMedia media(MediaSource source) {
    return new ResolvedMedia(source, HttpSession.empty(), new Quality.Best());
  }

  /** {@code source} as one whose segments are muxed: what breaks off is gone on with. */
  static MediaSource.Hls muxed(MediaSource.Hls source) {
    return new MediaSource.Hls(
        source.chosen(),
        source.fallbacks(),
        source.master(),
        source.recorder(),
        true,
        source.variables());
  }

  /** Segments {@code first} to {@code last} under {@code folder}, each {@link #target} long. */
  String playlist(String folder, long first, long last, String... tail) {
    StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-TARGETDURATION:" + target);
    text.append("\n#EXT-X-MEDIA-SEQUENCE:").append(first);
    LongStream.rangeClosed(first, last)
        .forEach(i -> text.append("\n#EXTINF:%d,\n%s/%d.ts".formatted(target, folder, i)));
    return text + "\n" + String.join("\n", tail) + "\n";
  }

  /** A channel at {@code name.m3u8} that lists one more segment every {@link #target} seconds. */
  void channel(String name, String folder) {
    origin.answers(
        name + ".m3u8", () -> FakeOrigin.text(playlist(folder, edge() - WINDOW, edge())));
  }

  /** The newest segment of a {@link #channel}. */
  long edge() {
    return 100 + time.elapsed().toSeconds() / target;
  }

  /** Each with its own content, whose length is told. */
  void segments(String folder, long first, long last) {
    LongStream.rangeClosed(first, last)
        .forEach(i -> origin.always(folder + "/" + i + ".ts", FakeOrigin.segment(folder + i)));
  }

  void start(MediaSource.Hls source) {
    Fetching fetching =
        new Fetching(
            origin,
            HttpSession.empty(),
            wall,
            time,
            steady(Retries.starting(SETTINGS.recording())),
            steady(
                Retries.recording(
                    SETTINGS.recording(), Optional.empty(), RandomGenerator.getDefault())));
    StreamAccess access =
        new StreamAccess(
            media(source),
            source,
            false,
            () -> resolver.get(),
            opener(),
            wall,
            time,
            SETTINGS.hls().renewEvery());
    end =
        Optional.of(
            new HlsSource(
                    HlsSource.Track.MAIN,
                    source,
                    access,
                    fetching,
                    new RecordingTask(
                        request(),
                        media(source),
                        Path.of("/tmp/rec"),
                        wall.instant(),
                        Optional.empty()),
                    SETTINGS.hls(),
                    SETTINGS.recording())
                .pieces()
                .runWith(Sink.foreach(pieces::add), time.system()));
    time.settle();
  }

  StreamOpener opener() {
    return new StreamOpener(
        origin, SETTINGS.hls(), wall, Materializer.matFromSystem(time.system()));
  }

  /** The machine's clock is set: from now on it is so much ahead of the time that passes. */
  void setClock(Duration ahead) {
    this.ahead = ahead;
  }

  void pass(int seconds) {
    time.pass(Duration.ofSeconds(seconds));
  }

  /** The numbers of the whole segments, in order. */
  List<Long> whole() {
    return pieces.stream()
        .filter(Piece.End.class::isInstance)
        .map(piece -> ((Piece.End) piece).part().sequence())
        .toList();
  }

  /**
   * All from where a recording of a {@link #channel} begins, each once, up to the newest one or
   * that before it.
   */
  void assertThatNothingIsMissing() {
    long last = whole().getLast();
    assertThat(last).isBetween(edge() - 1, edge());
    assertThat(whole()).isEqualTo(LongStream.rangeClosed(96, last).boxed().toList());
  }

  List<Long> lost() {
    return pieces.stream()
        .filter(Piece.Lost.class::isInstance)
        .map(piece -> ((Piece.Lost) piece).part().sequence())
        .toList();
  }

  /** The folder that the last whole segment was listed in. */
  String folder() {
    Piece.Part last =
        pieces.reversed().stream()
            .filter(Piece.End.class::isInstance)
            .map(piece -> ((Piece.End) piece).part())
            .findFirst()
            .orElseThrow();
    return last.url().getPath().split("/", -1)[1];
  }

  long missed() {
    return pieces.stream()
        .mapToLong(piece -> piece instanceof Piece.Missed(long segments, _, _) ? segments : 0)
        .sum();
  }

  boolean isComplete() {
    return end.orElseThrow().toCompletableFuture().isDone()
        && !end.orElseThrow().toCompletableFuture().isCompletedExceptionally();
  }

  /** What the stream ended with; empty where it runs or is complete. */
  Optional<StreamFailure> failure() {
    if (!pieces.isEmpty() && pieces.getLast() instanceof Piece.Broken(var cause)) {
      return Optional.of(StreamException.failureOf(cause));
    }
    CompletableFuture<?> future = end.orElseThrow().toCompletableFuture();
    return future.isCompletedExceptionally()
        ? Optional.of(StreamException.failureOf(future.exceptionNow()))
        : Optional.empty();
  }

  private static RetryPolicy steady(RetryPolicy policy) {
    return new RetryPolicy(
        policy.budget(),
        policy.firstDelay(),
        policy.longestDelay(),
        policy.longestRetryAfter(),
        policy.missingTries(),
        policy.missingDelay(),
        () -> -1L);
  }

  private RecordingRequest request() {
    return Asked.of(URI.create(FakeOrigin.HOST + "master.m3u8"), Path.of("/tmp/rec"))
        .ads(showAds)
        .buffering(3)
        .request();
  }

  @Override
  public void close() {
    time.close();
  }
}
