package io.github.streamingserver.recorder;

import io.github.streamingserver.model.DrmScheme;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.mpegts.Boundary;
import io.github.streamingserver.mpegts.Program;
import io.github.streamingserver.mpegts.SegmentFacts;
import io.github.streamingserver.mpegts.SegmentReader;
import io.github.streamingserver.mpegts.SegmentReport;
import io.github.streamingserver.mpegts.StreamTimes;
import io.github.streamingserver.mpegts.Ticks;
import io.github.streamingserver.mpegts.TransportStreamException;
import io.github.streamingserver.mpegts.TransportStreamRewriter;
import io.github.streamingserver.recorder.Piece.Part;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.util.ByteString;

/**
 * Makes MPEG-TS segments one stream a section: continuity counters and timestamps run on, in place;
 * a segment that can't go on in the same file begins the next. A segment that is no transport
 * stream is lost; a scrambled one ends the recording. One recording, one thread.
 */
final class TransportStreamJoiner {
  private static final double MILLIS = 1000.0;

  private final SectionClock clock;
  private TransportStreamRewriter rewriter = new TransportStreamRewriter();
  private Optional<Written> previous = Optional.empty();
  private SegmentReader reader = SegmentReader.first();
  private Optional<Part> part = Optional.empty();
  private boolean begun;
  private boolean broken;
  private long due = -1;
  private long seen;

  private int section;
  private boolean holds;
  private OptionalLong shown = OptionalLong.empty();

  /** The last segment that is whole. */
  private record Written(SegmentFacts facts, boolean filler) {}

  /**
   * @param clock is told of each whole segment
   * @param section the one that it begins with
   */
  TransportStreamJoiner(SectionClock clock, int section) {
    this.clock = clock;
    this.section = section;
  }

  /**
   * The pieces that {@code piece} becomes.
   *
   * @throws StreamException where the stream is protected, or bytes of a segment are missing
   */
  List<Piece> see(Piece piece) {
    return switch (piece) {
      case Piece.Begin(var next) -> {
        part = Optional.of(next);
        restart();
        yield List.of(piece);
      }
      case Piece.Length(long bytes) -> {
        due = bytes;
        yield List.of();
      }
      case Piece.Data(var bytes) -> part.isPresent() ? read(bytes) : List.of();
      case Piece.Rollback _ -> {
        takeBack();
        restart();
        yield List.of(piece);
      }
      case Piece.End _ -> part.isPresent() ? end(part.get()) : List.of();
      case Piece.Lost _ -> {
        takeBack();
        broken = true;
        boolean told = part.isEmpty();
        part = Optional.empty();
        yield told ? List.of() : List.of(piece);
      }
      case Piece.Missed _, Piece.LeftOut _ -> {
        broken = true;
        yield List.of(piece);
      }
      case Piece.Version _,
          Piece.Resumed _,
          Piece.Broken _,
          Piece.Encrypted _,
          Piece.Init _,
          Piece.Cut _,
          Piece.Aside _ ->
          List.of(piece);
    };
  }

  private void restart() {
    reader =
        previous.map(last -> SegmentReader.after(last.facts())).orElseGet(SegmentReader::first);
    begun = false;
    due = -1;
    seen = 0;
  }

  private List<Piece> read(ByteString bytes) {
    seen += bytes.size();
    List<Piece> out = new ArrayList<>();
    try {
      // Nobody else has what came from the network just now: its array may be changed.
      rewrite(reader.push(ByteBuffer.wrap(bytes.toArrayUnsafe())), out);
    } catch (TransportStreamException e) {
      return List.of(garbage(e));
    }
    return out;
  }

  private List<Piece> end(Part whole) {
    if (due >= 0 && due != seen) {
      throw new StreamException(
          new StreamFailure.Failed(
              "%d bytes of a segment came where %d are due".formatted(seen, due)));
    }
    List<Piece> out = new ArrayList<>();
    try {
      rewrite(reader.finish(), out);
    } catch (TransportStreamException e) {
      return List.of(garbage(e));
    }
    refuseProtection();
    SegmentFacts facts =
        previous.map(last -> reader.facts().knowing(last.facts())).orElseGet(reader::facts);
    previous = Optional.of(new Written(facts, whole.filler()));
    broken = false;
    SegmentReport report = rewriter.endSegment();
    holds = true;
    tell(whole, report.shift());
    double seconds = report.duration().toMillis() / MILLIS;
    out.add(new Piece.End(whole.lasting(seconds)));
    part = Optional.empty();
    return out;
  }

  /** Tells where the segment's times went: all were shifted alike. */
  private void tell(Part whole, long shift) {
    List<StreamTimes> times = StreamTimes.trusted(reader.facts().times());
    if (times.isEmpty()) {
      return;
    }
    long first = times.getFirst().firstPts();
    long last = times.getFirst().lastPts();
    for (StreamTimes stream : times) {
      first = Ticks.between(first, stream.firstPts()) < 0 ? stream.firstPts() : first;
      last = Ticks.between(last, stream.lastPts()) > 0 ? stream.lastPts() : last;
    }
    if (shown.isEmpty()) {
      shown = OptionalLong.of(picture(times).map(StreamTimes::firstPts).orElse(first) + shift);
    }
    clock.written(
        new SectionClock.Written(
            section, whole.discontinuities(), first, last, Ticks.wrap(shown.getAsLong() - shift)));
  }

  private Optional<StreamTimes> picture(List<StreamTimes> times) {
    return reader.facts().program().flatMap(Program::video).stream()
        .flatMap(video -> times.stream().filter(stream -> stream.pid() == video.pid()))
        .findFirst();
  }

  private void rewrite(List<ByteBuffer> packets, List<Piece> out) {
    if (packets.isEmpty()) {
      return;
    }
    refuseProtection();
    if (!begun) {
      begun = true;
      cut()
          .ifPresent(
              reason -> {
                rewriter = new TransportStreamRewriter();
                // A section that holds nothing yet is not one more.
                section += holds ? 1 : 0;
                holds = false;
                shown = OptionalLong.empty();
                out.add(new Piece.Cut(reason));
              });
      rewriter.beginSegment(reader.facts(), boundary());
    }
    out.add(Rewritten.by(rewriter, packets));
  }

  /** Why this segment belongs into a file of its own; empty where it does not. */
  private Optional<String> cut() {
    boolean filler = part.filter(Part::filler).isPresent();
    if (previous.isEmpty()) {
      return Optional.empty();
    }
    Written last = previous.get();
    if (filler != last.filler()) {
      return Optional.of(filler ? "filler begins" : "filler is over");
    }
    return reader.facts().obstacle(last.facts());
  }

  private Boundary boundary() {
    return broken || part.filter(Part::discontinuity).isPresent()
        ? Boundary.DISCONTINUITY
        : Boundary.CONTINUES;
  }

  private void refuseProtection() {
    Optional<DrmScheme> drm = reader.drm();
    if (drm.isPresent()) {
      throw new StreamException(new StreamFailure.DrmProtected(drm.get()));
    }
  }

  private Piece garbage(TransportStreamException cause) {
    takeBack();
    broken = true;
    Part lost = part.orElseThrow();
    part = Optional.empty();
    return new Piece.Lost(lost, new StreamFailure.Failed(String.valueOf(cause.getMessage())));
  }

  private void takeBack() {
    if (begun) {
      rewriter.cutBack();
      begun = false;
    }
  }
}
