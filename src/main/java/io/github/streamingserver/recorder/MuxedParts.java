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
 * {@link PartSorter} says, and a part is whole once all streams have come to the next one. Where
 * times don't tell, a part is whole when the output is as long as the parts up to it are. One
 * recording, one thread.
 */
final class MuxedParts {
  private final boolean separateSound;
  private final RunJoiner run = new RunJoiner();
  private final MuxedQueue queue = new MuxedQueue(run);
  private final Deque<MuxedPart> waiting = queue.waiting();
  private PartSorter sorter;

  /** The first run may bring sound that is written already. */
  private boolean again;

  /**
   * @param separateSound whether sound goes in as parts of its own
   * @param resumed whether an earlier recorder has written what comes before the first part
   */
  MuxedParts(boolean separateSound, boolean resumed) {
    this.separateSound = separateSound;
    again = separateSound && resumed;
    sorter = new PartSorter(separateSound, waiting);
  }

  /**
   * The pieces that {@code event} leads to.
   *
   * @throws StreamException where ffmpeg gives no transport stream
   */
  List<Piece> see(MuxEvent event) {
    List<Piece> out = new ArrayList<>();
    switch (event) {
      case MuxEvent.RunBegan(boolean filler, boolean discontinuous) ->
          queue.begin(filler, discontinuous);
      case MuxEvent.Begun(var part) -> {
        sorter.begin(part);
        queue.openFirst(out);
      }
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
      queue.tellLost(out);
    }
    return out;
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
    if (!queue.isOpen()) {
      queue.openNext(out);
    }
    if (!run.isBegun() && !waiting.isEmpty()) {
      queue.first(again, out);
      again = false;
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
    queue.write(out);
  }

  private void place(Stretch stretch) {
    // Of sound that is written already the times tell too, by how much those that come out differ.
    MuxedPart part = sorter.partOf(run.kind(stretch.pid()), stretch);
    if (!run.isWritten(stretch)) {
      queue.place(part, stretch.packets());
    }
  }

  private void closeWhole(List<Piece> out) {
    while (queue.isOpen() && waiting.size() > 1 && isWhole()) {
      queue.close(out);
      queue.openNext(out);
    }
  }

  private boolean isWhole() {
    MuxedPart first = waiting.getFirst();
    if (!first.isFed()) {
      return false;
    }
    return sorter.isTimed()
        ? sorter.isOut(run.kinds()) || queue.isOverfull()
        : first.end() <= run.length();
  }

  /** All that went in is out: what went in whole is whole, unless the end of it never came. */
  private void end(List<Piece> out) {
    if (!finish(out)) {
      loseAll(new StreamFailure.Failed("ffmpeg made nothing of it"), out);
      return;
    }
    while (!waiting.isEmpty()) {
      if (!queue.isOpen()) {
        queue.openNext(out);
      }
      if (queue.isOpen() && waiting.getFirst().isFed() && !sorter.isShort(run.kinds())) {
        queue.close(out);
      } else if (queue.isOpen()) {
        queue.lose(waiting.getFirst().lost().orElse(new StreamFailure.Failed("it broke off")), out);
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
    if ((known || !queue.hasAdvanced()) && finish(out)) {
      closeOut(out);
    }
    if (known && waiting.stream().allMatch(part -> part.lost().isPresent())) {
      loseAll(cause, out);
    } else if (queue.hasAdvanced()) {
      out.add(new Piece.Broken(new MuxBrokenException(cause)));
    } else {
      loseAll(cause, out);
    }
  }

  /** The first parts, as far as the last unit of each has come out. */
  private void closeOut(List<Piece> out) {
    while (queue.isOpen() && !waiting.isEmpty() && sorter.hasCome(run.kinds())) {
      queue.close(out);
      queue.openNext(out);
    }
  }

  private void loseAll(StreamFailure cause, List<Piece> out) {
    queue.loseAll(cause, out);
    run.cut("after " + cause.message());
    over();
  }

  private void over() {
    queue.end();
    sorter = new PartSorter(separateSound, waiting);
  }
}
