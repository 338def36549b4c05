package io.github.streamingserver.recorder;

import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.mpegts.Boundary;
import io.github.streamingserver.mpegts.SegmentFacts;
import io.github.streamingserver.mpegts.SegmentReader;
import io.github.streamingserver.mpegts.StreamCodec.Kind;
import io.github.streamingserver.mpegts.StreamTimes;
import io.github.streamingserver.mpegts.Stretch;
import io.github.streamingserver.mpegts.Ticks;
import io.github.streamingserver.mpegts.TransportStreamException;
import io.github.streamingserver.mpegts.TransportStreamRewriter;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Joins what runs of ffmpeg give, as segments are joined: timestamps and counters run on, and a run
 * that can't go on in the same file begins the next. One recording, one thread.
 */
final class RunJoiner {
  private static final double MILLIS = 1000.0;

  private final Map<Integer, Kind> kinds = new HashMap<>();
  private TransportStreamRewriter rewriter = new TransportStreamRewriter();
  private SegmentReader reader = SegmentReader.first();
  private Optional<SegmentFacts> previous = Optional.empty();
  private Optional<String> cut = Optional.empty();
  private boolean filler;
  private boolean discontinuity;
  private boolean begun;
  private double began;
  private OptionalLong soundFrom = OptionalLong.empty();

  /** An ffmpeg was started. */
  void begin(boolean isFiller, boolean isDiscontinuous) {
    if (previous.isPresent() && isFiller != filler) {
      cut = cut.or(() -> Optional.of(isFiller ? "filler begins" : "filler is over"));
    }
    filler = isFiller;
    discontinuity = isDiscontinuous;
    reader = SegmentReader.first();
    begun = false;
  }

  /** What comes next begins another file. */
  void cut(String reason) {
    cut = Optional.of(reason);
  }

  /**
   * The whole packets that {@code buffer} completes.
   *
   * @throws StreamException where ffmpeg gives no transport stream
   */
  List<ByteBuffer> push(ByteBuffer buffer) {
    try {
      return reader.push(buffer);
    } catch (TransportStreamException e) {
      throw new StreamException(
          new StreamFailure.Failed("ffmpeg gave no transport stream: " + e.getMessage()), e);
    }
  }

  /**
   * The packets that are left of a run that is over.
   *
   * @throws TransportStreamException where it gave none at all
   */
  List<ByteBuffer> finish() {
    return reader.finish();
  }

  /** Whether anything of the run has come out. */
  boolean isBegun() {
    return begun;
  }

  /**
   * The first packets of the run are there; what goes before them is said, if anything.
   *
   * @param again whether separate sound may begin with some that an earlier recorder has written:
   *     its segments are cut elsewhere than the picture's
   */
  Optional<Piece> first(boolean again) {
    begun = true;
    SegmentFacts facts = reader.facts();
    if (again) {
      facts = withoutEarlySound(facts);
    }
    Optional<String> reason = cut.or(() -> obstacle());
    cut = Optional.empty();
    if (reason.isPresent()) {
      rewriter = new TransportStreamRewriter();
    }
    rewriter.beginSegment(facts, discontinuity ? Boundary.DISCONTINUITY : Boundary.CONTINUES);
    began = rewriter.duration().toMillis() / MILLIS;
    kinds.clear();
    facts.program().stream()
        .flatMap(program -> program.audioAndVideo().stream())
        .forEach(stream -> kinds.put(stream.pid(), stream.codec().kind()));
    return reason.map(Piece.Cut::new);
  }

  private Optional<String> obstacle() {
    return previous.flatMap(reader.facts()::obstacle);
  }

  private SegmentFacts withoutEarlySound(SegmentFacts facts) {
    Optional<StreamTimes> picture = first(facts, Kind.VIDEO);
    Optional<StreamTimes> sound = first(facts, Kind.AUDIO);
    if (picture.isEmpty() || sound.isEmpty()) {
      return facts;
    }
    long begin = picture.get().firstDts();
    if (Ticks.between(sound.get().firstDts(), begin) <= SoundParts.DRIFT) {
      return facts;
    }
    soundFrom = OptionalLong.of(begin);
    return facts.beginning(sound.get().pid(), begin);
  }

  private static Optional<StreamTimes> first(SegmentFacts facts, Kind kind) {
    return facts.times().stream()
        .filter(
            times ->
                facts
                    .program()
                    .flatMap(program -> program.stream(times.pid()))
                    .filter(stream -> stream.codec().kind() == kind)
                    .isPresent())
        .findFirst();
  }

  /** Whether the packets are of sound that an earlier recorder has written. */
  boolean isWritten(Stretch stretch) {
    if (soundFrom.isEmpty() || kind(stretch.pid()) != Kind.AUDIO) {
      return false;
    }
    boolean due =
        stretch.decodeTime().isPresent()
            && Ticks.between(soundFrom.getAsLong(), stretch.decodeTime().getAsLong())
                >= -PartSorter.TOLERANCE;
    soundFrom = due ? OptionalLong.empty() : soundFrom;
    return !due;
  }

  /** What the stream on a PID is. */
  Kind kind(int pid) {
    return kinds.getOrDefault(pid, Kind.OTHER);
  }

  /** The kinds of the streams that come out. */
  Collection<Kind> kinds() {
    return kinds.values();
  }

  /** The next packets that go into the file. */
  Piece.Data write(List<ByteBuffer> packets) {
    return Rewritten.by(rewriter, Stretch.joined(packets));
  }

  /** How much of the run was written, in seconds. */
  double length() {
    return begun ? rewriter.duration().toMillis() / MILLIS - began : 0;
  }

  /** Nothing more comes of the run. */
  void end() {
    if (begun) {
      var _ = rewriter.endSegment();
      SegmentFacts facts = reader.facts();
      previous = Optional.of(previous.map(facts::knowing).orElse(facts));
    }
    begun = false;
  }
}
