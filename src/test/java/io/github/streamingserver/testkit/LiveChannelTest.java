package io.github.streamingserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveChannelTest {
  private static final String MAP = "#EXT-X-MAP:URI=\"init.mp4\"";
  private static final String KEY = "#EXT-X-KEY:METHOD=AES-128,URI=\"k\"";
  private static final Request LOAD = new Request("GET", "/live.m3u8", "", Map.of());

  private final LiveChannel channel = new LiveChannel(3, 2);

  private static List<ListedSegment> segments(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new ListedSegment(List.of(), 2, name + i))
        .toList();
  }

  private static List<String> load(LiveChannel channel) throws Exception {
    Answer answer = channel.apply(LOAD);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    answer.content().copy(0, answer.content().size(), text);
    return text.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** Sequence, discontinuity sequence, then all after them but durations. */
  private List<String> load() throws Exception {
    List<String> lines = load(channel);
    assertThat(lines.subList(0, 3))
        .containsExactly("#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-TARGETDURATION:2");
    return lines.stream()
        .skip(3)
        .filter(line -> !line.startsWith("#EXTINF:2.0"))
        .map(line -> line.replaceFirst("#EXT-X-(MEDIA|DISCONTINUITY)-SEQUENCE:", ""))
        .toList();
  }

  @Test
  void slidesItsWindowWhereToldAndStandsStillOtherwise() throws Exception {
    channel.add(segments("a", 5)).advance(2);
    assertThat(load()).containsExactly("0", "0", "a0", "a1");
    assertThat(load()).containsExactly("0", "0", "a0", "a1");
    channel.advance(2);
    assertThat(load()).containsExactly("1", "0", "a1", "a2", "a3");
    channel.advance(9).end();
    assertThat(load()).containsExactly("2", "0", "a2", "a3", "a4", "#EXT-X-ENDLIST");
  }

  @Test
  void slidesAfterEachLoadUntilTheLastSegment() throws Exception {
    channel.add(segments("a", 4)).advance(3).advanceAfterEachLoad(1).endAtLast();
    assertThat(load()).containsExactly("0", "0", "a0", "a1", "a2");
    assertThat(load()).containsExactly("1", "0", "a1", "a2", "a3", "#EXT-X-ENDLIST");
  }

  @Test
  void standsStillForSomeLoads() throws Exception {
    channel.add(segments("a", 3)).advance(1).advanceAfterEachLoad(1).standStill(2);
    assertThat(load()).containsExactly("0", "0", "a0");
    assertThat(load()).containsExactly("0", "0", "a0");
    assertThat(load()).containsExactly("0", "0", "a0");
    assertThat(load()).containsExactly("0", "0", "a0", "a1");
  }

  @Test
  void doesWhatIsSaidAfterOneLoadEach() throws Exception {
    channel.add(segments("a", 9)).advance(1);
    channel.afterLoad(it -> it.jump(1)).afterLoad(it -> it.advance(1).end());
    assertThat(load()).containsExactly("0", "0", "a0");
    assertThat(load()).containsExactly("2", "0", "a2", "a3", "a4");
    assertThat(load()).containsExactly("3", "0", "a3", "a4", "a5", "#EXT-X-ENDLIST");
  }

  @Test
  void anEventLosesNothing() throws Exception {
    LiveChannel event = new LiveChannel(LiveChannel.EVENT, 2).add(segments("a", 9)).advance(9);
    assertThat(load(event)).contains("#EXT-X-PLAYLIST-TYPE:EVENT", "a0", "a8");
  }

  @Test
  void slidesAsTimeGoes() throws Exception {
    Instant[] now = {Instant.EPOCH};
    channel.add(segments("a", 9)).advance(1).advanceInTime(() -> now[0]);
    now[0] = now[0].plusMillis(1999);
    assertThat(load()).containsExactly("0", "0", "a0");
    now[0] = now[0].plusMillis(1);
    assertThat(load()).containsExactly("0", "0", "a0", "a1");
    now[0] = now[0].plusMillis(5999);
    assertThat(load()).containsExactly("1", "0", "a1", "a2", "a3");
    now[0] = now[0].plusMillis(1);
    assertThat(load()).containsExactly("2", "0", "a2", "a3", "a4");
  }

  @Test
  void countsDiscontinuitiesThatLeft() throws Exception {
    channel.add(segments("a", 1)).add(ListedSegment.discontinuous(segments("b", 4))).advance(3);
    assertThat(load()).containsExactly("0", "0", "a0", ListedSegment.DISCONTINUITY, "b0", "b1");
    channel.advance(2);
    assertThat(load()).containsExactly("2", "1", "b1", "b2", "b3");
  }

  @Test
  void keysAndInitializationSectionsHoldOn() throws Exception {
    List<ListedSegment> first = segments("a", 4);
    channel.add(List.of(first.getFirst().with(MAP).with(KEY))).add(first.subList(1, 4)).advance(3);
    assertThat(load()).containsExactly("0", "0", KEY, MAP, "a0", "a1", "a2");
    channel.advance(1);
    assertThat(load()).containsExactly("1", "0", KEY, MAP, "a1", "a2", "a3");
    channel.add(List.of(new ListedSegment(List.of(KEY + "2"), 2, "b0"))).add(segments("c", 3));
    channel.jump(1);
    assertThat(load()).containsExactly("5", "0", MAP, KEY + "2", "c0", "c1", "c2");
  }

  @Test
  void jumpsAndRestarts() throws Exception {
    channel.add(segments("a", 20)).advance(3).jump(4);
    assertThat(load()).containsExactly("7", "0", "a7", "a8", "a9");
    channel.end().restart(2);
    assertThat(load()).containsExactly("2", "0", "a10", "a11", "a12");
    assertThat(channel.coming()).isEqualTo(7);
  }
}
