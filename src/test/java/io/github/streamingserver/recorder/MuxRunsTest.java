package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.Piece.Part;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What of a picture and a separate sound goes into a run of ffmpeg, and what is told of the rest.
 */
class MuxRunsTest {
  private static final StreamFailure GONE = new StreamFailure.Failed("404");

  private final MuxLane picture = new MuxLane(true);
  private final MuxLane sound = new MuxLane(false);
  private final List<MuxEvent> told = new ArrayList<>();
  private final StringBuilder fed = new StringBuilder();
  private final MuxRuns runs =
      new MuxRuns(
          List.of(picture, sound),
          new MuxRuns.Actions() {
            @Override
            public void feed(MuxLane lane, ByteString bytes) {
              fed.append(bytes.utf8String());
            }

            @Override
            public void end(MuxLane lane) {
              lane.end();
            }

            @Override
            public void tell(MuxEvent event) {
              told.add(event);
            }
          });

  private static Part part(int number) {
    return new Part(URI.create("http://site/" + number), number, 6);
  }

  private static Piece data() {
    return new Piece.Data(ByteString.fromArray(new byte[1]));
  }

  private void whole(MuxLane lane, int number) {
    assertThat(runs.accept(lane, new Piece.Begin(part(number)))).isTrue();
    assertThat(runs.accept(lane, data())).isTrue();
    assertThat(runs.accept(lane, new Piece.End(part(number)))).isTrue();
  }

  private void lost(MuxLane lane, int number) {
    assertThat(runs.accept(lane, new Piece.Begin(part(number)))).isTrue();
    assertThat(runs.accept(lane, new Piece.Lost(part(number), GONE))).isTrue();
  }

  /** The segments and seconds of sound that were told to be missing. */
  private List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (MuxEvent event : told) {
      if (event instanceof MuxEvent.Aside(Piece.Missed(long segments, double seconds, var cause))
          && cause.message().contains("of the sound")) {
        missing.add(segments + " of " + (long) seconds);
      }
    }
    return missing;
  }

  @ParameterizedTest(name = "{0} of the sound, {1} of the picture")
  @CsvSource({"20, 0, 20 of 120", "20, 15, 5 of 30", "20, 20,", "0, 20,"})
  void soundThatLeftTheWindowWithoutItsPictureIsTold(int ofSound, int ofPicture, String expected) {
    if (ofSound > 0) {
      assertThat(runs.accept(sound, new Piece.Missed(ofSound, ofSound * 6, GONE))).isTrue();
    }
    if (ofPicture > 0) {
      assertThat(runs.accept(picture, new Piece.Missed(ofPicture, ofPicture * 6, GONE))).isTrue();
    }
    runs.begins();
    assertThat(missing()).isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @Test
  void aSoundThatMissesASegmentGoesOn() {
    whole(picture, 0);
    whole(sound, 0);
    lost(sound, 1);
    assertThat(sound.isEnded()).isFalse();
    whole(sound, 2);
    lost(sound, 3);
    assertThat(sound.isEnded()).isFalse();
    assertThat(missing()).containsExactly("1 of 6", "1 of 6");
  }

  @Test
  void aSoundThatFailsDoesNotHoldThePictureBack() {
    whole(picture, 0);
    whole(sound, 0);
    lost(sound, 1);
    lost(sound, 2);
    assertThat(sound.isEnded()).isTrue();
    lost(sound, 3);
    assertThat(missing()).containsExactly("1 of 6", "1 of 6", "1 of 6");
    whole(picture, 1);
    whole(picture, 2);
    assertThat(runs.accept(sound, new Piece.Begin(part(4)))).isTrue();
    assertThat(runs.accept(sound, data())).isFalse();
    assertThat(runs.accept(picture, new Piece.Begin(part(3)))).isFalse();
    assertThat(picture.isEnded()).isTrue();
  }

  @Test
  void aPictureBeginsWithoutASoundThatFails() {
    MuxPipe pipe = new MuxPipe(Inlet.create("sound"), sound);
    whole(picture, 0);
    lost(sound, 0);
    assertThat(pipe.isReady()).isFalse();
    lost(sound, 1);
    assertThat(pipe.isReady()).isTrue();
    sound.newRun();
    assertThat(pipe.isReady()).isTrue();
  }

  @Test
  void soundThatIsNotThereInTimeIsTold() {
    whole(picture, 0);
    lost(sound, 0);
    lost(sound, 1);
    whole(picture, 1);
    whole(picture, 2);
    picture.finish();
    runs.ended(false);
    lost(sound, 2);
    assertThat(missing())
        .as("the last one once, though it is given up after the end")
        .containsExactly("1 of 6", "1 of 6", "1 of 6");
  }

  @ParameterizedTest(name = "ffmpeg breaks: {0}")
  @CsvSource({"true", "false"})
  void soundThatGoesWithALostPictureIsTold(boolean broke) {
    for (int i = 0; i < 3; i++) {
      whole(sound, i);
    }
    assertThat(runs.accept(sound, new Piece.Begin(part(3)))).isTrue();
    assertThat(runs.accept(sound, data())).isTrue();
    whole(picture, 0);
    assertThat(runs.accept(picture, new Piece.Begin(part(1)))).isTrue();
    assertThat(runs.accept(picture, data())).isTrue();
    assertThat(runs.accept(picture, new Piece.Lost(part(1), GONE))).isTrue();
    if (broke) {
      picture.spoil(GONE);
      sound.spoil(GONE);
    } else {
      assertThat(runs.accept(sound, new Piece.End(part(3)))).isTrue();
    }
    runs.ended(broke);
    assertThat(missing()).containsExactly("2 of 12");
  }

  @Test
  void soundThatIsAheadAtTheEndOfARunIsThere() {
    whole(picture, 0);
    whole(sound, 0);
    whole(sound, 1);
    runs.ended(false);
    assertThat(missing()).isEmpty();
  }

  @ParameterizedTest(name = "after {0} pieces")
  @CsvSource({
    "0, iabcde",
    "1, iabcde",
    "2, iabcde",
    "3, icde",
    "4, icde",
    "5, icde",
    "6, icde",
    "7, icde",
    "8, e",
    "9, e",
    "10, e",
    "11, e",
    "12, ''",
    "13, ''"
  })
  void behindARunThatBreaksGoesInWhatHadNotBegunToWithItsInitializationSection(
      int pieces, String expected) {
    List<Piece> all =
        Stream.concat(
                Stream.of(0, 1)
                    .flatMap(
                        i ->
                            Stream.of(
                                new Piece.Begin(part(i)),
                                new Piece.Init(ByteString.fromString("i")),
                                data("ac".charAt(i)),
                                data("bd".charAt(i)),
                                new Piece.End(part(i)))),
                Stream.of(new Piece.Begin(part(2)), data('e'), new Piece.End(part(2))))
            .toList();
    acceptAll(all.subList(0, pieces));
    picture.spoil(GONE);
    runs.ended(true);
    picture.newRun();
    fed.setLength(0);
    acceptAll(all.subList(pieces, all.size()));
    assertThat(fed).hasToString(expected);
  }

  private static Piece data(char content) {
    return new Piece.Data(ByteString.fromString(String.valueOf(content)));
  }

  private void acceptAll(List<Piece> pieces) {
    assertThat(pieces).allMatch(piece -> runs.accept(picture, piece));
  }
}
