package io.github.streamingserver.recorder;

import io.github.streamingserver.model.StreamFailure;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The parts that are on their way through ffmpeg, which go into the file in turn: the packets of
 * the first are written, and those of the others, as far as they are out already, wait. Each part
 * is begun once, and then closed or lost. One recording, one thread.
 */
final class MuxedQueue {
  /** Some seconds of a rich picture, while sound lags behind; by design it is a frame or two. */
  private static final int MOST_HELD = 8 << 20;

  private final RunJoiner run;
  private final Deque<MuxedPart> waiting = new ArrayDeque<>();

  /** Packets of the part whose turn it is, not written yet. */
  private final List<ByteBuffer> ready = new ArrayList<>();

  private boolean open;
  private boolean entered;
  private boolean advanced;
  private boolean broken;
  private int held;
  private double partBegan;

  /**
   * @param run which packets are written to
   */
  MuxedQueue(RunJoiner run) {
    this.run = run;
  }

  /** The parts that are not over, in order; {@link PartSorter} adds those that begin. */
  Deque<MuxedPart> waiting() {
    return waiting;
  }

  /** Whether it is told that the first part begins. */
  boolean isOpen() {
    return open;
  }

  /** Whether any part was ever closed. */
  boolean hasAdvanced() {
    return advanced;
  }

  /** Whether more has to wait than there is room for. */
  boolean isOverfull() {
    return held > MOST_HELD;
  }

  /** An ffmpeg was started. */
  void begin(boolean filler, boolean discontinuous) {
    run.begin(filler, discontinuous || broken);
    broken = false;
  }

  /**
   * The first packets of the run are there.
   *
   * @param again as {@link RunJoiner#first} says
   */
  void first(boolean again, List<Piece> out) {
    run.first(again).ifPresent(out::add);
    partBegan = 0;
  }

  /** Nothing more comes of the run, and none of its parts is left. */
  void end() {
    run.end();
    ready.clear();
  }

  /** These packets are the part's next. */
  void place(MuxedPart part, ByteBuffer packets) {
    if (part.equals(waiting.getFirst())) {
      ready.add(packets);
    } else {
      part.held.add(packets);
      held += packets.remaining();
    }
  }

  /** Where a recording begins is told at once, long before anything comes out. */
  void openFirst(List<Piece> out) {
    if (!entered) {
      openNext(out);
    }
  }

  /** It is the turn of the next part that isn't lost, if there is one. */
  void openNext(List<Piece> out) {
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

  /** Writes what there is of the part whose turn it is. */
  void write(List<Piece> out) {
    if (!ready.isEmpty()) {
      out.add(run.write(ready));
      ready.clear();
    }
  }

  /** The part whose turn it is is whole. */
  void close(List<Piece> out) {
    write(out);
    double length = run.length();
    out.add(new Piece.End(waiting.remove().part().lasting(Math.max(0, length - partBegan))));
    partBegan = length;
    open = false;
    advanced = true;
  }

  /** Those that are lost and whose turn it is. */
  void tellLost(List<Piece> out) {
    while (!waiting.isEmpty() && waiting.getFirst().lost().isPresent()) {
      lose(waiting.getFirst().lost().get(), out);
    }
  }

  /** None of the parts comes any more; those that have no cause of their own are lost by this. */
  void loseAll(StreamFailure cause, List<Piece> out) {
    while (!waiting.isEmpty()) {
      lose(waiting.getFirst().lost().orElse(cause), out);
    }
  }

  /** The first part is lost, whether or not it was begun. */
  void lose(StreamFailure cause, List<Piece> out) {
    MuxedPart part = waiting.remove();
    if (!open) {
      out.add(new Piece.Begin(part.part()));
    }
    ready.clear();
    release(part);
    if (part.isMissing()) {
      // The run goes on behind a gap, which is no part's.
      partBegan += part.part().seconds();
    }
    out.add(new Piece.Lost(part.part(), cause));
    open = false;
    broken = true;
  }
}
