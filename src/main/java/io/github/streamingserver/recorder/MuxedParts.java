package io.github.streamingserver.recorder;

import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.mpegts.Stretch;
import io.github.streamingserver.mpegts.TransportStreamException;
import io.github.streamingserver.recorder.Piece.Part;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.pekko.util.ByteString;

/**
 * Makes parts again of what ffmpeg gives: each unit of picture and sound goes into the part that
 * {@link PartSorter} says, and a part is whole once all streams have come to the next one. What of
 * that is out already waits for its turn. Where times don't tell, a part is whole when the output
 * is as long as the parts up to it are. One recording, one thread.
 */
final class MuxedParts {
  /** Some seconds of a rich picture, while sound lags behind; by design it is a frame or two. */
  private static final int MOST_HELD = 8 << 20;

  private final boolean separateSound;
  private final RunJoiner run = new RunJoiner();

  /** Packets of the part whose turn it is, not written yet. */
  private final List<ByteBuffer> ready = new ArrayList<>();

  private PartSorter sorter;
  private Deque<MuxedPart> waiting;
  private boolean broken;

  /** The first run may bring sound that is written already. */
  private boolean again;

  private boolean open;
  private boolean advanced;
  private boolean entered;
  private int held;
  private double partBegan;

  /**
   * @param separateSound whether sound goes in as parts of its own
   * @param resumed whether an earlier recorder has written what comes before the first part
   */
  MuxedParts(boolean separateSound, boolean resumed) {
    this.separateSound = separateSound;
    again = separateSound && resumed;
    sorter = new PartSorter(separateSound);
    waiting = sorter.waiting();
  }

  /**
   * The pieces that {@code event} leads to.
   *
   * @throws StreamException where ffmpeg gives no transport stream
   */
  List<Piece> see(MuxEvent event) {
    List<Piece> out = new ArrayList<>();
    switch (event) {
      case MuxEvent.RunBegan(boolean filler, boolean discontinuous) -> {
        run.begin(filler, discontinuous || broken);
        broken = false;
      }
      case MuxEvent.Begun(var part) -> begin(part, out);
      case MuxEvent.Fed(_, var times) -> sorter.fed(times);
      case MuxEvent.SoundFed(var times) -> sorter.soundFed(times);
      case MuxEvent.SoundEnded _ -> sorter.soundEnded();
      case MuxEvent.Lost(var part, var cause) -> await(part, cause);
      case MuxEvent.Output(var bytes) -> output(bytes, out);
      case MuxEvent.RunEnded _ -> end(out);
      case MuxEvent.RunBroke(var cause) -> broke(cause, out);
      case MuxEvent.Aside(var piece) -> out.add(piece);
    }
    if (!run.isBegun()) {
      tellLost(out);
    }
    return out;
  }

  /** Where a recording begins is told at once, long before anything comes out. */
  private void begin(Part part, List<Piece> out) {
    sorter.begin(part);
    if (!entered) {
      openNext(out);
    }
  }

  /** The part may be on its way already, and then its bytes in the file are void. */
  private void await(Part part, StreamFailure cause) {
    boolean known = !waiting.isEmpty() && waiting.getLast().part().equals(part);
    if (known) {
      waiting.getLast().lose(cause);
    } else {
      sorter.begin(part);
      waiting.getLast().miss(cause);
    }
  }

  private void output(ByteString bytes, List<Piece> out) {
    for (ByteBuffer buffer : bytes.getByteBuffers()) {
      sort(run.push(buffer), out);
    }
    closeWhole(out);
  }

  private void sort(List<ByteBuffer> packets, List<Piece> out) {
    if (packets.isEmpty()) {
      return;
    }
    if (!open) {
      openNext(out);
    }
    if (!run.isBegun() && !waiting.isEmpty()) {
      run.first(again).ifPresent(out::add);
      again = false;
      partBegan = 0;
    }
    for (ByteBuffer some : packets) {
      for (Stretch stretch : Stretch.of(some)) {
        // What is of no part is of one that was lost.
        if (!waiting.isEmpty()) {
          place(stretch);
          closeWhole(out);
        }
      }
    }
    write(out);
  }

  private void place(Stretch stretch) {
    // Of sound that is written already the times tell too, by how much those that come out differ.
    MuxedPart part = sorter.partOf(run.kind(stretch.pid()), stretch);
    if (run.isWritten(stretch)) {
      return;
    }
    if (part.equals(waiting.getFirst())) {
      ready.add(stretch.packets());
    } else {
      part.held.add(stretch.packets());
      held += stretch.packets().remaining();
    }
  }

