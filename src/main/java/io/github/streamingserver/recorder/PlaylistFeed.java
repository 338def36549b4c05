package io.github.streamingserver.recorder;

import io.github.streamingserver.drm.PlaylistDrm;
import io.github.streamingserver.hls.DeltaUpdate;
import io.github.streamingserver.hls.LiveWindow;
import io.github.streamingserver.hls.MediaPlaylist;
import io.github.streamingserver.hls.Segment;
import io.github.streamingserver.hls.StartPosition;
import io.github.streamingserver.model.DrmScheme;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.HlsSource.Track;
import io.github.streamingserver.recorder.PlaylistLoader.Loaded;
import io.github.streamingserver.recorder.ReloadRules.Decision;
import io.github.streamingserver.recorder.ReloadRules.Step;
import io.github.streamingserver.recorder.ReloadRules.Way;
import io.github.streamingserver.recorder.StreamAccess.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Source;

/**
 * The segments that a media playlist lists, in order, each once: all at once where it is complete,
 * else as they appear. It is loaded as {@link ReloadRules} say, whether or not anybody is ready for
 * more, so that what is listed is known even while segments are hard to get.
 */
final class PlaylistFeed {
  /** What a load brought. */
  sealed interface Item {
    /**
     * A segment to record.
     *
     * @param generation what its number means, see {@link Listing#find}
     * @param discontinuity whether it may not go on from the one before
     */
    record Listed(Segment segment, int generation, boolean discontinuity) implements Item {}

    /** Segments that left the playlist before it was loaded again. */
    record Missed(long segments, Duration duration) implements Item {}

    /** Nothing more comes. */
    record Broken(Throwable cause) implements Item {}
  }

  /** Where the feed is between two loads. */
  private record Place(
      ReloadState state,
      Step step,
      Optional<LiveWindow> window,
      Optional<Loaded> last,
      boolean moved) {}

  private final StreamAccess access;
  private final PlaylistLoader loader;
  private final Listing listing;
  private final ReloadRules rules;
  private final StartPosition start;
  private final InstantSource clock;
  private final int backlog;

  /**
   * @param start where a first playlist is entered
   * @param backlog segments that may wait to be fetched
   */
  PlaylistFeed(
      Track track,
      StreamAccess access,
      PlaylistFetcher playlists,
      Listing listing,
      ReloadRules rules,
      StartPosition start,
      InstantSource clock,
      int backlog) {
    this.access = access;
    this.loader = new PlaylistLoader(track, access, playlists, clock);
    this.listing = listing;
    this.rules = rules;
    this.start = start;
    this.clock = clock;
    this.backlog = backlog;
  }

  /** The items; {@link Item.Broken} is the last where it fails, the stream itself completes. */
  Source<Item, NotUsed> items(ActorSystem system) {
    Place begin =
        new Place(
            ReloadState.at(clock.instant()),
            new Step.Load(Duration.ZERO, Way.SAME),
            Optional.empty(),
            Optional.empty(),
            false);
    return Source.unfoldAsync(begin, place -> next(place, system))
        .mapConcat(items -> items)
        .buffer(backlog, OverflowStrategy.backpressure());
  }

  private CompletionStage<Optional<Pair<Place, List<Item>>>> next(Place place, ActorSystem system) {
    if (!(place.step() instanceof Step.Load(var after, var way))) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    CompletionStage<Loaded> load =
        after.isZero()
            ? CompletableFuture.completedStage(way).thenCompose(loader::load)
            : Patterns.after(after, system, () -> loader.load(way));
    return load.thenApply(loaded -> loaded(place, loaded))
        .exceptionally(error -> failed(place, error))
        .thenApply(Optional::of);
  }

