package io.github.streamingserver.simulation;

import io.github.streamingserver.model.RecorderId;
import io.github.streamingserver.model.Totals;
import io.github.streamingserver.mpegts.MarkedSegments;
import io.github.streamingserver.recorder.RecordingEvent.Outcome;
import io.github.streamingserver.simulation.Simulation.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/** Compares what was recorded, and what the recorder told of it, with what was broadcast. */
final class Audit {
  private static final int MOST_TOLD = 12;

  private final Scenario scenario;
  private final Broadcast broadcast;
  private final List<Take> takes;
  private final Chances chances;
  private final List<String> differences = new ArrayList<>();
  private long offered;
  private long recorded;
  private long lost;
  private double lostSeconds;
  private int sections;

  private Audit(Scenario scenario, Broadcast broadcast, List<Take> takes, List<Trouble> troubles) {
    this.scenario = scenario;
    this.broadcast = broadcast;
    this.takes = takes;
    this.chances = new Chances(scenario.channel(), troubles);
  }

  /** An audit of all that was recorded. */
  static Audit of(Scenario scenario, Broadcast broadcast, List<Take> takes, List<Trouble> troubles)
      throws IOException {
    Audit audit = new Audit(scenario, broadcast, takes, troubles);
    if (takes.isEmpty()) {
      audit.differs("nothing was recorded");
    }
    for (Take take : takes) {
      audit.check(take);
    }
    return audit;
  }

  Report report(long seed, Duration wall) {
    return new Report(
        scenario.name(),
        seed,
        scenario.hours(),
        wall,
        takes.size(),
        offered,
        recorded,
        lost,
        lostSeconds,
        sections,
        differences.subList(0, Math.min(MOST_TOLD, differences.size())));
  }

  private void differs(String what) {
    differences.add(what);
  }

  private void check(Take take) throws IOException {
    String name = take.folder().getFileName() + ": ";
    List<Long> found = new ArrayList<>();
    long bytes = 0;
    int files = 0;
    for (Path file = file(take, 0); Files.exists(file); file = file(take, files)) {
      byte[] content = Files.readAllBytes(file);
      MarkedSegments.Content read = MarkedSegments.read(content);
      for (String problem : read.problems()) {
        differs(name + file.getFileName() + " " + problem);
      }
      found.addAll(read.numbers());
      bytes += content.length;
      files++;
    }
    Totals totals = take.ended().totals();
    for (int i = 1; i < found.size(); i++) {
      if (found.get(i) <= found.get(i - 1)) {
        differs(
            name
                + "segment %d (%s) follows %d"
                    .formatted(found.get(i), shown(found.get(i)), found.get(i - 1)));
      }
    }
    same(name, "segments", totals.segments(), found.size());
    same(name, "bytes", totals.bytes(), bytes);
    same(name, "sections", totals.sections(), files);
    double seconds = found.stream().mapToDouble(this::seconds).sum();
    if (Math.abs(seconds - totals.mediaSeconds()) > 0.01 + 0.002 * found.size()) {
      differs(
          name + "told %.3f s of media, there are %.3f".formatted(totals.mediaSeconds(), seconds));
    }
    account(name, take, found);
    recorded += found.size();
    lost += totals.lostSegments();
    lostSeconds += totals.lostSeconds();
    sections += files;
  }

  private static Path file(Take take, int section) {
    return take.folder().resolve("stream_" + section + ".ts");
  }

  private void same(String name, String what, long told, long there) {
    if (told != there) {
      differs(name + "told %d %s, there are %d".formatted(told, what, there));
    }
  }

