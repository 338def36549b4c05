package io.github.streamingserver.recorder;

import io.github.streamingserver.hls.DeltaUpdate;
import io.github.streamingserver.hls.LiveWindow;
import io.github.streamingserver.hls.MediaPlaylist;
import io.github.streamingserver.recorder.PlaylistLoader.Loaded;
import io.github.streamingserver.recorder.StreamAccess.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a feed has come between two loads of its playlist, and what the next load is to it: the
 * same playlist further on, another variant, or the stream found anew.
 *
 * @param news when the last load that brought anything was begun; not one of a playlist that has
 *     ended, since who knows when
 * @param moved whether what comes next may not go on from what came last
 */
record PlaylistProgress(
    Optional<LiveWindow> window, Optional<Loaded> last, Instant news, boolean moved) {
  /** How a first playlist is entered. */
  @FunctionalInterface
  interface Entrance {
    LiveWindow.Advance enter(MediaPlaylist playlist);
  }

  /** Of a feed that has loaded nothing yet. */
  static PlaylistProgress none(Instant now) {
    return new PlaylistProgress(Optional.empty(), Optional.empty(), now, false);
  }

  /** The playlist with what an update of it left out. */
  MediaPlaylist whole(MediaPlaylist playlist) {
    return last.map(before -> DeltaUpdate.apply(before.playlist(), playlist)).orElse(playlist);
  }

  /**
   * What a load brings.
   *
   * @param playlist that was loaded, whole
   */
  LiveWindow.Advance advance(Loaded loaded, MediaPlaylist playlist, Entrance entrance) {
    if (window.isEmpty() || last.isEmpty()) {
      return entrance.enter(playlist);
    }
    Duration away = Duration.between(last.get().begun(), loaded.begun());
    Duration still = Duration.between(news, loaded.begun());
    if (isOther(loaded)) {
      return window.get().moveTo(playlist, still);
    }
    return last.get().route().source().equals(loaded.route().source())
        ? window.get().advance(playlist, away, still)
        : window.get().rejoin(playlist, away, still);
  }

  /** Whether this load is of another variant than the last one. */
  boolean isOther(Loaded loaded) {
    return last.filter(before -> !before.playlist().endList())
        .filter(before -> isOther(before.route(), loaded.route()))
        .isPresent();
  }

  /** A stream that was resolved anew has other addresses, but the same qualities. */
  private static boolean isOther(Route before, Route now) {
    return before.source().equals(now.source())
        ? before.number() != now.number()
        : !before.variant().quality().equals(now.variant().quality());
  }

  /** Whether numbers that were seen mean something else from {@code advance} on. */
  boolean isRestart(LiveWindow.Advance advance) {
    return last.isPresent() && advance.restart().isPresent();
  }

  /** Whether what {@code advance} brings has other numbers than were due. */
  boolean isRenumbered(LiveWindow.Advance advance) {
    return advance.fresh().stream()
        .findFirst()
        .filter(first -> window.orElseThrow().nextSequence() != first.sequence())
        .isPresent();
  }

  /**
   * The progress after a load.
   *
   * @param broken whether what it brought, or what comes next, may not go on from what came before
   */
  PlaylistProgress after(Loaded loaded, LiveWindow.Advance advance, boolean broken) {
    boolean nothing = advance.fresh().isEmpty();
    return new PlaylistProgress(
        Optional.of(advance.window()),
        Optional.of(loaded),
        nothing || loaded.playlist().endList() ? news : loaded.begun(),
        broken && nothing);
  }
}
