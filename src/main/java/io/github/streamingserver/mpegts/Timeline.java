package io.github.streamingserver.mpegts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The timeline of one file, that segments with timelines of their own are laid out on: their
 * timestamps are shifted, all by the same amount, so that they run on where the file ends and no
 * stream goes back. The first segment stays as it is. One thread.
 */
final class Timeline {
  /** A gap that the source may well have between segments that follow each other. */
  private static final long MAX_GAP = Ticks.PER_SECOND / 2;

  /** The same where something was left out, and a gap is what was lost. */
  private static final long MAX_GAP_AT_BREAK = Ticks.PER_SECOND / 10;

  private static final int NONE = -1;
  private static final int FIRST_AUDIO_ID = 0xc0;
  private static final int FIRST_VIDEO_ID = 0xe0;
  private static final int LAST_VIDEO_ID = 0xef;

  private final Map<Integer, StreamTimeline> streams = new HashMap<>();
  private ClockReference pcr = new ClockReference();
  private @Nullable Program program;

  /** That of the packet before: most packets are of the same stream as that. */
  private @Nullable StreamTimeline latest;

  private int latestPid = NONE;
  private long shift;

  Timeline copy() {
    Timeline copy = new Timeline();
    streams.forEach((pid, stream) -> copy.streams.put(pid, stream.copy()));
    copy.pcr = pcr.copy();
    copy.program = program;
    copy.shift = shift;
    return copy;
  }

  /**
   * Decides how the segment that {@code head} tells of is shifted.
   *
   * @return whether its timestamps are shifted otherwise than those before
   */
  boolean beginSegment(SegmentFacts head, Boundary boundary) {
    long before = shift;
    program = head.program().orElse(program);
    latestPid = NONE;
    List<StreamTimes> times = StreamTimes.trusted(head.times());
    if (isStarted() && !times.isEmpty() && !runsOn(times, boundary)) {
      shift = nextShift(times);
    }
    streams.values().forEach(stream -> stream.clock().beginSegment(shift));
    for (StreamTimes first : times) {
      long due = Ticks.unwrap(Ticks.wrap(first.firstDts() + shift), now());
      streams
          .computeIfAbsent(first.pid(), pid -> create(pid, 0, due))
          .clock()
          .expect(first.firstDts());
    }
    return shift != before;
  }

  /** Shifts the PCR and the timestamps in a packet, where it has any. */
  void shift(TsPacket packet) {
    if (packet.hasPcr()) {
      shiftPcr(packet);
    }
    int header = 0;
    if (PesHeader.isIn(packet)) {
      PesHeader pes = PesHeader.of(packet);
      header = pes.size();
      if (pes.hasPts()) {
        shiftPes(packet.pid(), pes);
      }
    }
    if (packet.pid() != latestPid) {
      latestPid = packet.pid();
      latest = streams.get(latestPid);
    }
    if (latest != null) {
      latest.grow(packet, header);
    }
  }

  /** From the first picture or sound in the file to the end of the last, in ticks. */
  long duration() {
    long start = Long.MAX_VALUE;
    for (StreamTimeline stream : streams.values()) {
      start = Math.min(start, stream.start());
    }
    return isStarted() ? end() - start : 0;
  }

  /** How many timestamps of this segment were not believed. */
  int clamped() {
    return streams.values().stream().mapToInt(stream -> stream.clock().clamped()).sum();
  }

  long shift() {
    return shift;
  }

  private boolean runsOn(List<StreamTimes> times, Boundary boundary) {
    long smallestGap = Long.MAX_VALUE;
    for (StreamTimes first : times) {
      StreamTimeline stream = streams.get(first.pid());
      if (stream != null && stream.clock().isPlaced()) {
        long written = Ticks.wrap(first.firstDts() + shift);
        if (Ticks.between(Ticks.wrap(stream.clock().last()), written) <= 0) {
          return false;
        }
        smallestGap = Math.min(smallestGap, Ticks.between(Ticks.wrap(stream.next()), written));
      }
    }
    return smallestGap <= (boundary == Boundary.CONTINUES ? MAX_GAP : MAX_GAP_AT_BREAK);
  }

  /** The smallest shift by which no stream begins before it, or the file where it is new, ended. */
  private long nextShift(List<StreamTimes> times) {
    boolean noneKnown = times.stream().noneMatch(first -> isPlaced(first.pid()));
    long next = 0;
    boolean found = false;
    for (StreamTimes first : times) {
      if (noneKnown || isPlaced(first.pid())) {
        StreamTimeline stream = streams.get(first.pid());
        long due = noneKnown || stream == null ? end() : stream.next();
        long candidate = Ticks.wrap(due - first.firstDts());
        next = !found || Ticks.between(next, candidate) > 0 ? candidate : next;
        found = true;
      }
    }
    return next;
  }

  private void shiftPes(int pid, PesHeader header) {
    if (!isAudioOrVideo(pid, header.streamId())) {
      long in = header.decodeTime();
      header.setPts(Ticks.wrap(header.pts() + shift));
      if (header.hasDts()) {
        header.setDts(Ticks.wrap(in + shift));
      }
      return;
    }
    long now = now();
    long written = Ticks.unwrap(Ticks.wrap(header.decodeTime() + shift), now);
    latestPid = NONE;
    boolean far = isStarted() && Math.abs(written - now) > StreamTimes.MAX_STEP;
    long due = far ? now : written;
    StreamTimeline stream = streams.computeIfAbsent(pid, p -> create(p, header.streamId(), due));
    long before = stream.clock().shift();
    stream.shift(header, shift);
    if (stream.clock().shift() != before) {
      shift = stream.clock().shift();
    }
  }

  private void shiftPcr(TsPacket packet) {
    long in = packet.pcrBase();
    boolean judged = !streams.isEmpty() && (program == null || program.pcrPid() == packet.pid());
    packet.setPcrBase(judged ? pcr.place(in, shift, now()) : Ticks.wrap(in + shift));
  }

  private StreamTimeline create(int pid, int streamId, long due) {
    // Without a map only picture or sound is told, and any codec of that kind will do.
    StreamCodec kind = streamId < FIRST_VIDEO_ID ? StreamCodec.OTHER : StreamCodec.H264;
    StreamCodec codec =
        program == null ? kind : program.stream(pid).map(ElementaryStream::codec).orElse(kind);
    return new StreamTimeline(codec, shift, due);
  }

  private boolean isAudioOrVideo(int pid, int streamId) {
    return program == null
        ? streamId >= FIRST_AUDIO_ID && streamId <= LAST_VIDEO_ID
        : program.isAudioOrVideo(pid);
  }

  private boolean isStarted() {
    for (StreamTimeline stream : streams.values()) {
      if (stream.clock().isPlaced()) {
        return true;
      }
    }
    return false;
  }

  private boolean isPlaced(int pid) {
    StreamTimeline stream = streams.get(pid);
    return stream != null && stream.clock().isPlaced();
  }

  private long end() {
    long end = Long.MIN_VALUE;
    for (StreamTimeline stream : streams.values()) {
      if (stream.clock().isPlaced()) {
        end = Math.max(end, stream.end());
      }
    }
    return end;
  }

  /** Near the times that are written just now; 0 before any is known. */
  private long now() {
    if (isStarted()) {
      return end();
    }
    return streams.values().stream().mapToLong(stream -> stream.clock().due()).max().orElse(0);
  }
}
