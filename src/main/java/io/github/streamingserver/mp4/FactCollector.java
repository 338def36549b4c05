package io.github.streamingserver.mp4;

import io.github.streamingserver.drm.EncryptionScheme;
import io.github.streamingserver.drm.ProtectionSystem;
import io.github.streamingserver.model.DrmScheme;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Collects facts from the boxes that pass. Box layouts by ISO 14496-12 and ISO/IEC 23001-7. */
final class FactCollector implements BoxHandler {
  private static final int MAX_TRACKS = 256;
  private static final String PIFF_TRACK_ENCRYPTION = "8974dbce7be74c5184f97148f9882554";
  private static final String PIFF_SYSTEM_HEADER = "d08a4f1810f34a82b6c832d8aba183d3";

  private final List<TrackBuilder> tracks = new ArrayList<>();
  private final Set<DrmScheme> protections = EnumSet.noneOf(DrmScheme.class);
  private TrackBuilder track = new TrackBuilder();
  private String brand = "";
  private boolean movie;
  private boolean fragmented;
  private boolean begun;
  private boolean isSampleEntry;
  private int descriptionVersion;
  private Duration duration = Duration.ZERO;

  Mp4Facts facts() {
    return new Mp4Facts(
        brand,
        movie,
        fragmented,
        tracks.stream().map(TrackBuilder::build).toList(),
        duration,
        protections);
  }

  @Override
  public Plan begin(BoxHeader box, String parent) {
    if (!begun && !Mp4.isFirst(box.type())) {
      throw new Mp4Exception("no MP4: it does not begin with a box that one begins with");
    }
    begun = true;
    isSampleEntry = parent.equals("stsd");
    return isSampleEntry ? sampleEntry(box.type()) : plan(box, parent);
  }

  private Plan plan(BoxHeader box, String parent) {
    return switch (box.type()) {
      case "moov", "mdia", "minf", "stbl", "traf", "schi" -> Plan.WALK;
      case "sinf" -> {
        encryption();
        yield Plan.WALK;
      }
      case "trak" -> {
        addTrack();
        yield Plan.WALK;
      }
      case "moof", "mvex" -> {
        fragmented = true;
        yield Plan.WALK;
      }
      case "stsd" -> new Plan(8, true);
      case "ftyp", "styp" -> Plan.read(4);
      case "mvhd", "mdhd" -> Plan.read(MediaHeader.SIZE);
      // QuickTime has another one in minf.
      case "hdlr" -> parent.equals("mdia") ? Plan.read(12) : Plan.SKIP;
      case "pssh" -> Plan.read(20);
      case "schm" -> Plan.read(8);
      case "frma" -> Plan.read(4);
      case "tenc" -> encryption();
      case "uuid" -> extended(box.extendedType());
      default -> Plan.SKIP;
    };
  }

  @Override
  public int read(BoxHeader box, ByteBuffer bytes) {
    if (isSampleEntry) {
      return sampleEntry(box.type(), bytes);
    }
    switch (box.type()) {
      case "ftyp", "styp" -> brand = brand.isEmpty() ? text(bytes, 0) : brand;
      case "mvhd" -> duration = MediaHeader.duration(bytes);
      case "mdhd" -> track.timescale(MediaHeader.timescale(bytes));
      case "hdlr" -> track.handler(text(bytes, 8));
      case "pssh" -> system(bytes, 4);
      case "uuid" -> system(bytes, 4);
      case "schm" -> found(EncryptionScheme.of(text(bytes, 4)));
      case "frma" -> track.originalFormat(text(bytes, 0));
      case "stsd" -> descriptionVersion = bytes.hasRemaining() ? bytes.get(0) : 0;
      default -> throw new IllegalStateException("box '" + box.type() + "' was not asked for");
    }
    return 0;
  }

  @Override
  public void end(BoxHeader box) {
    movie |= box.type().equals("moov");
  }

  private Plan sampleEntry(String type) {
    track.sampleEntry(type);
    if (SampleEntries.isEncrypted(type)) {
      encryption();
    }
    return SampleEntries.plan(type, track.handler());
  }

  private int sampleEntry(String type, ByteBuffer bytes) {
    if (SampleEntries.isVisual(type, track.handler())) {
      track.size(SampleEntries.width(bytes), SampleEntries.height(bytes));
      return 0;
    }
    return SampleEntries.soundExtension(bytes, descriptionVersion);
  }

  private Plan extended(String type) {
    return switch (type) {
      case PIFF_TRACK_ENCRYPTION -> encryption();
      case PIFF_SYSTEM_HEADER -> Plan.read(20);
      default -> Plan.SKIP;
    };
  }

  private Plan encryption() {
    found(DrmScheme.COMMON_ENCRYPTION);
    track.encrypted();
    return Plan.SKIP;
  }

  private void addTrack() {
    if (tracks.size() >= MAX_TRACKS) {
      throw new Mp4Exception("more than " + MAX_TRACKS + " tracks");
    }
    track = new TrackBuilder();
    tracks.add(track);
  }

  private void system(ByteBuffer bytes, int at) {
    boolean whole = bytes.limit() >= at + 2 * Long.BYTES;
    found(
        whole
            ? ProtectionSystem.of(new UUID(bytes.getLong(at), bytes.getLong(at + Long.BYTES)))
            : DrmScheme.UNKNOWN);
  }

  private void found(DrmScheme scheme) {
    protections.add(scheme);
  }

  private static String text(ByteBuffer bytes, int at) {
    return new FullBox(bytes).text(at);
  }
}
