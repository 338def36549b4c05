package io.github.streamingserver.hls;

import io.github.streamingserver.drm.PlaylistDrm;
import io.github.streamingserver.fuzz.FuzzTarget;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Playlists, one load after another of a live one, with a form feed between them. */
public final class PlaylistFuzz implements FuzzTarget {
  private static final URI BASE = URI.create("https://cdn.test/a/b.m3u8?token=s3cret");
  private static final PlaylistLimits LIMITS = new PlaylistLimits(64 << 10, 8 << 10, 2000, 500);
  private static final Duration AWAY = Duration.ofSeconds(6);
  private static final int MOST_LOADS = 8;

  /** Of each character of an address, where it is escaped. */
  private static final int ESCAPED = 9;

  @Override
  public void read(byte[] input) {
    Optional<MediaPlaylist> before = Optional.empty();
    Optional<LiveWindow> window = Optional.empty();
    String text = new String(input, StandardCharsets.UTF_8);
    for (String load : text.split("\f", MOST_LOADS)) {
      alone(load);
      Optional<Playlist> read = parse(load);
      if (read.isPresent() && read.get() instanceof MediaPlaylist media) {
        MediaPlaylist whole = before.map(it -> applied(it, media)).orElse(media);
        window = Optional.of(follow(window, whole));
        before = Optional.of(whole);
      }
    }
  }

  private static void alone(String text) {
    try {
      check(PlaylistParser.parseAlone(text, BASE, LIMITS), text);
    } catch (PlaylistException e) {
      checkMessage(e);
    }
  }

  private static Optional<Playlist> parse(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      Playlist playlist = PlaylistParser.parse(bytes, BASE, Map.of("v", "w"), LIMITS);
      check(playlist, text);
      return Optional.of(playlist);
    } catch (PlaylistException e) {
      checkMessage(e);
      return Optional.empty();
    }
  }

  private static MediaPlaylist applied(MediaPlaylist before, MediaPlaylist update) {
    try {
      return DeltaUpdate.apply(before, update);
    } catch (PlaylistException e) {
      return update;
    }
  }

  private static LiveWindow follow(Optional<LiveWindow> window, MediaPlaylist playlist) {
    FuzzTarget.promise(
        ReloadTiming.delay(playlist, true).compareTo(Duration.ZERO) >= 0, "a negative delay");
    if (window.isEmpty()) {
      int index = new StartPosition(false, Duration.ofSeconds(30), 3).index(playlist, false);
      return LiveWindow.begin(playlist, index).window();
    }
    check(window.get().moveTo(playlist, AWAY));
    check(window.get().rejoin(playlist, AWAY, AWAY));
    LiveWindow.Advance advance = window.get().advance(playlist, AWAY, AWAY);
    check(advance);
    FuzzTarget.promise(
        advance.window().advance(playlist, AWAY, AWAY).fresh().isEmpty(),
        "the same segments again");
    return advance.window();
  }

  private static void check(LiveWindow.Advance advance) {
    FuzzTarget.promise(advance.lostSegments() >= 0, "fewer than no segments are lost");
    FuzzTarget.promise(!advance.lostDuration().isNegative(), "less than nothing is lost");
  }

  private static void check(Playlist playlist, String text) {
    FuzzTarget.promise(playlist.warnings().size() <= 51, "warnings without end");
    FuzzTarget.promise(
        !String.join("", playlist.warnings()).contains("s3cret"), "a warning tells a secret");
    FuzzTarget.promise(PlaylistDrm.of(playlist) != null, "no word on DRM");
    if (playlist instanceof MediaPlaylist media) {
      check(media, text);
    }
  }

  private static void check(MediaPlaylist media, String text) {
    long sequence = media.mediaSequence() + media.skip().map(Skip::segments).orElse(0L);
    long characters = 0;
    for (Segment segment : media.segments()) {
      FuzzTarget.promise(segment.sequence() == sequence, "a gap in the sequence");
      FuzzTarget.promise(!segment.duration().isNegative(), "a negative duration");
      FuzzTarget.promise(
          segment.gap() || segment.uri().getHost() != null, "a segment without an address");
      sequence++;
      characters += segment.uri().toString().length();
    }
    long known = (long) text.length() + LIMITS.maxSize();
    FuzzTarget.promise(
        characters <= ESCAPED * known + media.segments().size() * 100L, "addresses without end");
    FuzzTarget.promise(!media.duration().isNegative(), "a negative length");
  }

  private static void checkMessage(PlaylistException e) {
    FuzzTarget.promise(!String.valueOf(e.getMessage()).contains("s3cret"), "a secret is told");
  }
}
