package io.github.streamingserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.http.RetryPolicy.Decision;
import io.github.streamingserver.http.RetryPolicy.Failures;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where every failure may heal. */
class RetryInsistenceTest {
  private static final URI URL = URI.create("http://host/live.m3u8");
  private static final RetryPolicy POLICY =
      new RetryPolicy(
          Duration.ofSeconds(60),
          Duration.ofMillis(500),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          3,
          Duration.ofMillis(2500),
          () -> -1L);

  @ParameterizedTest(name = "{0}, failure {1}, {2} s gone, asked for {3} s: {4} ms")
  @CsvSource({
    // no status is final, and none is missing for good
    "503, 1, 0, 0, 500",
    "404, 1, 0, 0, 500",
    "404, 3, 0, 0, 2000",
    "404, 50, 0, 0, 10000",
    "410, 3, 0, 0, 2000",
    "403, 2, 0, 0, 1000",
    "400, 2, 0, 0, 1000",
    "501, 2, 0, 0, 1000",
    // as long as the server asks for, within limits
    "503, 1, 0, 5, 5000",
    "503, 1, 0, 90, 20000",
    "403, 6, 0, 5, 10000",
    // the last try is at the end of the budget
    "404, 9, 55, 0, 5000",
    "503, 1, 50, 90, 10000",
    "404, 9, 60, 0, -1",
    "503, 1, 61, 0, -1",
  })
  void insists(int status, int failures, long gone, long asked, long millis) {
    Decision decision =
        POLICY.insist(
            HttpFailures.ofStatus(status, Duration.ofSeconds(asked), URL),
            Duration.ofSeconds(gone),
            new Failures(failures, failures));
    assertThat(decision)
        .isEqualTo(
            millis < 0 ? new Decision.GiveUp() : new Decision.Retry(Duration.ofMillis(millis)));
  }

  @ParameterizedTest
  @CsvSource({
    "401, true",
    "403, true",
    "410, true",
    "404, false",
    "451, false",
    "402, false",
    "500, false",
  })
  void knowsWhatARenewedSessionMayGet(int status, boolean refusal) {
    assertThat(HttpFailure.isRefusal(HttpFailures.ofStatus(status, URL))).isEqualTo(refusal);
    assertThat(HttpFailure.isRefusal(new IllegalStateException("a bug"))).isFalse();
  }
}
