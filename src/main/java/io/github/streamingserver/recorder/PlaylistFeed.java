package io.github.streamingserver.recorder;

import io.github.streamingserver.drm.PlaylistDrm;
import io.github.streamingserver.hls.LiveWindow;
import io.github.streamingserver.hls.MediaPlaylist;
import io.github.streamingserver.hls.Place;
import io.github.streamingserver.hls.Segment;
import io.github.streamingserver.model.DrmScheme;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.HlsSource.Track;
import io.github.streamingserver.recorder.PlaylistLoader.Loaded;
import io.github.streamingserver.recorder.ReloadRules.Decision;
import io.github.streamingserver.recorder.ReloadRules.Step;
import io.github.streamingserver.recorder.ReloadRules.Way;
import java.time.Duration;
import java.time.Instant;
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
    record Listed(Place place, int generation, boolean discontinuity) implements Item {
      Segment segment() {
        return place.segment();
      }
    }

    /** Segments that left the playlist before it was loaded again. */
    record Missed(long segments, Duration duration) implements Item {}

    /** Nothing more comes. */
    record Broken(Throwable cause) implements Item {}
  }

  private record Round(ReloadState state, Step step, PlaylistProgress progress) {}

  private final StreamAccess access;
  private final PlaylistLoader loader;
  private final Listing listing;
  private final ReloadRules rules;
  private final PlaylistProgress.Entrance entrance;
  private final InstantSource clock;
  private final int backlog;

  /**
   * @param backlog segments that may wait to be fetched
   */
  PlaylistFeed(
      Track track,
      StreamAccess access,
      PlaylistFetcher playlists,
      Listing listing,
      ReloadRules rules,
      PlaylistProgress.Entrance entrance,
      InstantSource clock,
      int backlog) {
    this.access = access;
    this.loader = new PlaylistLoader(track, access, playlists, clock);
    this.listing = listing;
    this.rules = rules;
    this.entrance = entrance;
    this.clock = clock;
    this.backlog = backlog;
  }

  /** The items; {@link Item.Broken} is the last where it fails, the stream itself completes. */
  Source<Item, NotUsed> items(ActorSystem system) {
    Round begin =
        new Round(
            ReloadState.at(clock.instant()),
            new Step.Load(Duration.ZERO, Way.SAME),
            PlaylistProgress.none(clock.instant()));
    return Source.unfoldAsync(begin, round -> next(round, system))
        .mapConcat(items -> items)
        .buffer(backlog, OverflowStrategy.backpressure());
  }

  private CompletionStage<Optional<Pair<Round, List<Item>>>> next(Round round, ActorSystem system) {
    if (!(round.step() instanceof Step.Load(var after, var way))) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    CompletionStage<Loaded> load =
        after.isZero()
            ? CompletableFuture.completedStage(way).thenCompose(loader::load)
            : Patterns.after(after, system, () -> loader.load(way));
    return load.thenApply(loaded -> loaded(round, loaded))
        .exceptionally(error -> failed(round, error))
        .thenApply(Optional::of);
  }

  private Pair<Round, List<Item>> failed(Round round, Throwable error) {
    boolean fallback = access.route().next().isPresent();
    Instant now = clock.instant();
    ReloadState state =
        access.isAnswered()
            ? round.state()
            : round.state().unanswered(StreamAccess.FIRST_PAUSE, now);
    Decision decision = rules.failed(state, error, fallback, now);
    List<Item> items =
        decision.step() instanceof Step.Fail(var cause)
            ? List.of(new Item.Broken(cause))
            : List.of();
    return Pair.create(new Round(decision.state(), decision.step(), round.progress()), items);
  }

  private Pair<Round, List<Item>> loaded(Round round, Loaded loaded) {
    PlaylistProgress before = round.progress();
    MediaPlaylist playlist = before.whole(loaded.playlist());
    LiveWindow.Advance advance = before.advance(loaded, playlist, entrance);
    boolean restarted = before.isRestart(advance);
    boolean other = before.isOther(loaded);
    boolean moved = before.moved() || restarted || other;
    if (restarted || (other && before.isRenumbered(advance))) {
      listing.restarted(playlist);
    } else {
      listing.loaded(playlist);
    }
    List<Item> items = items(advance, playlist, moved);
    Duration took = Duration.between(loaded.begun(), clock.instant());
    Decision decision =
        rules.loaded(round.state(), playlist, !advance.fresh().isEmpty(), took, clock.instant());
    Step step = decision.step();
    if (!items.isEmpty() && items.getLast() instanceof Item.Broken(var cause)) {
      step = new Step.Fail(cause);
    } else if (step instanceof Step.Fail(var cause)) {
      items.add(new Item.Broken(cause));
    }
    PlaylistProgress now =
        before.after(new Loaded(loaded.route(), playlist, loaded.begun()), advance, moved);
    return Pair.create(new Round(decision.state(), step, now), items);
  }

  /** What is fresh, up to the first segment that is protected. */
  private List<Item> items(LiveWindow.Advance advance, MediaPlaylist playlist, boolean moved) {
    List<Item> items = new ArrayList<>();
    if (advance.lostSegments() > 0) {
      items.add(new Item.Missed(advance.lostSegments(), advance.lostDuration()));
    }
    boolean discontinuity = moved;
    Duration end = before(advance, playlist);
    for (Segment segment : advance.fresh()) {
      end = end.plus(segment.duration());
      Optional<DrmScheme> drm = PlaylistDrm.of(segment);
      if (drm.isPresent()) {
        StreamFailure failure = new StreamFailure.DrmProtected(drm.get());
        items.add(new Item.Broken(new StreamException(failure)));
        return items;
      }
      items.add(
          new Item.Listed(
              new Place(playlist.mediaSequence(), end, segment),
              listing.generation(),
              discontinuity || segment.discontinuity()));
      discontinuity = false;
    }
    return items;
  }

  /** How much of the playlist stands before what is fresh. */
  private static Duration before(LiveWindow.Advance advance, MediaPlaylist playlist) {
    List<Segment> all = playlist.segments();
    return all.subList(0, all.size() - advance.fresh().size()).stream()
        .map(Segment::duration)
        .reduce(Duration.ZERO, Duration::plus);
  }
}
