package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.streamingserver.model.MediaTimes;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.mpegts.StreamCodec.Kind;
import io.github.streamingserver.mpegts.Stretch;
import io.github.streamingserver.mpegts.UnitTimes;
import io.github.streamingserver.recorder.Piece.Part;
import io.github.streamingserver.testkit.Media;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out of ffmpeg is cut into the parts that went in, to the unit. */
class MuxedPartsTest {
  private static final int SEGMENTS = 4;
  private static final int NONE = 0x1fff;
  private static final int PICTURE_PID = 0x100;
  private static final int SOUND_PID = 0x101;
  private static final StreamFailure GONE = new StreamFailure.Failed("404");

  private static List<byte[]> segments;

  private MuxedParts parts = new MuxedParts(false, false);
  private final List<Piece> pieces = new ArrayList<>();

  @BeforeAll
  static void read() throws Exception {
    segments = new ArrayList<>();
    for (int i = 0; i < SEGMENTS; i++) {
      segments.add(Files.readAllBytes(Media.hls().resolve("s" + i + ".ts")));
    }
  }

  @BeforeEach
  void begin() {
    see(new MuxEvent.RunBegan(false, false));
  }

  private void see(MuxEvent event) {
    pieces.addAll(parts.see(event));
  }

  private static Part part(int number) {
    return new Part(URI.create("http://site/s" + number + ".m4s"), number, 1);
  }

  private void feed(int number, boolean timed) {
    feed(number, timed ? timesOf(number) : MediaTimes.UNKNOWN);
  }

  private void feed(int number, MediaTimes times) {
    see(new MuxEvent.Begun(part(number)));
    see(new MuxEvent.Fed(part(number), times));
  }

  /** Of segments one after another. */
  private static MediaTimes timesOf(int... numbers) {
    UnitTimes times = new UnitTimes();
    for (int number : numbers) {
      times.push(ByteBuffer.wrap(segments.get(number).clone()));
    }
    return times.take();
  }

  /** Sound is in parts of its own from now on. */
  private void beginSeparate(boolean resumed) {
    parts = new MuxedParts(true, resumed);
    begin();
  }

  private void feedPicture(int number) {
    feed(number, new MediaTimes(timesOf(number).picture(), Optional.empty()));
  }

  /** A part of sound that is as long as these segments. */
  private void feedSound(int... numbers) {
    see(new MuxEvent.SoundFed(new MediaTimes(Optional.empty(), timesOf(numbers).sound())));
  }

