package io.github.streamingserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.testkit.Media.Part;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlutoChannelTest {
  private static final PlutoChannel.Plan PLAN = new PlutoChannel.Plan(1, 5, 3, 2, 1);

  private final Origin origin = new Origin(Media.root());
  private final Media.Clips clips = PlutoChannel.clips(PLAN);
  private Instant now = Instant.EPOCH;
  private final PlutoChannel channel = new PlutoChannel(origin, PLAN, clips, () -> now);

  @AfterEach
  void close() {
    origin.close();
  }

  private List<String> load(String path) throws Exception {
    try (InputStream in = origin.url(path).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private List<String> load() throws Exception {
    return load("pluto/" + load(PlutoChannel.MASTER).getLast());
  }

  /** One load a target duration is enough to see all, whenever the first one is. */
  @Test
  void everySegmentIsSeenByWhoLoadsOnceATargetDuration() throws Exception {
    Set<String> seen = new LinkedHashSet<>();
    now = now.plusMillis(700);
    for (int i = 0; i < 18; i++) {
      load().stream().filter(line -> !line.startsWith("#")).forEach(seen::add);
      now = now.plusMillis(1000);
    }
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      String programme = "pluto/programme" + i + "/720p/s";
      for (int segment = i * 5; segment < i * 5 + 5; segment++) {
        expected.add(origin.url(programme + segment + ".ts").toString());
      }
      for (int segment = 0; segment < 3; segment++) {
        String creative = "stitch/" + i + "_ad/creative/360p/s" + segment + ".ts";
        expected.add(origin.urlOnOtherHost(creative).toString());
      }
    }
    assertThat(seen).containsExactlyElementsOf(expected);
    assertThat(channel.lasts()).hasSeconds(16);
  }

  @Test
  void breaksRestartTheSequenceAndProgrammesEnd() throws Exception {
    assertThat(load())
        .contains("#EXT-X-MEDIA-SEQUENCE:1000")
        .doesNotContain("#EXT-X-DISCONTINUITY");
    now = Instant.EPOCH.plusSeconds(4);
    assertThat(load()).contains("#EXT-X-MEDIA-SEQUENCE:1000").hasSize(15);
    now = Instant.EPOCH.plusSeconds(5);
    assertThat(load())
        .contains("#EXT-X-MEDIA-SEQUENCE:0", "#EXT-X-DISCONTINUITY", "#EXT-X-ENDLIST");
    now = Instant.EPOCH.plusSeconds(8);
    assertThat(load()).contains("#EXT-X-MEDIA-SEQUENCE:1005").doesNotContain("#EXT-X-ENDLIST");
    assertThat(load("pluto/0.m3u8")).contains("#EXT-X-MEDIA-SEQUENCE:0", "#EXT-X-ENDLIST");
  }

  @Test
  void aReportFindsWhatIsNotAsItWasBroadcast() {
    List<Part> parts = channel.parts();
    Part late = new Part(clips.programme(), 1, 5);
    List<Path> good = new ArrayList<>(parts.stream().map(Part::joined).toList());
    good.set(0, late.joined());
    PlutoReport report = new PlutoReport(good, parts, PlutoChannel.LEAD);
    assertThat(report.faults()).isEmpty();
    assertThat(report.lines()).hasSize(1 + 4 + 2).anyMatch(line -> line.contains("480x270"));

    List<Path> swapped = List.of(good.get(0), good.get(3), good.get(2), good.get(1));
    assertThat(new PlutoReport(swapped, parts, PlutoChannel.LEAD).faults()).isEmpty();
    List<Path> other = List.of(good.get(0), good.get(2), good.get(1), good.get(3));
    assertThat(new PlutoReport(other, parts, PlutoChannel.LEAD).faults())
        .anyMatch(fault -> fault.startsWith("pictures: number 100"));
    assertThat(new PlutoReport(good.subList(0, 2), parts, PlutoChannel.LEAD).faults())
        .anyMatch(fault -> fault.startsWith("sounds: not all"));
    Path torn = Media.joined(List.of(parts.get(2), parts.get(0)));
    assertThat(new PlutoReport(List.of(torn), parts, PlutoChannel.LEAD).faults())
        .anyMatch(fault -> fault.startsWith("v:0"));
  }
}
