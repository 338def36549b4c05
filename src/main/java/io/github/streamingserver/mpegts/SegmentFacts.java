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
    if (counts.scrambled() >= MIN_SCRAMBLED) {
      return Optional.of(DrmScheme.SCRAMBLED_TRANSPORT_STREAM);
    }
    boolean sampleAes =
        program().stream()
            .flatMap(p -> p.streams().stream())
            .anyMatch(ElementaryStream::sampleEncrypted);
    return sampleAes ? Optional.of(DrmScheme.SAMPLE_AES) : Optional.empty();
  }

  /**
   * Whether this segment may follow {@code earlier} in one file: same codecs, same picture size.
   * What isn't known of either is no obstacle.
   */
  public boolean mayFollow(SegmentFacts earlier) {
    if (program == null || earlier.program == null) {
      return true;
    }
    boolean sameSize =
        pictureSize == null
            || earlier.pictureSize == null
            || pictureSize.equals(earlier.pictureSize);
    return sameSize
        && videoCodec().equals(earlier.videoCodec())
        && audioCodecs().equals(earlier.audioCodecs());
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
