package io.github.streamingserver.mpegts;

import io.github.streamingserver.model.MediaTimes;
import io.github.streamingserver.model.MediaTimes.Span;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells when the units of segments are decoded, from chunks of any size: the first picture and the
 * first sound stream of the program. Changes nothing. One thread.
 */
public final class UnitTimes {
  private final Map<Integer, Span> spans = new HashMap<>();
  private SegmentReader reader = SegmentReader.first();

  /**
   * Reads {@code chunk} to its end.
   *
   * @throws TransportStreamException where this is no transport stream, or no longer one
   */
  public void push(ByteBuffer chunk) {
    see(reader.push(chunk));
  }

  /**
   * The times of the segment that ends here.
   *
   * @throws TransportStreamException where it held no packet
   */
  public MediaTimes take() {
    see(reader.finish());
    SegmentFacts facts = reader.facts();
    Optional<Program> program = facts.program();
    MediaTimes times =
        new MediaTimes(
            program.flatMap(Program::video).flatMap(this::span),
            program.flatMap(it -> it.audio().stream().findFirst()).flatMap(this::span));
    reader = SegmentReader.after(facts);
    spans.clear();
    return times;
  }

  private Optional<Span> span(ElementaryStream stream) {
    return Optional.ofNullable(spans.get(stream.pid()));
  }

  private void see(List<ByteBuffer> packets) {
    for (ByteBuffer some : packets) {
      for (Stretch stretch : Stretch.of(some)) {
        stretch
            .decodeTime()
            .ifPresent(
                time ->
                    spans.compute(
                        stretch.pid(),
                        (_, span) -> span == null ? new Span(time, time, time) : next(span, time)));
      }
    }
  }

  /** The last unit lasts as long as the one before it. */
  private static Span next(Span span, long time) {
    return new Span(span.first(), time, time + Ticks.between(span.last(), time));
  }
}
