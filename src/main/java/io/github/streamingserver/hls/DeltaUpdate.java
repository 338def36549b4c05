package io.github.streamingserver.hls;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Completes a delta update by the playlist before it (draft-pantos-hls-rfc8216bis §6.3.7). */
public final class DeltaUpdate {
  private DeltaUpdate() {}

  /**
   * The whole playlist that {@code update} is short for; {@code update} itself where it skips
   * nothing.
   *
   * @throws PlaylistException where {@code previous} does not hold all that is skipped: load the
   *     playlist without asking for a delta
   */
  public static MediaPlaylist apply(MediaPlaylist previous, MediaPlaylist update) {
    return update.skip().map(skip -> merge(previous, update, skip)).orElse(update);
  }

  private static MediaPlaylist merge(MediaPlaylist previous, MediaPlaylist update, Skip skip) {
    long from = update.mediaSequence() - previous.mediaSequence();
    if (previous.skip().isPresent()
        || from < 0
        || from + skip.segments() > previous.segments().size()) {
      throw new PlaylistException("delta update skips segments that were never seen");
    }
    int end = (int) (from + skip.segments());
    Segment last = previous.segments().get(end - 1);
    long passed = last.discontinuitySequence() - update.discontinuitySequence();
    List<Segment> segments = new ArrayList<>(previous.segments().subList((int) from, end));
    for (Segment segment : update.segments()) {
      segments.add(inherit(segment, last, skip, passed));
    }
    return new MediaPlaylist(
        update.uri(),
        update.version(),
        update.targetDuration(),
        update.mediaSequence(),
        update.discontinuitySequence(),
        update.endList(),
        update.playlistType(),
        update.iFramesOnly(),
        update.independentSegments(),
        update.start(),
        segments,
        dateRanges(previous, update, skip),
        update.lowLatency(),
        Optional.empty(),
        update.variables(),
        update.warnings());
  }

  private static Segment inherit(Segment segment, Segment last, Skip skip, long passed) {
    boolean ownKeys = segment.sequence() >= skip.keysDeclaredFrom();
    boolean ownMap = segment.sequence() >= skip.mapDeclaredFrom();
    return new Segment(
        segment.uri(),
        segment.rawUri(),
        segment.sequence(),
        segment.duration(),
        segment.title(),
        segment.byteRange(),
        segment.discontinuity(),
        segment.discontinuitySequence() + passed,
        segment.gap(),
        ownKeys ? segment.keys() : last.keys(),
        ownMap ? segment.map() : last.map(),
        segment.programDateTime(),
        segment.cues(),
        segment.bitrate());
  }

  private static List<DateRange> dateRanges(
      MediaPlaylist previous, MediaPlaylist update, Skip skip) {
    Map<String, DateRange> byId = new LinkedHashMap<>();
    previous.dateRanges().forEach(range -> byId.put(range.id(), range));
    byId.keySet().removeAll(skip.removedDateRanges());
    update.dateRanges().forEach(range -> byId.put(range.id(), range));
    return List.copyOf(byId.values());
  }
}
