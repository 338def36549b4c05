package io.github.streamingserver.recorder;

import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.Piece.Part;
import java.util.List;
import org.apache.pekko.util.ByteString;

/**
 * Decides which pieces of a picture's and a sound's lane go into one run of ffmpeg, and where the
 * next one must begin: at a discontinuity, at another initialization section, where filler begins
 * or ends, and where something is lost. No I/O; one thread.
 */
final class MuxRuns {
  /** What is to be done. */
  interface Actions {
    /** These bytes are the lane's next. */
    void feed(MuxLane lane, ByteString bytes);

    /** Nothing more of the lane goes into this run. */
    void end(MuxLane lane);

    void tell(MuxEvent event);
  }

  /** A lane that goes on so much longer than the other is cut without a mark of its own. */
  private static final double MOST_SECONDS_AHEAD = 20;

  private final List<MuxLane> lanes;
  private final Actions actions;
  private final MissingSound missingSound;
  private boolean breaking;

  /**
   * @param lanes the picture's, and the sound's where that is separate
   */
  MuxRuns(List<MuxLane> lanes, Actions actions) {
    this.lanes = List.copyOf(lanes);
    this.actions = actions;
    missingSound =
        new MissingSound(
            main(), lanes.getLast(), missed -> actions.tell(new MuxEvent.Aside(missed)));
  }

  private MuxLane main() {
    return lanes.getFirst();
  }

  private MuxLane other(MuxLane lane) {
    return lane.isMain() ? lanes.getLast() : main();
  }

  private boolean isAlone() {
    return lanes.size() == 1;
  }

  /**
   * Whether {@code piece} goes into this run; otherwise it is to be shown again in the next one.
   *
   * @throws io.github.streamingserver.model.StreamException where it can't be muxed at all
   */
  boolean accept(MuxLane lane, Piece piece) {
    if (breaking && !(piece instanceof Piece.Broken)) {
      return false;
    }
    if (lane.isEnded()) {
      return lane.isSilent() && passesSilence(lane, piece);
    }
    return switch (piece) {
      case Piece.Begin(var part) -> begin(lane, part);
      case Piece.Init(var bytes) -> init(lane, bytes);
      case Piece.Data(var bytes) -> data(lane, bytes);
      case Piece.End(var part) -> over(lane, part);
      case Piece.Lost(var part, var cause) -> lost(lane, part, cause);
      case Piece.Missed _, Piece.LeftOut _, Piece.Aside _ -> gap(lane, piece);
      case Piece.Broken _ -> broken(lane, piece);
      case Piece.Resumed _ -> {
        actions.tell(new MuxEvent.Aside(piece));
        yield true;
      }
      case Piece.Version _, Piece.Length _, Piece.Encrypted _, Piece.Rollback _, Piece.Cut _ ->
          true;
    };
  }

  /** The picture goes on until there is sound again, with which the next run begins. */
  private boolean passesSilence(MuxLane sound, Piece piece) {
    return switch (piece) {
      case Piece.Begin(var part) when !breaksOff(sound, part) -> {
        sound.begin(part);
        yield true;
      }
      case Piece.Lost(var part, var cause) -> lost(sound, part, cause);
      case Piece.Init _, Piece.Data _ -> {
        main().leave();
        yield false;
      }
      default -> false;
    };
  }

  /** A run begins. */
  void begins() {
    missingSound.begins();
  }

  /**
   * A run is over.
   *
   * @param broke whether ffmpeg broke, by which the rest is lost unless all is had again
   */
  void ended(boolean broke) {
    missingSound.ended(broke);
  }

  private boolean begin(MuxLane lane, Part part) {
    if (lane.isFed() && breaksOff(lane, part)) {
      actions.end(lane);
      return false;
    }
    lane.begin(part);
    return true;
  }

  private boolean breaksOff(MuxLane lane, Part part) {
    boolean marked =
        part.discontinuity()
            || lane.isLeaving()
            || lane.first().filter(first -> first.filler() != part.filler()).isPresent();
    return marked || (!isAlone() && other(lane).isEnded() && isAhead(lane, part));
  }

  /** Whether the part lies behind the end of the other lane. */
  private boolean isAhead(MuxLane lane, Part part) {
    boolean mayOutlast = lane.isMain() || main().isOver();
    double ahead = lane.seconds() - other(lane).seconds();
    return mayOutlast ? ahead > MOST_SECONDS_AHEAD : ahead + part.seconds() / 2 > 0;
  }

  private boolean init(MuxLane lane, ByteString bytes) {
    if (lane.spoilt().isPresent()) {
      return true;
    }
    if (lane.isFed() && !lane.knows(bytes)) {
      actions.end(lane);
      return false;
    }
    lane.announce(bytes);
    if (!lane.isFed()) {
      feedInit(lane, bytes);
    }
    return true;
  }

  private void feedInit(MuxLane lane, ByteString section) {
    lane.init(section);
    actions.feed(lane, section);
  }

  private boolean data(MuxLane lane, ByteString bytes) {
    if (lane.spoilt().isPresent()) {
      return true;
    }
    if (!lane.isFed()) {
      // The run before may have broken between the section and the first bytes.
      lane.partInit().ifPresent(section -> feedInit(lane, section));
    }
    if (lane.enter(bytes) && lane.isMain()) {
      actions.tell(new MuxEvent.Begun(lane.part()));
    }
    actions.feed(lane, bytes);
    return true;
  }

  private boolean over(MuxLane lane, Part part) {
    if (lane.spoilt().isPresent()) {
      lane.over(0);
      return true;
    }
    if (lane.isMain()) {
      if (!lane.hasEntered()) {
        actions.tell(new MuxEvent.Begun(part));
      }
      actions.tell(new MuxEvent.Fed(part, lane.head().takeTimes()));
    } else {
      actions.tell(new MuxEvent.SoundFed(lane.head().takeTimes()));
    }
    lane.over(part.seconds());
    return true;
  }

  private boolean lost(MuxLane lane, Part part, StreamFailure cause) {
    boolean half = lane.hasEntered();
    if (lane.spoilt().isPresent()) {
      lane.over(0);
      return true;
    }
    if (!half && isAlone() && lane.isFed()) {
      actions.end(lane);
      return false;
    }
    if (lane.isMain()) {
      actions.tell(new MuxEvent.Lost(part, cause));
    } else {
      missingSound.lost(part.seconds(), cause);
    }
    if (half) {
      lane.over(part.seconds());
      actions.end(lane);
      other(lane).leave();
    } else {
      lane.lose(part.seconds());
    }
    if (lane.isSilent() && !lane.isEnded()) {
      // ffmpeg would hold the picture back.
      actions.end(lane);
    }
    return true;
  }

  private boolean gap(MuxLane lane, Piece piece) {
    if (lane.isFed()) {
      actions.end(lane);
      return false;
    }
    if (piece instanceof Piece.Missed missed) {
      lane.miss(missed);
    }
    if (lane.isMain()) {
      actions.tell(new MuxEvent.Aside(piece));
    }
    return true;
  }

  /** A sound that outlasts its picture and breaks has nothing more to give. */
  private boolean broken(MuxLane lane, Piece piece) {
    if (!lane.isMain() && main().isOver()) {
      actions.end(lane);
      return true;
    }
    breaking = true;
    if (lanes.stream().anyMatch(MuxLane::isFed)) {
      lanes.stream().filter(each -> !each.isEnded()).forEach(actions::end);
      return false;
    }
    actions.tell(new MuxEvent.Aside(piece));
    return true;
  }
}
