package io.github.streamingserver.recorder;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractInOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;

/**
 * Runs the sources of parts ahead of the disk and passes their pieces on in the parts' order.
 * Memory is bounded by {@link LookAhead}; the first part may always go on, so that order can't
 * block. Pekko's own {@code flatMapConcat} fetches one at a time, {@code mapAsync} holds each
 * whole.
 *
 * <p>A part that fails ends the stream with its failure when its turn comes, not before: what lies
 * before it is still written.
 */
final class PrefetchStage extends GraphStage<FlowShape<Source<Piece, NotUsed>, Piece>> {
  /**
   * Chunks of the part whose turn it is: what the disk doesn't take at once waits in the network.
   * More would only grow old in the heap, and be copied there.
   */
  private static final int MOST_WAITING = 2;

  /** Where the network is not what limits: the part whose turn it is, and the next. */
  private static final int PARTS_OF_AMPLE_SUPPLY = 2;

  /**
   * A part that brings nothing for so long must not keep those behind it waiting. Longer than what
   * {@link Supply} remembers.
   */
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private static final String STARVING = "starving";

  private final long limit;
  private final int mostParts;
  private final InstantSource steady;
  private final Inlet<Source<Piece, NotUsed>> in = Inlet.create("PrefetchStage.in");
  private final Outlet<Piece> out = Outlet.create("PrefetchStage.out");
  private final FlowShape<Source<Piece, NotUsed>, Piece> shape = FlowShape.of(in, out);

  /**
   * @param limit bytes in memory
   * @param mostParts parts at once, however small
   * @param steady what waits are measured by, which nobody sets
   */
  PrefetchStage(long limit, int mostParts, InstantSource steady) {
    this.limit = limit;
    this.mostParts = mostParts;
    this.steady = steady;
  }

  @Override
  public FlowShape<Source<Piece, NotUsed>, Piece> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {
    private final LookAhead lookAhead = new LookAhead(limit, mostParts);
    private final Deque<Fetching> fetching = new ArrayDeque<>();
    private final Supply supply = new Supply();

    Logic() {
      super(shape);
      AbstractInOutHandler handler =
          new AbstractInOutHandler() {
            @Override
            public void onPush() {
              fetching.add(new Fetching(grab(in)));
              advance();
            }

            @Override
            public void onPull() {
              advance();
            }

            @Override
            public void onUpstreamFinish() {
              advance();
            }
          };
      setHandler(in, handler);
      setHandler(out, handler);
    }

    @Override
    public void preStart() {
      pull(in);
    }

    /** Emits what can be emitted, and reads and begins what there is room for. */
    private void advance() {
      while (!fetching.isEmpty() && fetching.peekFirst().isOver()) {
        fetching.removeFirst().account.closed();
        fetching.stream().findFirst().ifPresent(Fetching::setPace);
      }
      if (isAvailable(out) && !fetching.isEmpty()) {
        fetching.peekFirst().emit();
        if (isClosed(out)) {
          return;
        }
      }
      fetching.forEach(Fetching::readOn);
      if (isClosed(in) && fetching.isEmpty()) {
        completeStage();
      } else if (!isClosed(in) && !hasBeenPulled(in) && admits()) {
        pull(in);
      }
    }

    private boolean admits() {
      return lookAhead.admits() && (fetching.size() < PARTS_OF_AMPLE_SUPPLY || supply.isScarce());
    }

    @Override
    public void onTimer(Object timer) {
      if (!fetching.isEmpty()) {
        fetching.peekFirst().starve();
        advance();
      }
    }

    /** One part on its way. */
    private final class Fetching extends AbstractInHandler {
      private final Deque<Piece> pieces = new ArrayDeque<>();
      private final SubSinkInlet<Piece> source = new SubSinkInlet<>("PrefetchStage.part");
      private final LookAhead.Account account = lookAhead.begin();
      private Optional<Throwable> failure = Optional.empty();
      private boolean ended;
      private long length;
      private double seconds;
      private boolean starving;
      private Instant starvingSince = Instant.EPOCH;

      Fetching(Source<Piece, NotUsed> part) {
        source.setHandler(this);
        subFusingMaterializer().materialize(part.to(source.sink()));
        source.pull();
      }

      @Override
      public void onPush() {
        Piece piece = source.grab();
        switch (piece) {
          case Piece.Begin(var part) -> seconds = part.seconds();
          case Piece.Length(long bytes) -> {
            account.length(bytes);
            length = bytes;
            if (this == fetching.peekFirst()) {
              setPace();
            }
          }
          case Piece.Data(var bytes) -> arrived(bytes.size());
          case Piece.Rollback _ -> dropVoid();
          default -> {}
        }
        pieces.add(piece);
        advance();
      }

      /** Its turn has come, or its length. */
      void setPace() {
        supply.part(length, seconds);
      }

      private void arrived(int bytes) {
        account.arrived(bytes);
        supply.came(bytes, this == fetching.peekFirst() ? sated() : 0);
        fetching.forEach(Fetching::watch);
      }

      /** Nanoseconds for which it was waited, since this was asked before. */
      private long starved() {
        Instant since = starvingSince;
        starvingSince = steady.instant();
        return starving ? Duration.between(since, starvingSince).toNanos() : 0;
      }

      /** The same; it is no longer waited for. */
      private long sated() {
        long nanos = starved();
        starving = false;
        return nanos;
      }

      /** What has been waited for already counts, though nothing came. */
      void starve() {
        account.late();
        supply.came(0, starved());
        watch();
      }

      private void watch() {
        if (starving && !supply.isScarce() && !isTimerActive(STARVING)) {
          scheduleOnce(STARVING, PATIENCE);
        }
      }

      @Override
      public void onUpstreamFinish() {
        ended = true;
        account.ended();
        advance();
      }

      @Override
      public void onUpstreamFailure(Throwable cause) {
        failure = Optional.of(cause);
        account.ended();
        advance();
      }

      /** What a rollback voids needn't reach the disk first. */
      private void dropVoid() {
        pieces.removeIf(
            piece -> {
              if (piece instanceof Piece.Data(var bytes)) {
                account.passed(bytes.size());
                return true;
              }
              return false;
            });
      }

      boolean isOver() {
        return ended && pieces.isEmpty();
      }

      void emit() {
        Piece piece = pieces.poll();
        if (piece != null) {
          if (piece instanceof Piece.Data(var bytes)) {
            account.passed(bytes.size());
          }
          supply.came(0, sated());
          push(out, piece);
        } else if (failure.isPresent()) {
          failStage(failure.get());
        } else if (!starving) {
          starving = true;
          starvingSince = steady.instant();
          watch();
        }
      }

      void readOn() {
        boolean first = this == fetching.peekFirst();
        boolean few = first || !supply.isScarce();
        boolean wanted = few ? pieces.size() < MOST_WAITING : lookAhead.hasRoom();
        if (wanted && !source.isClosed() && !source.hasBeenPulled()) {
          source.pull();
        }
      }
    }
  }
}
