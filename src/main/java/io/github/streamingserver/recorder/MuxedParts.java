package io.github.streamingserver.recorder;

import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.mpegts.Boundary;
import io.github.streamingserver.mpegts.SegmentFacts;
import io.github.streamingserver.mpegts.SegmentReader;
import io.github.streamingserver.mpegts.TransportStreamException;
import io.github.streamingserver.mpegts.TransportStreamRewriter;
import io.github.streamingserver.recorder.Piece.Part;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * Makes parts again of what ffmpeg gives: a part is on disk when the output has become as long as
 * the parts up to it are. Runs are joined as segments are, timestamps and counters run on; one that
 * can't go on in the same file begins the next. One recording, one thread.
 */
final class MuxedParts {
  private static final double MILLIS = 1000.0;

  /** A part on its way through ffmpeg; {@code end} is when it is over in the run, in seconds. */
  private static final class Waiting {
    private final Part part;
    private final double end;
    private Optional<StreamFailure> lost = Optional.empty();
    private boolean fed;

    private Waiting(Part part, double end) {
      this.part = part;
      this.end = end;
    }
  }

  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private TransportStreamRewriter rewriter = new TransportStreamRewriter();
  private SegmentReader reader = SegmentReader.first();
  private Optional<SegmentFacts> previous = Optional.empty();
  private Optional<String> cut = Optional.empty();
  private boolean filler;
  private boolean discontinuity;
  private boolean broken;
  private boolean begun;
  private boolean open;
  private double nominal;
  private double runBegan;
  private double partBegan;

  /**
   * The pieces that {@code event} leads to.
   *
   * @throws StreamException where ffmpeg gives no transport stream
   */
  List<Piece> see(MuxEvent event) {
    List<Piece> out = new ArrayList<>();
    switch (event) {
      case MuxEvent.RunBegan(boolean isFiller, boolean isDiscontinuous) ->
          begin(isFiller, isDiscontinuous);
      case MuxEvent.Begun(var part) -> {
        nominal += part.seconds();
        waiting.add(new Waiting(part, nominal));
      }
      case MuxEvent.Fed _ -> waiting.getLast().fed = true;
      case MuxEvent.Lost(var part, var cause) -> await(part, cause);
      case MuxEvent.Output(var bytes) -> output(bytes, out);
      case MuxEvent.RunEnded _ -> end(out);
      case MuxEvent.RunBroke(var cause) -> broke(cause, out);
      case MuxEvent.Aside(var piece) -> out.add(piece);
    }
    if (!begun) {
      tellLost(out);
    }
    return out;
  }

  private void begin(boolean isFiller, boolean isDiscontinuous) {
    if (previous.isPresent() && isFiller != filler) {
      cut = cut.or(() -> Optional.of(isFiller ? "filler begins" : "filler is over"));
    }
    filler = isFiller;
    discontinuity = isDiscontinuous || broken;
    broken = false;
    reader = SegmentReader.first();
    begun = false;
  }

  /** The part may be on its way already, and then its bytes in the file are void. */
  private void await(Part part, StreamFailure cause) {
    boolean known = !waiting.isEmpty() && waiting.getLast().part.equals(part);
    if (!known) {
      nominal += part.seconds();
      waiting.add(new Waiting(part, nominal));
    }
    waiting.getLast().lost = Optional.of(cause);
  }

  private void output(ByteString bytes, List<Piece> out) {
    for (ByteBuffer buffer : bytes.getByteBuffers()) {
      rewrite(push(buffer), out);
    }
    double length = length();
    while (open
        && waiting.size() > 1
        && waiting.getFirst().fed
        && waiting.getFirst().end <= length) {
      close(out);
      openNext(out);
    }
  }

  private List<ByteBuffer> push(ByteBuffer buffer) {
    try {
      return reader.push(buffer);
    } catch (TransportStreamException e) {
      throw new StreamException(
          new StreamFailure.Failed("ffmpeg gave no transport stream: " + e.getMessage()), e);
    }
  }

  private void rewrite(List<ByteBuffer> packets, List<Piece> out) {
    if (packets.isEmpty()) {
      return;
    }
    if (!open) {
      openNext(out);
    }
    if (!begun) {
      begun = true;
      SegmentFacts facts = reader.facts();
      cut = cut.or(() -> previous.flatMap(facts::obstacle));
      cut.ifPresent(
          reason -> {
            rewriter = new TransportStreamRewriter();
            out.add(new Piece.Cut(reason));
          });
      cut = Optional.empty();
      rewriter.beginSegment(facts, discontinuity ? Boundary.DISCONTINUITY : Boundary.CONTINUES);
      runBegan = rewriter.duration().toMillis() / MILLIS;
      partBegan = 0;
    }
    out.add(Rewritten.by(rewriter, packets));
  }

  /** How long the run's output is, in seconds. */
  private double length() {
    return begun ? rewriter.duration().toMillis() / MILLIS - runBegan : 0;
  }

  private void openNext(List<Piece> out) {
    tellLost(out);
    if (!waiting.isEmpty()) {
      open = true;
      out.add(new Piece.Begin(waiting.getFirst().part));
    }
  }

  /** Those that are lost and whose turn it is. */
  private void tellLost(List<Piece> out) {
    while (!open && !waiting.isEmpty() && waiting.getFirst().lost.isPresent()) {
      out.add(new Piece.Begin(waiting.getFirst().part));
      lose(waiting.getFirst().lost.get(), out);
    }
  }

  private void close(List<Piece> out) {
    double length = length();
    out.add(new Piece.End(waiting.remove().part.lasting(Math.max(0, length - partBegan))));
    partBegan = length;
    open = false;
  }

  private void lose(StreamFailure cause, List<Piece> out) {
    out.add(new Piece.Lost(waiting.remove().part, cause));
    open = false;
    broken = true;
  }

  /** All that went in is out: what went in whole is whole. */
  private void end(List<Piece> out) {
    try {
      rewrite(reader.finish(), out);
    } catch (TransportStreamException _) {
      broke(new StreamFailure.Failed("ffmpeg made nothing of it"), out);
      return;
    }
    while (!waiting.isEmpty()) {
      if (!open) {
        openNext(out);
      }
      if (open && waiting.getFirst().fed) {
        close(out);
      } else if (open) {
        lose(waiting.getFirst().lost.orElse(new StreamFailure.Failed("it broke off")), out);
        cut = Optional.of("after a loss");
      }
    }
    over();
  }

  private void broke(StreamFailure cause, List<Piece> out) {
    if (open && waiting.getFirst().fed && waiting.getFirst().end <= length()) {
      close(out);
    }
    while (!waiting.isEmpty()) {
      if (!open) {
        out.add(new Piece.Begin(waiting.getFirst().part));
      }
      lose(waiting.getFirst().lost.orElse(cause), out);
    }
    cut = Optional.of("after " + cause.message());
    over();
  }

  private void over() {
    if (begun) {
      var _ = rewriter.endSegment();
      SegmentFacts facts = reader.facts();
      previous = Optional.of(previous.map(facts::knowing).orElse(facts));
    }
    begun = false;
    nominal = 0;
  }
}
