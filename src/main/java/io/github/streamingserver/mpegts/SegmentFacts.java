package io.github.streamingserver.mpegts;

import io.github.streamingserver.model.DrmScheme;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of a segment so far; unchanging. */
public final class SegmentFacts {
  /** A flipped bit is no protection. */
  private static final int MIN_SCRAMBLED = 3;

  private final @Nullable Program program;
  private final @Nullable PictureSize pictureSize;
  private final List<StreamTimes> times;
  private final long firstPcr;
  private final PacketCounts counts;

  SegmentFacts(
      @Nullable Program program,
      @Nullable PictureSize pictureSize,
      List<StreamTimes> times,
      long firstPcr,
      PacketCounts counts) {
    this.program = program;
    this.pictureSize = pictureSize;
    this.times = List.copyOf(times);
    this.firstPcr = firstPcr;
    this.counts = counts;
  }

  /** The program, of this segment or an earlier one. */
  public Optional<Program> program() {
    return Optional.ofNullable(program);
  }

  /** Empty where there is no picture, no key frame, or a codec whose headers aren't read. */
  public Optional<PictureSize> pictureSize() {
    return Optional.ofNullable(pictureSize);
  }

  /** The codec of the picture. */
  public Optional<StreamCodec> videoCodec() {
    return program().flatMap(Program::video).map(ElementaryStream::codec);
  }

  /** The codecs of the sound streams, in the map's order. */
  public List<StreamCodec> audioCodecs() {
    return audio().map(ElementaryStream::codec).toList();
  }

  /** The timestamps of each picture and sound stream that has any. */
  public List<StreamTimes> times() {
    return times;
  }

  /** The base of the first PCR, 33 bits of 90 kHz. */
  public OptionalLong firstPcr() {
    return firstPcr < 0 ? OptionalLong.empty() : OptionalLong.of(firstPcr);
  }

  /** How many packets there are, and how many of them are of no use. */
  public PacketCounts counts() {
    return counts;
  }

  /** The protection that the packets themselves show. */
  public Optional<DrmScheme> drm() {
    return drm(program, counts.scrambled());
  }

  /** The protection that so many scrambled packets and a program show. */
  static Optional<DrmScheme> drm(@Nullable Program program, long scrambled) {
    if (scrambled >= MIN_SCRAMBLED) {
      return Optional.of(DrmScheme.SCRAMBLED_TRANSPORT_STREAM);
    }
    return program != null && program.isSampleEncrypted()
        ? Optional.of(DrmScheme.SAMPLE_AES)
        : Optional.empty();
  }

  /**
   * Why this segment can't follow {@code earlier} in one file: other picture size, other codecs, or
   * other PIDs, which no player follows in the middle of a file. Empty where it can; what isn't
   * known of either is no obstacle.
   */
  public Optional<String> obstacle(SegmentFacts earlier) {
    if (program == null || earlier.program == null) {
      return Optional.empty();
    }
    if (!codecs().equals(earlier.codecs())) {
      return Optional.of("%s after %s".formatted(codecs(), earlier.codecs()));
    }
    if (pictureSize != null
        && earlier.pictureSize != null
        && !pictureSize.equals(earlier.pictureSize)) {
      return Optional.of("picture %s after %s".formatted(pictureSize, earlier.pictureSize));
    }
    return program.audioAndVideo().equals(earlier.program.audioAndVideo())
        ? Optional.empty()
        : Optional.of("streams on other PIDs");
  }

  /** These facts, with the picture size of {@code earlier} where this segment shows none. */
  public SegmentFacts knowing(SegmentFacts earlier) {
    return pictureSize != null
        ? this
        : new SegmentFacts(program, earlier.pictureSize, times, firstPcr, counts);
  }

  /** These facts, where a stream begins only with its unit at {@code ticks}. */
  public SegmentFacts beginning(int pid, long ticks) {
    List<StreamTimes> later =
        times.stream()
            .map(
                each ->
                    each.pid() == pid
                        ? new StreamTimes(pid, ticks, ticks, each.lastPts(), each.confirmed())
                        : each)
            .toList();
    return new SegmentFacts(program, pictureSize, later, firstPcr, counts);
  }

  private List<String> codecs() {
    return program().stream()
        .flatMap(p -> p.audioAndVideo().stream())
        .map(stream -> stream.codec().label())
        .toList();
  }

  private Stream<ElementaryStream> audio() {
    return program().stream().flatMap(p -> p.audio().stream());
  }

  @Override
  public String toString() {
    return "program "
        + program
        + ", picture "
        + pictureSize
        + ", times "
        + times
        + ", first PCR "
        + firstPcr
        + ", "
        + counts;
  }
}
