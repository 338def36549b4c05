package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.hls.MediaPlaylist;
import io.github.streamingserver.hls.PlaylistParser;
import io.github.streamingserver.http.HttpFailures;
import io.github.streamingserver.http.RetryPolicy;
import io.github.streamingserver.model.DrmScheme;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.ReloadRules.Decision;
import io.github.streamingserver.recorder.ReloadRules.Step;
import io.github.streamingserver.recorder.ReloadRules.Way;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows a load, as a story of loads; times are seconds, target durations 6. */
class ReloadRulesTest {
  private static final Instant BEGIN = Instant.parse("2026-11-24T20:00:00Z");
  private static final URI URL = URI.create("http://host/a.m3u8");

  /**
   * A story is {@code second:event} words. Events are {@code new}, {@code same} (nothing new),
   * {@code slow} (new, and took 2 s), {@code end} and {@code endsame} (ENDLIST, with or without
   * something new), {@code event} and {@code vod} (ENDLIST of those types), {@code drm}, or the
   * status of a failed load. The last step is compared.
   */
  @ParameterizedTest(name = "{0} {1}: {2} after {3} ms")
  @CsvSource({
    // RFC 8216 §6.3.4, counted from the begin of the load
    "live, 0:new, SAME, 6000",
    "live, 0:new 6:same, SAME, 3000",
    "live, 0:same, SAME, 3000",
    "live, 0:slow, SAME, 4000",
    "live, 0:new 6:same 9:new, SAME, 6000",
    // ENDLIST
    "vod, 0:vod, complete, 0",
    "vod, 0:end, complete, 0",
    "live, 0:new 6:event, complete, 0",
    "live, 0:new 6:end, REOPENED, 0",
    "live, 0:new 6:end 7:endsame, REOPENED, 3000",
    "live, 0:new 6:end 25:endsame, REOPENED, 3000",
    "live, 0:new 6:end 26:endsame, complete, 0",
    "live, 0:new 6:end 25:end 26:endsame, REOPENED, 3000",
    "live, 0:new 6:end 25:end 45:endsame, complete, 0",
    "live, 0:new 6:end 20:new 30:end 31:endsame, REOPENED, 3000",
    "live, 0:new 6:end 20:404, REOPENED, 500",
    "live, 0:new 6:end 26:404, complete, 0",
    "live, 0:new 6:end 26:503, REOPENED, 500",
    "live, 0:new 6:end 305:503, REOPENED, 500",
    "live, 0:new 6:end 306:503, complete, 0",
    "scheduled, 0:new 6:end 26:404, REOPENED, 500",
    // standing still
    "live, 0:new 17:same, SAME, 3000",
    "live, 0:new 18:same, REOPENED, 3000",
    "live, 0:new 18:same 21:same, SAME, 3000",
    "live, 0:new 18:same 35:same, SAME, 3000",
    "live, 0:new 18:same 36:same, REOPENED, 3000",
    "live, 0:new 18:same 20:new 36:same, SAME, 3000",
    "live, 0:new 299:same, REOPENED, 3000",
    "live, 0:new 300:same, TimedOut, 0",
    // refusals
    "live, 0:new 6:403, RENEWED, 0",
    "live, 0:new 6:410, RENEWED, 0",
    "live, 0:new 6:403 6:403, SAME, 1000",
    "live, 0:new 6:403 65:403, REOPENED, 1000",
    "live, 0:new 6:403 66:403, RENEWED, 0",
    "live, 0:new 6:403 66:403 126:403, Forbidden, 0",
    "live, 0:new 6:403 66:403 70:new 130:403, RENEWED, 0",
    "scheduled, 0:new 6:403 66:403 126:403, RENEWED, 0",
    "live, 0:403, RENEWED, 0",
    "live, 0:403 0:403, Forbidden, 0",
    // failures before and after the first load
    "live, 0:503, SAME, 500",
    "live, 0:503 1:503 2:503, SAME, 2000",
    "live, 0:404, Failed, 0",
    "live, 0:503 15:503, Failed, 0",
    "live, 0:new 6:404, SAME, 500",
    "live, 0:new 6:400, SAME, 500",
    "live, 0:new 6:404 7:404 8:404 9:404, SAME, 4000",
    "live, 0:new 6:404 7:new 8:404, SAME, 500",
    "live, 0:new 299:503, SAME, 500",
    "live, 0:new 300:503, Failed, 0",
    "live, 0:new 6:drm, DrmProtected, 0",
    "live, 0:drm, DrmProtected, 0",
    // patience with a variant
    "live, 0:new 6:404 12:404, SAME, 1000",
    "live, 0:new 6:404 13:404, REOPENED, 1000",
    "live, 0:new 6:404 14:404, REOPENED, 1000",
    "variants, 0:new 6:404 11:404 11:404, SAME, 2000",
    "variants, 0:new 6:404 13:404 13:404, FALLBACK, 1000",
    "variants, 0:new 6:404 13:404 14:404, FALLBACK, 2000",
    "variants, 0:new 6:404 13:404 14:404 16:404, FALLBACK, 4000",
    "variants, 0:new 6:404 13:404 14:new 15:404, SAME, 500",
  })
  void decides(String kind, String story, String step, long millis) {
    ReloadRules rules =
        new ReloadRules(
            !kind.equals("vod"),
            policy(15),
            policy(300),
            Duration.ofSeconds(20),
            Duration.ofMinutes(1),
            Duration.ofSeconds(8),
            kind.equals("scheduled"));
    Decision decision = new Decision(ReloadState.at(BEGIN), new Step.Complete());
    for (String word : story.split(" ", -1)) {
      String[] parts = word.split(":", 2);
      Instant now = BEGIN.plusSeconds(Long.parseLong(parts[0]));
      decision = next(rules, decision.state(), parts[1], kind.equals("variants"), now);
    }
    assertThat(shown(decision.step())).isEqualTo(step + " " + millis);
  }

