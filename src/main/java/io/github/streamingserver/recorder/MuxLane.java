package io.github.streamingserver.recorder;

import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.Piece.Part;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * How far one stream, a picture's or a sound's, has gone into the run of ffmpeg that is on. One
 * thread.
 */
final class MuxLane {
  private static final int MOST_LOST_IN_A_ROW = 2;

  private final boolean main;
  private MuxHead head = new MuxHead();
  private Optional<Part> first = Optional.empty();
  private Optional<ByteString> init = Optional.empty();
  private Optional<Part> part = Optional.empty();
  private Optional<ByteString> partInit = Optional.empty();
  private Optional<StreamFailure> spoilt = Optional.empty();
  private boolean entered;
  private boolean fed;
  private boolean ended;
  private boolean leaving;
  private boolean over;
  private double seconds;
  private int parts;
  private int lostInARow;
  private Optional<Piece.Missed> missed = Optional.empty();

  /**
   * @param main whether it is the picture's, whose parts are those of the recording
   */
  MuxLane(boolean main) {
    this.main = main;
  }

  boolean isMain() {
    return main;
  }

  MuxHead head() {
    return head;
  }

  /** Whether anything of it is in this run. */
  boolean isFed() {
    return fed;
  }

  /** Whether nothing more of it goes into this run. */
  boolean isEnded() {
    return ended;
  }

  /** How much of it is in this run, or is lost there. */
  double seconds() {
    return seconds;
  }

  /** The first part of this run. */
  Optional<Part> first() {
    return first;
  }

  Part part() {
    return part.orElseThrow();
  }

  /** Whether bytes of the part are in a run. */
  boolean hasEntered() {
    return entered;
  }

  void end() {
    ended = true;
  }

  /** Nothing more of it comes at all. */
  void finish() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  /** It ends before its next part. */
  void leave() {
    leaving = true;
  }

  boolean isLeaving() {
    return leaving;
  }

  void begin(Part next) {
    part = Optional.of(next);
    partInit = Optional.empty();
    entered = false;
    spoilt = Optional.empty();
  }

  /** The part has this initialization section. */
  void announce(ByteString section) {
    partInit = Optional.of(section);
  }

  /** The part's initialization section, where it has one. */
  Optional<ByteString> partInit() {
    return partInit;
  }

  boolean knows(ByteString section) {
    return init.filter(section::equals).isPresent();
  }

  /**
   * An initialization section goes in.
   *
   * @throws io.github.streamingserver.model.StreamException as {@link MuxHead#see}
   */
  void init(ByteString section) {
    init = Optional.of(section);
    fed = true;
    head.see(section);
  }

  /**
   * Bytes of the part go in.
   *
   * @return whether they are its first
   * @throws io.github.streamingserver.model.StreamException as {@link MuxHead#see}
   */
  boolean enter(ByteString bytes) {
    boolean news = !entered;
    lostInARow = 0;
    first = first.or(() -> part);
    entered = true;
    fed = true;
    head.see(bytes);
    return news;
  }

  /** The part is over, in whatever way. */
  void over(double partSeconds) {
    seconds += partSeconds;
    parts++;
    part = Optional.empty();
  }

  /** How long its parts in this run are. */
  double partLength() {
    return parts == 0 ? 0 : seconds / parts;
  }

  /** A part is over of which nothing came. */
  void lose(double partSeconds) {
    over(partSeconds);
    lostInARow++;
  }

  /** Whether it is sound of which so much in a row is lost that nobody is to wait for it. */
  boolean isSilent() {
    return !main && lostInARow >= MOST_LOST_IN_A_ROW;
  }

  /** These can't be had before this run. */
  void miss(Piece.Missed more) {
    missed =
        Optional.of(
            new Piece.Missed(
                more.segments() + missed.map(Piece.Missed::segments).orElse(0L),
                more.seconds() + missed.map(Piece.Missed::seconds).orElse(0.0),
                more.cause()));
  }

  /** What can't be had before this run. */
  Optional<Piece.Missed> missed() {
    return missed;
  }

  Optional<StreamFailure> spoilt() {
    return spoilt;
  }

  /** The run broke: what is still to come of the part that was going in is of no use. */
  void spoil(StreamFailure cause) {
    Optional<Part> going = part.filter(_ -> entered);
    spoilt = going.map(_ -> cause);
    going.ifPresent(it -> seconds += it.seconds());
  }

  void newRun() {
    head = new MuxHead();
    first = Optional.empty();
    init = Optional.empty();
    fed = false;
    ended = false;
    leaving = false;
    seconds = 0;
    parts = 0;
    missed = Optional.empty();
  }
}
