package io.github.streamingserver.recorder;

import io.github.streamingserver.model.MediaTimes;
import io.github.streamingserver.model.MediaTimes.Span;
import io.github.streamingserver.mpegts.StreamCodec.Kind;
import io.github.streamingserver.mpegts.Stretch;
import io.github.streamingserver.mpegts.Ticks;
import io.github.streamingserver.recorder.Piece.Part;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which part the units that ffmpeg gives are of: those that are decoded no later than the
 * last one that went in with it. Times that come out differ from those that went in by an offset,
 * which the first unit of each stream tells. One run of ffmpeg, one thread.
 *
 * <p>Sound that is separate is cut into parts of its own. Of a picture's part it is up to the end
 * of the sound's part that ends with it, as another run of the recording would begin with the next
 * one; where none does, up to the picture's end.
 */
final class PartSorter {
  /** What rounding may move a time by, less than any unit lasts. */
  static final long TOLERANCE = 3 * Ticks.PER_SECOND / 1000;

  /** Where picture or sound is encoded anew, the last unit may begin a little sooner. */
  private static final long SLACK = Ticks.PER_SECOND / 10;

  /** A stream of the output. */
  private static final class Track {
    private OptionalLong firstIn = OptionalLong.empty();
    private OptionalLong firstOut = OptionalLong.empty();
    private long latest;
    private @Nullable MuxedPart current;
  }

  private final boolean separate;
  private final Deque<MuxedPart> waiting;
  private final SoundParts sounds = new SoundParts();
  private final Map<Kind, Track> tracks = new EnumMap<>(Kind.class);
  private int begun;
  private double nominal;

  /**
   * @param separate whether sound comes in parts of its own
   * @param waiting the parts that are not over, in order: those that begin are added, and whoever
   *     finds them over removes them
   */
  PartSorter(boolean separate, Deque<MuxedPart> waiting) {
    this.separate = separate;
    this.waiting = waiting;
  }

  void begin(Part part) {
    nominal += part.seconds();
    waiting.add(new MuxedPart(part, begun++, nominal));
  }

  /** All of the part that was begun last is in. */
  void fed(MediaTimes times) {
    waiting.getLast().feed(times);
    times.picture().ifPresent(span -> first(Kind.VIDEO, span));
    if (!separate) {
      times.sound().ifPresent(span -> first(Kind.AUDIO, span));
    }
  }

  /** All of a part of separate sound is in. */
  void soundFed(MediaTimes times) {
    times.sound().ifPresent(span -> first(Kind.AUDIO, span));
    sounds.fed(times);
  }

  /** No more of separate sound goes into this run. */
  void soundEnded() {
    sounds.end();
  }

  private void first(Kind kind, Span span) {
    Track track = track(kind);
    track.firstIn = track.firstIn.isPresent() ? track.firstIn : OptionalLong.of(span.first());
  }

  private Track track(Kind kind) {
    return tracks.computeIfAbsent(kind, _ -> new Track());
  }

  /**
   * The part that packets of a stream of this kind are of; there must be one that is not over. A
   * stream never goes back to an earlier part.
   */
  MuxedPart partOf(Kind kind, Stretch stretch) {
    MuxedPart head = waiting.getFirst();
    if (kind == Kind.OTHER) {
      return head;
    }
    Track track = track(kind);
    int from = track.current == null ? 0 : track.current.index();
    if (stretch.decodeTime().isPresent()) {
      track.latest = stretch.decodeTime().getAsLong();
      track.firstOut = track.firstOut.isPresent() ? track.firstOut : OptionalLong.of(track.latest);
      track.current = find(kind, track.latest, from);
    }
    MuxedPart current = track.current;
    return current == null || current.index() < head.index() ? head : current;
  }

  private MuxedPart find(Kind kind, long time, int from) {
    for (MuxedPart part : waiting) {
      boolean mayBe = part.index() >= from && !part.isMissing() && !isWithout(part, kind);
      if (mayBe && (!part.isFed() || !isAfter(time, limit(part, kind)))) {
        return part;
      }
    }
    return waiting.getLast();
  }

  private static boolean isAfter(long time, OptionalLong limit) {
    return limit.isPresent() && Ticks.between(limit.getAsLong(), time) > TOLERANCE;
  }

