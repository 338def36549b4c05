package io.github.streamingserver.mp4;

import io.github.streamingserver.model.MediaTimes;
import io.github.streamingserver.model.MediaTimes.Span;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells when the samples of movie fragments are decoded, from an initialization section and the
 * fragments that follow it, in chunks of any size: base time, defaults and runs of each fragment
 * (ISO 14496-12 §8.8). One thread.
 *
 * <p>Reads {@value #MOST_OF_A_RUN} bytes of a run at most; of a track with longer ones, or with
 * fragments that tell no base time or no durations, nothing is told.
 */
public final class FragmentTimes {
  /** 4096 samples with all of their fields: a minute of picture, two of sound. */
  static final int MOST_OF_A_RUN = 64 * 1024;

  private static final int MAX_TRACKS = 256;
  private static final long TICKS_A_SECOND = 90_000;

  private static final class Track {
    private String handler = "";
    private long timescale;
    private @Nullable Span span;
  }

  private final Map<Integer, Track> tracks = new HashMap<>();

  /** By track; they may come before their tracks. */
  private final Map<Integer, Long> defaultDurations = new HashMap<>();

  private final BoxScanner scanner = new BoxScanner(new Boxes());
  private Track track = new Track();
  private long sampleDuration;
  private long time;
  private boolean timed;

  /**
   * Reads {@code chunk} to its end.
   *
   * @throws Mp4Exception where the structure is broken
   */
  public void push(ByteBuffer chunk) {
    scanner.push(chunk);
  }

  /** The times of what passed since this was asked last, of the first track of each kind. */
  public MediaTimes take() {
    MediaTimes times = new MediaTimes(span("vide"), span("soun"));
    tracks.values().forEach(each -> each.span = null);
    return times;
  }

  private Optional<Span> span(String handler) {
    return tracks.entrySet().stream()
        .filter(entry -> entry.getValue().handler.equals(handler))
        .min(Map.Entry.comparingByKey())
        .flatMap(entry -> Optional.ofNullable(entry.getValue().span));
  }

  private final class Boxes implements BoxHandler {
    @Override
    public Plan begin(BoxHeader box, String parent) {
      return switch (box.type()) {
        case "moov", "mdia", "mvex", "moof" -> Plan.WALK;
        case "trak" -> {
          track = new Track();
          yield Plan.WALK;
        }
        case "traf" -> {
          track = new Track();
          timed = false;
          yield Plan.WALK;
        }
        case "tkhd", "trex", "tfhd", "tfdt", "mdhd" -> Plan.read(MediaHeader.SIZE);
        case "hdlr" -> parent.equals("mdia") ? Plan.read(12) : Plan.SKIP;
        case "trun" -> timed && track.timescale > 0 ? Plan.read(MOST_OF_A_RUN) : Plan.SKIP;
        default -> Plan.SKIP;
      };
    }

    @Override
    public int read(BoxHeader box, ByteBuffer bytes) {
      FullBox fields = new FullBox(bytes);
      switch (box.type()) {
        case "tkhd" -> add(fields.isLong() ? fields.at(20) : fields.at(12));
        case "mdhd" -> track.timescale = MediaHeader.timescale(bytes);
        case "hdlr" -> track.handler = fields.text(8);
        case "trex" -> defaults(fields);
        case "tfhd" -> fragment(fields);
        case "tfdt" -> {
          time = fields.isLong() ? fields.longAt(4) : fields.at(4);
          timed = true;
        }
        case "trun" -> run(fields);
        default -> throw new IllegalStateException("box '" + box.type() + "' was not asked for");
      }
      return 0;
    }

    @Override
    public void end(BoxHeader box) {}
  }

  private void add(long id) {
    if (tracks.size() >= MAX_TRACKS) {
      throw new Mp4Exception("more than " + MAX_TRACKS + " tracks");
    }
    tracks.put((int) id, track);
  }

  private void defaults(FullBox trex) {
    if (defaultDurations.size() >= MAX_TRACKS) {
      throw new Mp4Exception("more than " + MAX_TRACKS + " tracks");
    }
    defaultDurations.put((int) trex.at(4), trex.at(12));
  }

  private void fragment(FullBox tfhd) {
    int id = (int) tfhd.at(4);
    track = tracks.getOrDefault(id, new Track());
    int at = 8 + (tfhd.has(0x1) ? Long.BYTES : 0) + (tfhd.has(0x2) ? Integer.BYTES : 0);
    sampleDuration = tfhd.has(0x8) ? tfhd.at(at) : defaultDurations.getOrDefault(id, 0L);
  }

  private void run(FullBox trun) {
    long count = trun.at(4);
    int at = 8 + (trun.has(0x1) ? Integer.BYTES : 0) + (trun.has(0x4) ? Integer.BYTES : 0);
    boolean own = trun.has(0x100);
    int size = Integer.BYTES * Integer.bitCount(trun.flags() & 0xf00);
    if (count == 0) {
      return;
    }
    if (own ? at + count * size > trun.size() : sampleDuration == 0 && count > 1) {
      timed = false;
      track.span = null;
      return;
    }
    long first = time;
    long last = time;
    if (own) {
      for (long i = 0; i < count; i++) {
        last = time;
        time += trun.at((int) (at + i * size));
      }
    } else {
      time += count * sampleDuration;
      last = time - sampleDuration;
    }
    Span span = new Span(ticks(first), ticks(last), ticks(time));
    track.span = track.span == null ? span : track.span.and(span);
  }

  private long ticks(long units) {
    long seconds = units / track.timescale;
    return seconds * TICKS_A_SECOND + units % track.timescale * TICKS_A_SECOND / track.timescale;
  }
}