  private void closeWhole(List<Piece> out) {
    while (open && waiting.size() > 1 && isWhole()) {
      close(out);
      openNext(out);
    }
  }

  private boolean isWhole() {
    MuxedPart first = waiting.getFirst();
    if (!first.isFed()) {
      return false;
    }
    return sorter.isTimed()
        ? sorter.isOut(run.kinds()) || held > MOST_HELD
        : first.end() <= run.length();
  }

  private void openNext(List<Piece> out) {
    tellLost(out);
    if (!waiting.isEmpty()) {
      open = true;
      entered = true;
      MuxedPart part = waiting.getFirst();
      out.add(new Piece.Begin(part.part()));
      ready.addAll(part.held);
      release(part);
    }
  }

  private void release(MuxedPart part) {
    held -= part.held.stream().mapToInt(ByteBuffer::remaining).sum();
    part.held.clear();
  }

  private void write(List<Piece> out) {
    if (!ready.isEmpty()) {
      out.add(run.write(ready));
      ready.clear();
    }
  }

  /** Those that are lost and whose turn it is. */
  private void tellLost(List<Piece> out) {
    while (!waiting.isEmpty() && waiting.getFirst().lost().isPresent()) {
      if (!open) {
        out.add(new Piece.Begin(waiting.getFirst().part()));
      }
      lose(waiting.getFirst().lost().get(), out);
    }
  }

  private void close(List<Piece> out) {
    write(out);
    double length = run.length();
    out.add(new Piece.End(waiting.remove().part().lasting(Math.max(0, length - partBegan))));
    partBegan = length;
    open = false;
    advanced = true;
  }

  private void lose(StreamFailure cause, List<Piece> out) {
    MuxedPart part = waiting.remove();
    release(part);
    if (part.isMissing()) {
      // The run goes on behind a gap, which is no part's.
      partBegan += part.part().seconds();
    }
    out.add(new Piece.Lost(part.part(), cause));
    open = false;
    broken = true;
  }

  /** All that went in is out: what went in whole is whole, unless the end of it never came. */
  private void end(List<Piece> out) {
    if (!finish(out)) {
      loseAll(new StreamFailure.Failed("ffmpeg made nothing of it"), out);
      return;
    }
    while (!waiting.isEmpty()) {
      if (!open) {
        openNext(out);
      }
      if (open && waiting.getFirst().isFed() && !sorter.isShort(run.kinds())) {
        close(out);
      } else if (open) {
        lose(waiting.getFirst().lost().orElse(new StreamFailure.Failed("it broke off")), out);
        run.cut("after a loss");
      }
    }
    over();
  }

  /** Takes the packets that are left; whether there were any at all. */
  private boolean finish(List<Piece> out) {
    try {
      sort(run.finish(), out);
      return true;
    } catch (TransportStreamException _) {
      return false;
    }
  }

  /**
   * What is not out is had again by another run of the recording, but where the last one came no
   * further: then what went in is taken to be the cause, and is lost. Where a part broke off at its
   * origin, that is the cause, and what lies before it may well be whole.
   */
  private void broke(StreamFailure cause, List<Piece> out) {
    boolean known = !waiting.isEmpty() && waiting.getLast().lost().isPresent();
    if ((known || !advanced) && finish(out)) {
      closeOut(out);
    }
    if (known && waiting.stream().allMatch(part -> part.lost().isPresent())) {
      loseAll(cause, out);
    } else if (advanced) {
      out.add(new Piece.Broken(new MuxBrokenException(cause)));
    } else {
      loseAll(cause, out);
    }
  }

  /** The first parts, as far as the last unit of each has come out. */
  private void closeOut(List<Piece> out) {
    while (open && !waiting.isEmpty() && sorter.hasCome(run.kinds())) {
      close(out);
      openNext(out);
    }
  }

  private void loseAll(StreamFailure cause, List<Piece> out) {
    while (!waiting.isEmpty()) {
      if (!open) {
        out.add(new Piece.Begin(waiting.getFirst().part()));
      }
      lose(waiting.getFirst().lost().orElse(cause), out);
    }
    run.cut("after " + cause.message());
    over();
  }

  private void over() {
    run.end();
    ready.clear();
    held = 0;
    sorter = new PartSorter(separateSound);
    waiting = sorter.waiting();
  }
}
