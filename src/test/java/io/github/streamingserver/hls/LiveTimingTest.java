package io.github.streamingserver.hls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveTimingTest {
  @ParameterizedTest(name = "{0} segments of {1} s, {2}: {6}")
  @CsvSource({
    // segments, seconds, extra tag, from start, behind s, buffering, index
    "20, 6,  '',                                false, 30,  5,  15",
    "20, 6,  '',                                false, 30,  2,  15",
    "20, 6,  '',                                false, 31,  2,  15",
    "20, 10, '',                                false, 30,  5,  15",
    "20, 10, '',                                false, 30,  2,  17",
    "3,  6,  '',                                false, 30,  5,  0",
    "20, 6,  '',                                true,  30,  5,  0",
    "20, 6,  #EXT-X-ENDLIST,                    false, 30,  5,  0",
    "20, 6,  #EXT-X-PLAYLIST-TYPE:VOD,          false, 30,  5,  0",
    "20, 6,  #EXT-X-PLAYLIST-TYPE:EVENT,        false, 30,  5,  15",
    "20, 6,  '#EXT-X-START:TIME-OFFSET=-12',    false, 30,  1,  18",
    "20, 6,  '#EXT-X-START:TIME-OFFSET=-12',    false, 30,  5,  15",
    "20, 6,  '#EXT-X-START:TIME-OFFSET=-90',    false, 30,  1,  15",
    "20, 6,  '#EXT-X-START:TIME-OFFSET=0',      false, 30,  1,  15",
    "20, 6,  '#EXT-X-START:TIME-OFFSET=108',    false, 30,  1,  18",
    "20, 6,  '#EXT-X-START:TIME-OFFSET=500',    false, 30,  1,  15",
    "20, 60, '',                                false, 30,  0,  19",
    "0,  6,  '',                                false, 30,  5,  0",
  })
  void startsWhereTheRuleSays(
      int segments,
      int seconds,
      String tag,
      boolean fromStart,
      int behind,
      int buffering,
      int index) {
    StartPosition start = new StartPosition(fromStart, Duration.ofSeconds(behind), buffering);

    assertThat(start.index(playlist(segments, String.valueOf(seconds), tag), false))
        .isEqualTo(index);
  }

  /** A channel ends between two programmes, and nobody wants all of the last one. */
  @ParameterizedTest(name = "{0}, a channel: {1}")
  @CsvSource({
    "'#EXT-X-ENDLIST',                             false, 0",
    "'#EXT-X-ENDLIST',                             true,  15",
    "'#EXT-X-PLAYLIST-TYPE:VOD',                   true,  0",
    "'#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-ENDLIST', true,  0",
  })
  void startsInAPlaylistThatHasEnded(String tags, boolean channel, int index) {
    StartPosition start = new StartPosition(false, Duration.ofSeconds(30), 5);

    assertThat(start.index(playlist(20, "6", tags), channel)).isEqualTo(index);
  }

  @ParameterizedTest(name = "{0} segments of {1} s, target {2}, changed {3}: {4} ms")
  @CsvSource({
    "5, 6,   6,    true,  6000",
    "5, 6,   6,    false, 3000",
    "3, 6,   6,    true,  6000",
    "1, 6,   6,    true,  3000",
    "3, 2,   10,   true,  3000",
    "5, 0.5, 1,    false, 500",
    "5, 0.1, 1,    true,  500",
    "9, 600, 600,  true,  60000",
    "0, 6,   6,    true,  6000",
  })
  void reloadsInTime(int segments, String seconds, int target, boolean changed, long millis) {
    MediaPlaylist playlist = playlist(segments, seconds, "#EXT-X-TARGETDURATION:" + target);

    assertThat(ReloadTiming.delay(playlist, changed)).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void absurdTargetDurationIsNotWaitedFor() {
    MediaPlaylist playlist = playlist(5, "6", "#EXT-X-TARGETDURATION:99999999999");

    assertThat(ReloadTiming.delay(playlist, true)).isEqualTo(Duration.ofSeconds(6));
  }

  private static MediaPlaylist playlist(int segments, String seconds, String tag) {
    return Texts.media(tag + ("\n#EXTINF:" + seconds + ",\na.ts").repeat(segments));
  }
}