  private Pair<Place, List<Item>> failed(Place place, Throwable error) {
    boolean fallback = access.route().next().isPresent();
    Decision decision = rules.failed(place.state(), error, fallback, clock.instant());
    List<Item> items =
        decision.step() instanceof Step.Fail(var cause)
            ? List.of(new Item.Broken(cause))
            : List.of();
    return Pair.create(
        new Place(decision.state(), decision.step(), place.window(), place.last(), place.moved()),
        items);
  }

  private Pair<Place, List<Item>> loaded(Place place, Loaded loaded) {
    MediaPlaylist playlist = whole(place, loaded.playlist());
    LiveWindow.Advance advance = advance(place, loaded, playlist);
    boolean restarted = place.last().isPresent() && advance.restart().isPresent();
    boolean other = isOther(place, loaded);
    boolean moved = place.moved() || restarted || other;
    if (restarted || (other && isRenumbered(place, advance))) {
      listing.restarted(playlist);
    } else {
      listing.loaded(playlist);
    }
    List<Item> items = items(advance, moved);
    Duration took = Duration.between(loaded.begun(), clock.instant());
    Decision decision =
        rules.loaded(place.state(), playlist, !advance.fresh().isEmpty(), took, clock.instant());
    Step step = decision.step();
    if (!items.isEmpty() && items.getLast() instanceof Item.Broken(var cause)) {
      step = new Step.Fail(cause);
    } else if (step instanceof Step.Fail(var cause)) {
      items.add(new Item.Broken(cause));
    }
    Loaded last = new Loaded(loaded.route(), playlist, loaded.begun());
    return Pair.create(
        new Place(
            decision.state(),
            step,
            Optional.of(advance.window()),
            Optional.of(last),
            moved && advance.fresh().isEmpty()),
        items);
  }

  private static MediaPlaylist whole(Place place, MediaPlaylist playlist) {
    return place.last().map(last -> DeltaUpdate.apply(last.playlist(), playlist)).orElse(playlist);
  }

  private LiveWindow.Advance advance(Place place, Loaded loaded, MediaPlaylist playlist) {
    if (place.window().isEmpty() || place.last().isEmpty()) {
      return LiveWindow.begin(playlist, start.index(playlist));
    }
    Duration away = Duration.between(place.last().get().begun(), loaded.begun());
    LiveWindow window = place.window().get();
    return isOther(place, loaded) ? window.moveTo(playlist, away) : window.advance(playlist, away);
  }

  /** Whether this is another variant of what the last load brought. */
  private static boolean isOther(Place place, Loaded loaded) {
    return place
        .last()
        .filter(last -> !last.playlist().endList())
        .filter(last -> isOther(last.route(), loaded.route()))
        .isPresent();
  }

  /** A stream that was resolved anew has other addresses, but the same qualities. */
  private static boolean isOther(Route before, Route now) {
    return before.source().equals(now.source())
        ? before.number() != now.number()
        : !before.variant().quality().equals(now.variant().quality());
  }

  private static boolean isRenumbered(Place place, LiveWindow.Advance advance) {
    return advance.fresh().stream()
        .findFirst()
        .filter(first -> place.window().orElseThrow().nextSequence() != first.sequence())
        .isPresent();
  }

  /** What is fresh, up to the first segment that is protected. */
  private List<Item> items(LiveWindow.Advance advance, boolean moved) {
    List<Item> items = new ArrayList<>();
    if (advance.lostSegments() > 0) {
      items.add(new Item.Missed(advance.lostSegments(), advance.lostDuration()));
    }
    boolean discontinuity = moved;
    for (Segment segment : advance.fresh()) {
      Optional<DrmScheme> drm = PlaylistDrm.of(segment);
      if (drm.isPresent()) {
        StreamFailure failure = new StreamFailure.DrmProtected(drm.get());
        items.add(new Item.Broken(new StreamException(failure)));
        return items;
      }
      items.add(
          new Item.Listed(segment, listing.generation(), discontinuity || segment.discontinuity()));
      discontinuity = false;
    }
    return items;
  }
}
