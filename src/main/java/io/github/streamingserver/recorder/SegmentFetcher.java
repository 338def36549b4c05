package io.github.streamingserver.recorder;

import io.github.streamingserver.hls.Segment;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.Piece.Part;
import io.github.streamingserver.recorder.PlaylistFeed.Item;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** What a playlist lists → its pieces. Safe for use from any thread. */
final class SegmentFetcher {
  private static final double MILLIS = 1000.0;

  private final HlsOrigin origin;
  private final List<Pattern> filler;
  private final boolean leavesFillerOut;

  /**
   * @param filler found in the addresses of what is no programme
   */
  SegmentFetcher(HlsOrigin origin, List<Pattern> filler, boolean leavesFillerOut) {
    this.origin = origin;
    this.filler = filler;
    this.leavesFillerOut = leavesFillerOut;
  }

  /** The pieces of {@code item}; to be run once. */
  Source<Piece, NotUsed> pieces(Item item) {
    return switch (item) {
      case Item.Listed listed -> pieces(listed);
      case Item.Missed(long segments, var duration) ->
          Source.single(
              new Piece.Missed(
                  segments,
                  duration.toMillis() / MILLIS,
                  new StreamFailure.Failed("they left the playlist before they could be seen")));
      case Item.Broken(var cause) -> Source.single(new Piece.Broken(cause));
    };
  }

  private Source<Piece, NotUsed> pieces(Item.Listed listed) {
    Segment segment = listed.segment();
    Part part =
        new Part(
            segment.uri(),
            segment.sequence(),
            segment.duration().toMillis() / MILLIS,
            listed.discontinuity(),
            isFiller(segment.uri()),
            segment.discontinuitySequence(),
            Optional.of(listed.place()));
    if (part.filler() && leavesFillerOut) {
      return Source.single(new Piece.LeftOut(part));
    }
    if (segment.gap()) {
      StreamFailure cause = new StreamFailure.Failed("the playlist says that it is missing");
      return Source.from(List.of(new Piece.Begin(part), new Piece.Lost(part, cause)));
    }
    return new SegmentAttempts(origin, listed, part).pieces(part);
  }

  private boolean isFiller(URI url) {
    String place =
        Optional.ofNullable(url.getRawAuthority()).orElse("")
            + Optional.ofNullable(url.getRawPath()).orElse("");
    return filler.stream().anyMatch(pattern -> pattern.matcher(place).find());
  }
}
