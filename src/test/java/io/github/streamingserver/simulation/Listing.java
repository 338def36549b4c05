package io.github.streamingserver.simulation;

import io.github.streamingserver.simulation.Scenario.Channel;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** The media playlist of one programme. */
final class Listing {
  private static final int SECOND = 1000;

  final Deque<Segment> window = new ArrayDeque<>();
  long sequence;
  long discontinuities;
  boolean ended;
  boolean fresh = true;

  /** One whose first segment will have that number. */
  Listing(long sequence) {
    this.sequence = sequence;
  }

  /** The oldest segment leaves. */
  void leave(Instant now) {
    Segment left = window.remove();
    left.left = now;
    sequence++;
    if (left.begins) {
      discontinuities++;
    }
  }

  /**
   * The playlist.
   *
   * @param query of all addresses in it
   */
  String text(Channel channel, String query) {
    StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:");
    text.append(channel.segment().plusMillis(SECOND - 1).toSeconds());
    text.append("\n#EXT-X-MEDIA-SEQUENCE:").append(sequence);
    text.append("\n#EXT-X-DISCONTINUITY-SEQUENCE:").append(discontinuities).append('\n');
    for (Segment segment : window) {
      if (segment.begins) {
        text.append("#EXT-X-DISCONTINUITY\n");
      }
      if (channel.dated()) {
        text.append("#EXT-X-PROGRAM-DATE-TIME:").append(segment.begin).append('\n');
      }
      long millis = segment.length.toMillis();
      text.append("#EXTINF:%d.%03d,\n".formatted(millis / SECOND, millis % SECOND));
      text.append(segment.url).append(query).append('\n');
    }
    return ended ? text + "#EXT-X-ENDLIST\n" : text.toString();
  }
}
