package io.github.streamingserver.mpegts;

import io.github.streamingserver.model.DrmScheme;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Watches the packets of one segment and tells what they hold. Changes nothing. One thread. */
final class SegmentInspector {
  private static final int ASSOCIATION_PID = 0;
  private static final int NONE = -1;

  private final SectionAssembler association = new SectionAssembler();
  private final Map<Integer, StreamWatch> watches = new TreeMap<>();
  private SectionAssembler map = new SectionAssembler();
  private int mapPid = TsPacket.NULL_PID;
  private @Nullable Program program;

  /** The watch of the packet before: most packets are of the same stream as that. */
  private @Nullable StreamWatch latest;

  private int latestPid = NONE;
  private long firstPcr = -1;
  private long total;
  private long erroneous;
  private long scrambled;

  SegmentInspector() {}

  /** {@code known} is the program of the segment before, for one that brings no map of its own. */
  SegmentInspector(Program known) {
    adopt(known);
  }

  void inspect(TsPacket packet) {
    total++;
    int pid = packet.pid();
    if (packet.hasTransportError()) {
      erroneous++;
      return;
    }
    if (packet.isScrambled() && pid != TsPacket.NULL_PID) {
      scrambled++;
    }
    if (pid == ASSOCIATION_PID) {
      association.push(packet).forEach(this::readAssociation);
    } else if (pid == mapPid) {
      map.push(packet).forEach(this::readMap);
    }
    if (firstPcr < 0 && packet.hasPcr() && (program == null || program.pcrPid() == pid)) {
      firstPcr = packet.pcrBase();
    }
    if (pid != latestPid) {
      latestPid = pid;
      latest = watches.get(pid);
    }
    if (latest != null) {
      latest.push(packet);
    }
  }

  /** No more packets come. */
  void finish() {
    watches.values().forEach(StreamWatch::finish);
  }

  /** Program, picture size and the first timestamps of each stream are known, or don't matter. */
  boolean knowsHead() {
    return drm().isPresent()
        || (program != null && watches.values().stream().allMatch(StreamWatch::knowsHead));
  }

  Optional<DrmScheme> drm() {
    return SegmentFacts.drm(program, scrambled);
  }

  SegmentFacts facts() {
    List<StreamTimes> times =
        watches.values().stream().flatMap(watch -> watch.times().stream()).toList();
    return new SegmentFacts(
        program, pictureSize(), times, firstPcr, new PacketCounts(total, erroneous, scrambled));
  }

  private @Nullable PictureSize pictureSize() {
    for (StreamWatch watch : watches.values()) {
      if (watch.pictureSize().isPresent()) {
        return watch.pictureSize().get();
      }
    }
    return null;
  }

  private void readAssociation(byte[] section) {
    ProgramTables.programMapPid(section)
        .ifPresent(
            pid -> {
              if (pid != mapPid) {
                mapPid = pid;
                map = new SectionAssembler();
              }
            });
  }

  private void readMap(byte[] section) {
    ProgramTables.program(section, mapPid).ifPresent(this::adopt);
  }

  private void adopt(Program next) {
    if (next.equals(program)) {
      return;
    }
    program = next;
    mapPid = next.mapPid();
    latestPid = NONE;
    Map<Integer, StreamWatch> before = Map.copyOf(watches);
    watches.clear();
    for (ElementaryStream stream : next.audioAndVideo()) {
      StreamWatch watch = before.get(stream.pid());
      boolean same = watch != null && watch.stream().equals(stream);
      watches.put(stream.pid(), same && watch != null ? watch : new StreamWatch(stream));
    }
  }
}