  /** Whether all that is missing was told, and could not be had. */
  private void account(String name, Take take, List<Long> found) throws IOException {
    Set<Long> there = new HashSet<>(found);
    LossLog log = LossLog.read(take.folder().resolve("log.txt"));
    Set<Long> named = named(name, log, there);
    long unnamed = log.unnamed();
    Totals totals = take.ended().totals();
    same(name, "lost in stop", totals.lostSegments(), named.size() + unnamed);
    LongStream all =
        LongStream.concat(
            found.stream().mapToLong(Long::longValue), named.stream().mapToLong(Long::longValue));
    var range = all.summaryStatistics();
    if (range.getCount() == 0) {
      return;
    }
    Instant first = segment(range.getMin()).listed;
    if (first.isAfter(take.begin().plus(Chances.RECOVERY))) {
      differs(name + "begins with segment %d, listed at %s".formatted(range.getMin(), first));
    }
    long missing = 0;
    double missingSeconds = 0;
    long unknowable = 0;
    long unwanted = 0;
    List<String> gaps = new ArrayList<>();
    long gap = 0;
    boolean renumbered = false;
    for (long number = range.getMin(); number <= range.getMax(); number++) {
      Segment segment = segment(number);
      offered += segment.listed.equals(Instant.MAX) ? 0 : 1;
      renumbered = renumbered || segment.renumbered;
      if (there.contains(number) || (segment.ad && !scenario.ads())) {
        unwanted += there.contains(number) || chances.had(segment, take) ? 0 : 1;
        if (there.contains(number)) {
          if (gap > 0) {
            gaps.add("%d before %d: %s".formatted(gap, number, shown(number)));
          }
          unknowable += renumbered && !scenario.channel().dated() ? gap : 0;
          gap = 0;
          renumbered = false;
        }
        continue;
      }
      missing++;
      gap += named.contains(number) ? 0 : 1;
      missingSeconds += seconds(number);
      if (chances.had(segment, take)) {
        differs(name + "segment %d could have been had: %s".formatted(number, shown(number)));
      }
    }
    // Between two programmes a channel can't be told from a stream that is over.
    boolean live = take.ended().recording().recorder() == RecorderId.HLS_LIVE;
    for (long number = range.getMax() + 1; live && number < broadcast.segments().size(); number++) {
      Segment segment = segment(number);
      if ((scenario.ads() || !segment.ad) && chances.had(segment, take)) {
        differs(name + "ends before segment %d: %s".formatted(number, shown(number)));
        break;
      }
    }
    long told = named.size() + unnamed;
    boolean atEnd = told > missing && told - missing <= log.unnamedAtEnd();
    boolean counted = told <= missing + unwanted && told >= missing - unknowable;
    if (!counted && !atEnd) {
      differs(
          name
              + "told %d lost, %d are missing: %s"
                  .formatted(told, missing, firstDifference(log.missed(), gaps)));
    } else if (!atEnd
        && unknowable + unwanted == 0
        && Math.abs(missingSeconds - totals.lostSeconds()) > 1 + missing * 0.1) {
      differs(
          name
              + "told %.1f s lost, %.1f s are missing"
                  .formatted(totals.lostSeconds(), missingSeconds));
    }
    boolean early =
        take.ended().outcome() instanceof Outcome.Complete
            && take.end().isBefore(Simulation.BEGIN.plus(scenario.hours()));
    if ((early && live) || take.ended().outcome() instanceof Outcome.Failed) {
      if (!chances.end(take.end(), early)) {
        differs(name + "ended at %s: %s".formatted(take.end(), take.ended().outcome()));
      }
    }
  }

  /** The segments that the log names as lost. */
  private Set<Long> named(String name, LossLog log, Set<Long> there) {
    Set<Long> named = new HashSet<>();
    for (String url : log.lost()) {
      Optional<Segment> segment = broadcast.at(url);
      if (segment.isEmpty()) {
        differs(name + "lost is what never was: " + url);
      } else if (there.contains(segment.get().number)) {
        differs(name + "segment %d is called lost and is there".formatted(segment.get().number));
      } else if (!named.add(segment.get().number)) {
        differs(name + "segment %d is called lost twice".formatted(segment.get().number));
      }
    }
    return named;
  }

  /** Where what was missed, by the log, and what is missing part. */
  private static String firstDifference(List<String> missed, List<String> gaps) {
    for (int i = 0; i < Math.max(missed.size(), gaps.size()); i++) {
      String told = i < missed.size() ? missed.get(i) : "nothing";
      String there = i < gaps.size() ? gaps.get(i) : "nothing";
      if (!told.matches("\\S+ LOST " + there.replaceAll(" .*", "") + " .*")) {
        return "first '%s' where %s".formatted(told, there);
      }
    }
    return "the gaps are alike";
  }

  private Segment segment(long number) {
    return broadcast.segments().get((int) number);
  }

  private double seconds(long number) {
    return segment(number).length.toMillis() / 1000.0;
  }

  private String shown(long number) {
    Segment segment = segment(number);
    return "%s, made %s, listed %s to %s"
        .formatted(segment.url, segment.begin, segment.listed, segment.left);
  }
}