  /** Whether the part is known to hold nothing of this kind. */
  private boolean isWithout(MuxedPart part, Kind kind) {
    MediaTimes times = part.times();
    if (kind == Kind.VIDEO) {
      return times.picture().isEmpty() && times.sound().isPresent();
    }
    return !separate && times.sound().isEmpty() && times.picture().isPresent();
  }

  /** When the last unit of the part is decoded, as it comes out. */
  private OptionalLong limit(MuxedPart part, Kind kind) {
    if (kind == Kind.VIDEO || !separate) {
      Optional<Span> span = kind == Kind.VIDEO ? part.times().picture() : part.times().sound();
      return span.isPresent() ? out(kind, span.get().last()) : OptionalLong.empty();
    }
    return part.times().picture().map(span -> soundLimit(span.end())).orElse(OptionalLong.empty());
  }

  private OptionalLong soundLimit(long end) {
    Optional<Span> sound = sounds.endingWith(end);
    if (sound.isPresent()) {
      return out(Kind.AUDIO, sound.get().last());
    }
    return sounds.reaches(end) ? out(Kind.VIDEO, end - 2 * TOLERANCE - 1) : OptionalLong.empty();
  }

  private OptionalLong out(Kind kind, long time) {
    Track track = track(kind);
    return track.firstIn.isPresent() && track.firstOut.isPresent()
        ? OptionalLong.of(Ticks.wrap(time + offset(track)))
        : OptionalLong.empty();
  }

  /** Whether times tell when the first part is out. */
  boolean isTimed() {
    MuxedPart head = waiting.getFirst();
    return limit(head, Kind.VIDEO).isPresent() || limit(head, Kind.AUDIO).isPresent();
  }

  /** Whether all of the first part is out, as streams of {@code kinds} come out. */
  boolean isOut(Collection<Kind> kinds) {
    MuxedPart head = waiting.getFirst();
    return head.isFed()
        && kinds.stream().allMatch(kind -> isWithout(head, kind) || isPassed(head, kind));
  }

  /** Whether times tell that all of the first part is out, also where nothing follows. */
  boolean hasCome(Collection<Kind> kinds) {
    MuxedPart head = waiting.getFirst();
    return head.isFed()
        && kinds.stream().allMatch(kind -> isWithout(head, kind) || due(head, kind).orElse(1) == 0);
  }

  /** Whether times tell that not all of the first part is out. */
  boolean isShort(Collection<Kind> kinds) {
    MuxedPart head = waiting.getFirst();
    return kinds.stream()
        .anyMatch(kind -> !isWithout(head, kind) && due(head, kind).orElse(0) > SLACK);
  }

  /** How much of a stream of the part is not out, in ticks, where times tell. */
  private OptionalLong due(MuxedPart part, Kind kind) {
    Track track = track(kind);
    OptionalLong last = limit(part, kind);
    if (last.isEmpty() || (separate && kind == Kind.AUDIO && isDrained(track))) {
      return last.isEmpty() ? last : OptionalLong.of(0);
    }
    long ticks = Ticks.between(track.latest, last.getAsLong()) - leftOut(track);
    return OptionalLong.of(ticks <= TOLERANCE ? 0 : ticks);
  }

  /**
   * How much ffmpeg has left out at the beginning of a stream, by which its limits are too late:
   * all streams come out moved by the same offset.
   */
  private long leftOut(Track track) {
    return tracks.values().stream()
        .filter(other -> other.firstIn.isPresent() && other.firstOut.isPresent())
        .mapToLong(other -> Ticks.between(offset(other), offset(track)))
        .max()
        .orElse(0);
  }

  private static long offset(Track track) {
    return Ticks.wrap(track.firstOut.getAsLong() - track.firstIn.getAsLong());
  }

  /** Whether the last unit of separate sound has come out. */
  private boolean isDrained(Track track) {
    OptionalLong last =
        sounds.last().map(span -> out(Kind.AUDIO, span.last())).orElse(OptionalLong.empty());
    return last.isEmpty() || Ticks.between(last.getAsLong(), track.latest) >= -TOLERANCE;
  }

  private boolean isPassed(MuxedPart head, Kind kind) {
    Track track = track(kind);
    boolean behind = track.current != null && track.current.index() > head.index();
    return behind || (kind == Kind.AUDIO && sounds.isEnded() && isDrained(track));
  }
}
