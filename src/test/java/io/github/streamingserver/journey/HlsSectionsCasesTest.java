package io.github.streamingserver.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.Facts;
import io.github.streamingserver.testkit.Frames;
import io.github.streamingserver.testkit.Journey;
import io.github.streamingserver.testkit.ListedSegment;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Media.Part;
import io.github.streamingserver.testkit.Recording;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a recording begins a new file: at another picture, and where filler begins and ends. */
class HlsSectionsCasesTest {
  private static final JsonObject SHOW_ADS = JsonObject.of("show_ads", true);
  private static final String FILLER = "clip/5e_plutotv_filler_/720p";

  private static final Part BEFORE = new Part(Media.hls(), 0, 3);
  private static final Part AFTER = new Part(Media.hls(), 3, 7);

  /** Of the programme's size and codec: nothing but the address tells what it is. */
  private static final Part BREAK = new Part(Media.wrappingTimestamps(), 7, 10);

  @RegisterExtension private final Journey journey = new Journey(Settings.FAST);

  @Test
  void aChangeOfSizeAndBack() throws Exception {
    Media.changingSize();
    Recording recording = journey.record("sizes/index.m3u8").assertComplete();
    recording.assertHolds(Media.sizes().stream().map(Part::joined).toArray(Path[]::new));
    for (int i = 0; i < 4; i++) {
      assertThat(Facts.of(recording.section(i)).height()).isEqualTo(i % 2 == 0 ? 180 : 90);
      Facts.assertTimesRise(recording.section(i), "v:0", 0.1);
    }
  }

  @Test
  void aChangeOfSizeWithoutADiscontinuityTag() throws Exception {
    List<ListedSegment> segments = ListedSegment.in(Media.changingSize());
    String playlist = ListedSegment.vod(segments.stream().map(ListedSegment::withoutTags).toList());
    journey
        .recordPlaylist("sizes/untold.m3u8", playlist)
        .assertComplete()
        .assertHolds(Media.sizes().stream().map(Part::joined).toArray(Path[]::new));
  }

  @Test
  void sectionsAreToldWithTheirFirstSegment() throws Exception {
    Media.changingSize();
    Recording recording = journey.record("sizes/index.m3u8");
    assertThat(recording.starts())
        .extracting(start -> start.number("segment_index").orElse(-1.0))
        .hasSize(4)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  /** A programme with a break in it, whose segments are at {@code filler} on another host. */
  private String interrupted(String filler) {
    journey.origin().mount(filler, BREAK.hls());
    List<ListedSegment> segments = new ArrayList<>(programme(BEFORE));
    segments.addAll(filler(filler));
    segments.addAll(ListedSegment.discontinuous(programme(AFTER)));
    return ListedSegment.vod(segments);
  }

  private List<ListedSegment> programme(Part part) {
    return part.listed(journey.origin().url("hls/"));
  }

  private List<ListedSegment> filler(String path) {
    return ListedSegment.discontinuous(BREAK.listed(journey.origin().urlOnOtherHost(path + "/")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clip/1_plutotv_error_/720p",
        FILLER,
        "clip/The_Space_Station_1/720p",
        "clip/2_Movies_Promo/720p",
        "clip/3_ad_bumper_/720p",
        "clip/4_Well_be_right_back/720p",
        "clip/5_ad/creative/6/720p",
        "creative/7_8_ad/720p",
        "dai.google.com/linear/9",
        "clip/Pluto_TV_OandO/10_Bumper/720p"
      })
  void fillerIsLeftOutAndNotCountedAsLost(String filler) throws Exception {
    Recording recording = journey.recordPlaylist("break/index.m3u8", interrupted(filler));
    recording.assertComplete().assertHoldsParts(BEFORE, AFTER);
    assertThat(journey.origin().requests())
        .noneMatch(request -> request.path().startsWith("/" + filler));
  }

  @Test
  void fillerIsASectionWhereItIsWanted() throws Exception {
    journey.origin().serve("break/index.m3u8", interrupted(FILLER));
    journey
        .record("break/index.m3u8", SHOW_ADS)
        .assertComplete()
        .assertHolds(BEFORE.joined(), BREAK.joined(), AFTER.joined());
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip/Promotion/bumpers", "ad/1/creatives", "Bumper_stickers/google.dai"})
  void aProgrammeWithSuchWordsIsNoFiller(String path) throws Exception {
    journey
        .recordPlaylist("break/index.m3u8", interrupted(path))
        .assertComplete()
        .assertHolds(Media.joined(List.of(BEFORE, BREAK, AFTER)));
  }

  @Test
  void aRecordingThatBeginsWithFillerBeginsWithTheProgramme() throws Exception {
    journey.origin().mount(FILLER, BREAK.hls());
    List<ListedSegment> segments = new ArrayList<>(filler(FILLER));
    segments.addAll(ListedSegment.discontinuous(programme(BEFORE)));
    journey
        .recordPlaylist("break/index.m3u8", ListedSegment.vod(segments))
        .assertComplete()
        .assertHolds(BEFORE.joined());
  }

  @Test
  void wantedFillerThatFailsIsLost() throws Exception {
    journey.origin().serve("break/index.m3u8", interrupted(FILLER));
    journey.origin().route(FILLER + "/s8.ts", _ -> Answer.status(404));
    Path left = Media.joined(List.of(new Part(BREAK.hls(), 7, 8), new Part(BREAK.hls(), 9, 10)));
    journey
        .record("break/index.m3u8", SHOW_ADS)
        .assertEnded("complete", 1)
        .assertHolds(BEFORE.joined(), left, AFTER.joined());
  }

  /** Two segments of another size: however it is told, all of it is recorded, in order. */
  @Test
  void aShortSectionIsNotLost() throws Exception {
    Part brief = new Part(Media.variants().resolve("low"), 0, 2);
    List<ListedSegment> segments = new ArrayList<>(programme(BEFORE));
    segments.addAll(
        ListedSegment.discontinuous(brief.listed(journey.origin().url("variants/low/"))));
    segments.addAll(ListedSegment.discontinuous(programme(AFTER)));
    Recording recording =
        journey.recordPlaylist("brief/index.m3u8", ListedSegment.vod(segments)).assertComplete();
    for (String stream : List.of("v:0", "a:0")) {
      Frames.assertSame(
          stream,
          recording.folder(),
          recording.files().stream().flatMap(it -> Frames.packets(it, stream).stream()).toList(),
          Stream.of(BEFORE, brief, AFTER)
              .flatMap(it -> Frames.packets(it.joined(), stream).stream())
              .toList());
    }
    assertThat(recording.starts())
        .extracting(start -> start.text("rec_file").orElse(""))
        .doesNotHaveDuplicates()
        .isSorted()
        .contains(recording.section(0).toString());
  }
}
