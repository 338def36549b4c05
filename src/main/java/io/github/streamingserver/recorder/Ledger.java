package io.github.streamingserver.recorder;

import io.github.streamingserver.model.Totals;
import io.github.streamingserver.recorder.Fact.Grown;
import io.github.streamingserver.recorder.Fact.Lost;
import io.github.streamingserver.recorder.Fact.PartWritten;
import io.github.streamingserver.recorder.Fact.SectionOpened;
import io.github.streamingserver.recorder.Fact.TotalKnown;

/** Adds up the facts of a recording. Pure. */
final class Ledger {
  private Ledger() {}

  /**
   * @param segmented whether a part is a segment, not a single file
   */
  static Totals add(Totals totals, Fact fact, boolean segmented) {
    return switch (fact) {
      case SectionOpened _ ->
          new Totals(
              totals.bytes(),
              totals.segments(),
              totals.mediaSeconds(),
              totals.lostSegments(),
              totals.lostSeconds(),
              totals.sections() + 1);
      case Grown(long bytes) -> grown(totals, bytes, 0, 0);
      case TotalKnown _, Fact.Resumed _, Fact.LeftOut _, Fact.Broken _ -> totals;
      case PartWritten(var part, long bytes) ->
          grown(totals, bytes, segmented ? 1 : 0, part.seconds());
      case Lost(long segments, double seconds, _) ->
          new Totals(
              totals.bytes(),
              totals.segments(),
              totals.mediaSeconds(),
              totals.lostSegments() + segments,
              totals.lostSeconds() + seconds,
              totals.sections());
    };
  }

  private static Totals grown(Totals totals, long bytes, int segments, double seconds) {
    return new Totals(
        bytes,
        totals.segments() + segments,
        totals.mediaSeconds() + seconds,
        totals.lostSegments(),
        totals.lostSeconds(),
        totals.sections());
  }
}
