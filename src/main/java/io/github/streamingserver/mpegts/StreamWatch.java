package io.github.streamingserver.mpegts;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Watches one picture or sound stream of a segment. */
final class StreamWatch {
  private final ElementaryStream stream;
  private final @Nullable PictureSizeFinder finder;
  private @Nullable StreamTimes times;
  private long previousPts;
  private int headerLeft;
  private boolean inUnit;

  StreamWatch(ElementaryStream stream) {
    this.stream = stream;
    this.finder =
        PictureSizeFinder.reads(stream.codec()) ? new PictureSizeFinder(stream.codec()) : null;
  }

  ElementaryStream stream() {
    return stream;
  }

  Optional<StreamTimes> times() {
    return Optional.ofNullable(times);
  }

  Optional<PictureSize> pictureSize() {
    return finder == null ? Optional.empty() : finder.found();
  }

  boolean knowsHead() {
    return times != null && times.confirmed() && (finder == null || finder.found().isPresent());
  }

  void push(TsPacket packet) {
    if (packet.isScrambled() || !packet.hasPayload()) {
      return;
    }
    if (packet.isPayloadUnitStart()) {
      inUnit = PesHeader.isIn(packet);
      if (inUnit) {
        begin(PesHeader.of(packet));
      }
    }
    if (finder != null && inUnit && finder.found().isEmpty()) {
      int skipped = Math.min(headerLeft, packet.payloadLength());
      headerLeft -= skipped;
      int from = packet.payloadOffset();
      finder.push(packet.bytes(), from + skipped, from + packet.payloadLength());
    }
  }

  void finish() {
    if (finder != null) {
      finder.unitStart();
    }
  }

  private void begin(PesHeader header) {
    headerLeft = header.size();
    if (finder != null) {
      finder.unitStart();
    }
    if (header.hasPts() && StreamTimes.isNear(header.decodeTime(), header.pts())) {
      times =
          times == null ? StreamTimes.first(stream.pid(), header) : times.and(header, previousPts);
      previousPts = header.pts();
    }
  }
}