  /** The segment without the units of a stream. */
  private static byte[] without(int pid, int number) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Stretch stretch : Stretch.of(ByteBuffer.wrap(segments.get(number).clone()))) {
      if (stretch.pid() != pid) {
        write(stretch, out);
      }
    }
    return out.toByteArray();
  }

  private static void write(Stretch stretch, ByteArrayOutputStream out) {
    byte[] bytes = new byte[stretch.packets().remaining()];
    stretch.packets().duplicate().get(bytes);
    out.writeBytes(bytes);
  }

  private static List<Long> units(int pid, int... numbers) {
    List<Long> all = new ArrayList<>();
    for (int number : numbers) {
      all.addAll(times(segments.get(number), pid));
    }
    return all;
  }

  private void output(byte[] bytes) {
    int chunk = 5000;
    for (int at = 0; at < bytes.length; at += chunk) {
      see(new MuxEvent.Output(ByteString.fromArray(bytes, at, Math.min(chunk, bytes.length - at))));
    }
  }

  /** All segments, each stretch of the stream on {@code late} as many behind its place. */
  private static byte[] out(int late, int places) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    segments.forEach(all::writeBytes);
    List<Stretch> stretches = Stretch.of(ByteBuffer.wrap(all.toByteArray()));
    TreeMap<Integer, List<Stretch>> due = new TreeMap<>();
    for (int i = 0; i < stretches.size(); i++) {
      int place = stretches.get(i).pid() == late ? i + places : i;
      due.computeIfAbsent(place, _ -> new ArrayList<>()).add(stretches.get(i));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (List<Stretch> place : due.values()) {
      place.forEach(stretch -> write(stretch, out));
    }
    return out.toByteArray();
  }

  /** The decode times of a stream in each part that is whole. */
  private List<List<Long>> whole(int pid) {
    List<List<Long>> whole = new ArrayList<>();
    ByteString bytes = ByteString.emptyByteString();
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.Begin _ -> bytes = ByteString.emptyByteString();
        case Piece.Data(var more) -> bytes = bytes.concat(more);
        case Piece.End _ -> whole.add(times(bytes.toArray(), pid));
        default -> {}
      }
    }
    return whole;
  }

  private static List<Long> times(byte[] packets, int pid) {
    return Stretch.of(ByteBuffer.wrap(packets)).stream()
        .filter(stretch -> stretch.pid() == pid && stretch.decodeTime().isPresent())
        .map(stretch -> stretch.decodeTime().getAsLong())
        .toList();
  }

  private static List<List<Long>> expected(int pid, int count) {
    return segments.subList(0, count).stream().map(segment -> times(segment, pid)).toList();
  }

  @ParameterizedTest(name = "a stream that lags behind: {0}")
  @ValueSource(ints = {NONE, PICTURE_PID, SOUND_PID})
  void eachUnitIsInItsPart(int late) {
    for (int i = 0; i < SEGMENTS; i++) {
      feed(i, true);
    }
    output(out(late, 12));
    assertThat(whole(PICTURE_PID)).isEqualTo(expected(PICTURE_PID, SEGMENTS - 1));
    assertThat(whole(SOUND_PID)).isEqualTo(expected(SOUND_PID, SEGMENTS - 1));
    see(new MuxEvent.RunEnded());
    assertThat(whole(PICTURE_PID)).isEqualTo(expected(PICTURE_PID, SEGMENTS));
    assertThat(whole(SOUND_PID)).isEqualTo(expected(SOUND_PID, SEGMENTS));
  }

  @Test
  void aPartIsNotWholeBeforeTheNextOneHasCome() {
    feed(0, true);
    output(segments.get(0).clone());
    assertThat(whole(PICTURE_PID)).isEmpty();
    feed(1, true);
    output(segments.get(1).clone());
    assertThat(whole(PICTURE_PID)).isEqualTo(expected(PICTURE_PID, 1));
  }

  @Test
  void withoutTimesItIsCutByItsLength() {
    for (int i = 0; i < SEGMENTS; i++) {
      feed(i, false);
    }
    output(out(NONE, 0));
    assertThat(whole(PICTURE_PID)).hasSize(SEGMENTS - 1);
    see(new MuxEvent.RunEnded());
    assertThat(whole(PICTURE_PID).stream().flatMap(List::stream))
        .isEqualTo(expected(PICTURE_PID, SEGMENTS).stream().flatMap(List::stream).toList());
  }

  @Test
  void anFfmpegThatBrokeIsGoneOnBehind() {
    feed(0, true);
    feed(1, true);
    output(out(NONE, 0));
    see(new MuxEvent.RunBroke(new StreamFailure.Failed("ffmpeg ended with 137")));
    assertThat(pieces).noneMatch(Piece.Lost.class::isInstance);
    assertThat(pieces.getLast())
        .isInstanceOfSatisfying(
            Piece.Broken.class,
            broken -> assertThat(broken.cause()).isInstanceOf(MuxBrokenException.class));
  }

  @Test
  void oneThatBrokeWithoutProgressLosesWhatItWasGiven() {
    feed(0, true);
    output(without(SOUND_PID, 0));
    see(new MuxEvent.RunBroke(new StreamFailure.Failed("ffmpeg ended with 1")));
    assertThat(pieces.getLast()).isInstanceOf(Piece.Lost.class);
  }

  @Test
  void oneThatBrokeBehindAWholePartLosesNothingOfIt() {
    feed(0, true);
    feed(1, true);
    output(segments.get(0).clone());
    see(new MuxEvent.RunBroke(new StreamFailure.Failed("ffmpeg ended with 1")));
    assertThat(fates()).containsExactly("0 whole", "broken");
    assertThat(whole(SOUND_PID)).isEqualTo(expected(SOUND_PID, 1));
  }

  @Test
  void whereARecordingBeginsIsToldAtOnce() {
    see(new MuxEvent.Begun(part(7)));
    assertThat(pieces).containsExactly(new Piece.Begin(part(7)));
  }

  @Test
  void whatComesOutOfALostPartIsVoid() {
    StreamFailure cause = new StreamFailure.Failed("it broke off");
    see(new MuxEvent.Begun(part(0)));
    see(new MuxEvent.Lost(part(0), cause));
    output(segments.get(0).clone());
    see(new MuxEvent.RunEnded());
    assertThat(pieces).containsExactly(new Piece.Begin(part(0)), new Piece.Lost(part(0), cause));
  }

  /** What comes of each part: its number and whether it is whole. */
  private List<String> fates() {
    List<String> fates = new ArrayList<>();
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.End(var part) -> fates.add(part.sequence() + " whole");
        case Piece.Lost(var part, _) -> fates.add(part.sequence() + " lost");
        case Piece.Broken _ -> fates.add("broken");
        default -> {}
      }
    }
    return fates;
  }

  @Test
  void aPictureThatIsLostWithoutAByteTakesNothingOfTheNext() {
    beginSeparate(false);
    feedPicture(0);
    see(new MuxEvent.Lost(part(1), GONE));
    feedPicture(2);
    feedPicture(3);
    for (int i = 0; i < SEGMENTS; i++) {
      feedSound(i);
    }
    output(segments.get(0).clone());
    output(without(PICTURE_PID, 1));
    output(segments.get(2).clone());
    output(segments.get(3).clone());
    see(new MuxEvent.RunEnded());
    assertThat(fates()).containsExactly("0 whole", "1 lost", "2 whole", "3 whole");
    assertThat(whole(PICTURE_PID))
        .containsExactly(units(PICTURE_PID, 0), units(PICTURE_PID, 2), units(PICTURE_PID, 3));
    assertThat(whole(SOUND_PID))
        .containsExactly(units(SOUND_PID, 0), units(SOUND_PID, 1, 2), units(SOUND_PID, 3));
    assertThat(lengths()).allSatisfy(length -> assertThat(length).isCloseTo(1, within(0.1)));
  }

  private List<Double> lengths() {
    return pieces.stream()
        .filter(Piece.End.class::isInstance)
        .map(piece -> ((Piece.End) piece).part().seconds())
        .toList();
  }

  @Test
  void aPartThatBreaksOffDoesNotTakeTheOneBeforeWithIt() {
    feed(0, true);
    feed(1, true);
    see(new MuxEvent.Begun(part(2)));
    see(new MuxEvent.Lost(part(2), GONE));
    output(segments.get(0).clone());
    output(segments.get(1).clone());
    output(without(SOUND_PID, 2));
    see(new MuxEvent.RunBroke(new StreamFailure.Failed("ffmpeg ended with 183")));
    assertThat(fates()).containsExactly("0 whole", "1 whole", "2 lost");
    assertThat(whole(SOUND_PID)).isEqualTo(expected(SOUND_PID, 2));
    assertThat(pieces.getLast()).isEqualTo(new Piece.Lost(part(2), GONE));
  }

  @Test
  void aPartOfWhichNotAllComesOutIsLost() {
    for (int i = 0; i < 3; i++) {
      feed(i, true);
    }
    output(segments.get(0).clone());
    output(without(SOUND_PID, 1));
    see(new MuxEvent.RunEnded());
    assertThat(fates()).containsExactly("0 whole", "1 lost", "2 lost");
  }

  @Test
  void nothingOfALostPartIsInTheNext() {
    feed(0, true);
    feed(1, true);
    feed(2, false);
    output(segments.get(0).clone());
    output(without(SOUND_PID, 1));
    see(new MuxEvent.RunEnded());
    assertThat(fates()).startsWith("0 whole", "1 lost");
    assertThat(whole(PICTURE_PID).stream().flatMap(List::stream).toList())
        .isEqualTo(units(PICTURE_PID, 0));
  }

  /** Sound that begins with what is written already is cut as it would be without that. */
  @Test
  void soundOfAResumedRecordingIsInItsPart() {
    beginSeparate(true);
    feedPicture(1);
    feedPicture(2);
    feedPicture(3);
    feedSound(0, 1);
    feedSound(2);
    feedSound(3);
    output(without(PICTURE_PID, 0));
    for (int i = 1; i < SEGMENTS; i++) {
      output(segments.get(i).clone());
    }
    see(new MuxEvent.RunEnded());
    assertThat(whole(PICTURE_PID))
        .containsExactly(units(PICTURE_PID, 1), units(PICTURE_PID, 2), units(PICTURE_PID, 3));
    long begin = units(PICTURE_PID, 1).getFirst();
    List<Long> due =
        units(SOUND_PID, 0, 1).stream()
            .filter(time -> time >= begin - PartSorter.TOLERANCE)
            .toList();
    assertThat(whole(SOUND_PID)).containsExactly(due, units(SOUND_PID, 2), units(SOUND_PID, 3));
  }

  private static Stretch unit(int pid, long time) {
    return new Stretch(pid, OptionalLong.of(time), ByteBuffer.allocate(188));
  }

  /** Pictures of 4 s; which of them a sound at a time belongs to. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"together", "a little apart", "on its own"})
  void separateSound(String cut) {
    long second = 90_000;
    long end =
        switch (cut) {
          case "together" -> 4 * second;
          case "a little apart" -> 4 * second + 9000;
          default -> 6 * second;
        };
    PartSorter sorter = new PartSorter(true, new ArrayDeque<>());
    for (int i = 0; i < 3; i++) {
      sorter.begin(new Part(URI.create("http://site/s" + i), i, 4));
      long from = 4 * second * i;
      sorter.fed(
          new MediaTimes(
              Optional.of(new MediaTimes.Span(from, from + 4 * second - 3600, from + 4 * second)),
              Optional.empty()));
    }
    sorter.soundFed(
        new MediaTimes(Optional.empty(), Optional.of(new MediaTimes.Span(0, end - 1920, end))));
    long border = cut.equals("on its own") ? 4 * second : end;
    long shift = 126_000;
    assertThat(sorter.partOf(Kind.VIDEO, unit(PICTURE_PID, shift)).index()).isZero();
    assertThat(sorter.partOf(Kind.AUDIO, unit(SOUND_PID, shift)).index()).isZero();
    assertThat(sorter.partOf(Kind.AUDIO, unit(SOUND_PID, shift + border - 1920)).index()).isZero();
    assertThat(sorter.isOut(List.of(Kind.VIDEO, Kind.AUDIO))).isFalse();
    assertThat(sorter.partOf(Kind.AUDIO, unit(SOUND_PID, shift + border)).index()).isOne();
    assertThat(sorter.isOut(List.of(Kind.VIDEO, Kind.AUDIO))).isFalse();
    assertThat(sorter.partOf(Kind.VIDEO, unit(PICTURE_PID, shift + 4 * second)).index()).isOne();
    assertThat(sorter.isOut(List.of(Kind.VIDEO, Kind.AUDIO))).isTrue();
  }
}