  @Test
  void aLoadThatTookLongerThanTheTargetIsFollowedAtOnce() {
    ReloadRules rules =
        new ReloadRules(
            true, policy(15), policy(300), Duration.ZERO, Duration.ZERO, Duration.ZERO, false);
    Decision decision =
        rules.loaded(ReloadState.at(BEGIN), playlist(""), true, Duration.ofSeconds(9), BEGIN);
    assertThat(decision.step()).isEqualTo(new Step.Load(Duration.ZERO, Way.SAME));
  }

  private static Decision next(
      ReloadRules rules, ReloadState state, String event, boolean fallback, Instant now) {
    Duration took = event.equals("slow") ? Duration.ofSeconds(2) : Duration.ZERO;
    return switch (event) {
      case "new", "slow" -> rules.loaded(state, playlist(""), true, took, now);
      case "same" -> rules.loaded(state, playlist(""), false, took, now);
      case "end" -> rules.loaded(state, playlist("#EXT-X-ENDLIST"), true, took, now);
      case "endsame" -> rules.loaded(state, playlist("#EXT-X-ENDLIST"), false, took, now);
      case "vod", "event" ->
          rules.loaded(state, playlist("#EXT-X-ENDLIST", event), true, took, now);
      case "drm" ->
          rules.failed(
              state,
              new StreamException(new StreamFailure.DrmProtected(DrmScheme.WIDEVINE)),
              fallback,
              now);
      default ->
          rules.failed(state, HttpFailures.ofStatus(Integer.parseInt(event), URL), fallback, now);
    };
  }

  private static String shown(Step step) {
    return switch (step) {
      case Step.Load(var after, var way) -> way + " " + after.toMillis();
      case Step.Complete _ -> "complete 0";
      case Step.Fail(var cause) ->
          StreamException.failureOf(cause).getClass().getSimpleName() + " 0";
    };
  }

  private static MediaPlaylist playlist(String last, String... type) {
    String types =
        type.length == 0 ? "" : "#EXT-X-PLAYLIST-TYPE:" + type[0].toUpperCase(Locale.ROOT) + "\n";
    return (MediaPlaylist)
        PlaylistParser.parse(
            "#EXTM3U\n#EXT-X-TARGETDURATION:6\n"
                + types
                + "#EXTINF:6,\n1.ts\n#EXTINF:6,\n2.ts\n#EXTINF:6,\n3.ts\n"
                + last,
            URL,
            Map.of());
  }

  private static RetryPolicy policy(int budget) {
    return new RetryPolicy(
        Duration.ofSeconds(budget),
        Duration.ofMillis(500),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        1,
        Duration.ofSeconds(1),
        () -> -1L);
  }
}
