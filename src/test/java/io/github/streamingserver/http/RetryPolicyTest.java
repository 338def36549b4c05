package io.github.streamingserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.streamingserver.http.RetryPolicy.Decision;
import io.github.streamingserver.http.RetryPolicy.Failures;
import io.github.streamingserver.http.RetryPolicy.Outlook;
import io.github.streamingserver.model.DrmScheme;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RetryPolicyTest {
  private static final URI URL = URI.create("https://e.com/v.ts?token=secret");

  @ParameterizedTest
  @CsvSource({
    "200, PERMANENT", "304, PERMANENT", "400, PERMANENT", "401, PERMANENT", "403, PERMANENT",
    "404, MISSING", "405, PERMANENT", "408, TRANSIENT", "410, MISSING", "412, PERMANENT",
    "416, PERMANENT", "425, TRANSIENT", "429, TRANSIENT", "451, PERMANENT", "500, TRANSIENT",
    "501, PERMANENT", "502, TRANSIENT", "503, TRANSIENT", "504, TRANSIENT", "505, PERMANENT",
    "520, TRANSIENT",
  })
  void judgesStatus(int status, Outlook outlook) {
    assertThat(Outlook.of(HttpFailures.ofStatus(status, URL))).isEqualTo(outlook);
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpFailure.Transport.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PRIVATE_ORIGIN", "REDIRECT", "CODING", "NO_MEDIA", "TOO_LARGE"})
  void transportHeals(HttpFailure.Transport failure) {
    StreamException error = HttpException.carrying(failure, new StreamFailure.Failed("x"));
    assertThat(Outlook.of(error)).isEqualTo(Outlook.TRANSIENT);
    assertThat(Outlook.of(new CompletionException(error))).isEqualTo(Outlook.TRANSIENT);
  }

  static Stream<Arguments> others() {
    return Stream.of(
        Arguments.of(HttpFailures.redirect("to nowhere", URL), Outlook.MISSING),
        Arguments.of(HttpFailures.coding("zstd", URL), Outlook.MISSING),
        Arguments.of(HttpFailures.noMedia("junk", URL), Outlook.MISSING),
        Arguments.of(HttpFailures.tooLarge(1, URL), Outlook.PERMANENT),
        Arguments.of(expected(new StreamFailure.Failed("HTML for a video")), Outlook.PERMANENT),
        Arguments.of(expected(new StreamFailure.Forbidden("challenge")), Outlook.PERMANENT),
        Arguments.of(
            expected(new StreamFailure.DrmProtected(DrmScheme.WIDEVINE)), Outlook.PERMANENT),
        Arguments.of(expected(new StreamFailure.DiskFull("full")), Outlook.PERMANENT),
        Arguments.of(expected(new StreamFailure.TimedOut("no growth")), Outlook.TRANSIENT),
        Arguments.of(new IllegalStateException("a bug"), Outlook.PERMANENT));
  }

  @ParameterizedTest
  @MethodSource("others")
  void judgesAllElse(Throwable failure, Outlook outlook) {
    assertThat(Outlook.of(failure)).isEqualTo(outlook);
  }

  @ParameterizedTest(name = "failure {0} after {1} s, random {2}: {3} ms")
  @CsvSource({
    // doubled from 500 ms up to 10 s
    "1, 0, 1, 500",
    "2, 0, 1, 1000",
    "3, 0, 1, 2000",
    "5, 0, 1, 8000",
    "6, 0, 1, 10000",
    "1000000, 0, 1, 10000",
    // jitter takes off up to half
    "1, 0, 0, 250",
    "1, 0, 0.5, 375",
    "6, 0, 0, 5000",
    // the last try is at the budget's end
    "6, 52, 1, 8000",
    "6, 59, 1, 1000",
    "6, 60, 1, -1",
    "1, 3600, 1, -1",
  })
  void backsOff(int failures, int elapsed, double random, long delay) {
    Decision decision =
        policy(1, fixed(random))
            .next(
                HttpFailures.ofStatus(503, URL),
                Duration.ofSeconds(elapsed),
                new Failures(failures, 0));
    assertThat(decision)
        .isEqualTo(
            delay < 0 ? new Decision.GiveUp() : new Decision.Retry(Duration.ofMillis(delay)));
  }

  @ParameterizedTest(name = "Retry-After {0} s, {1} s gone: {2} ms")
  @CsvSource({"0, 0, 500", "5, 0, 5000", "30, 0, 20000", "18, 50, 10000", "86400, 0, 20000"})
  void respectsRetryAfterUpToItsCap(long seconds, int elapsed, long delay) {
    StreamException failure = HttpFailures.ofStatus(503, Duration.ofSeconds(seconds), URL);
    assertThat(
            policy(1, fixed(1))
                .next(failure, Duration.ofSeconds(elapsed), Failures.NONE.plus(failure)))
        .isEqualTo(new Decision.Retry(Duration.ofMillis(delay)));
  }

  @Test
  void missingIsBelievedAfterItsTries() {
    RetryPolicy policy = policy(3, fixed(1));
    Throwable missing = HttpFailures.ofStatus(404, URL);
    Throwable unavailable = HttpFailures.ofStatus(503, URL);
    Failures failures = Failures.NONE.plus(unavailable).plus(unavailable).plus(missing);
    Decision.Retry again = new Decision.Retry(Duration.ofMillis(2500));
    assertThat(policy.next(missing, Duration.ZERO, failures)).isEqualTo(again);
    assertThat(policy.next(missing, Duration.ZERO, failures.plus(missing))).isEqualTo(again);
    assertThat(policy.next(missing, Duration.ZERO, failures.plus(missing).plus(missing)))
        .isEqualTo(new Decision.GiveUp());
    assertThat(policy(1, fixed(1)).next(missing, Duration.ZERO, Failures.NONE.plus(missing)))
        .isEqualTo(new Decision.GiveUp());
  }

  @Test
  void permanentIsToldAtOnce() {
    Throwable refused = HttpFailures.ofStatus(403, URL);
    assertThat(policy(3, fixed(1)).next(refused, Duration.ZERO, Failures.NONE.plus(refused)))
        .isEqualTo(new Decision.GiveUp());
  }

  @Test
  void jitterStaysInItsHalf() {
    RetryPolicy policy = policy(1, new Random(7));
    Throwable failure = HttpFailures.ofStatus(500, URL);
    for (int i = 0; i < 1000; i++) {
      Decision decision = policy.next(failure, Duration.ZERO, new Failures(1, 0));
      assertThat(((Decision.Retry) decision).delay())
          .isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
    }
  }

  @ParameterizedTest(name = "{0} with Date {1}: {2} s")
  @CsvSource(
      delimiter = '|',
      value = {
        "120 | '' | 120",
        " 7 | '' | 7",
        "999999999999999999999 | '' | 86400",
        "Sun, 01 Mar 2026 12:01:00 GMT | '' | 60",
        "Sun, 01 Mar 2026 12:01:00 GMT | Sun, 01 Mar 2026 12:00:50 GMT | 10",
        "Sun, 01 Mar 2026 11:00:00 GMT | '' | 0",
        "Sun, 01 Mar 2099 11:00:00 GMT | '' | 86400",
        "-5 | '' | 0",
        "later | '' | 0",
        "'' | '' | 0",
      })
  void readsRetryAfter(String value, String date, long seconds) {
    HttpHeaders headers =
        new HttpHeaders(
            Map.of(
                "retry-after", List.of(value), "Date", date.isEmpty() ? List.of() : List.of(date)));
    assertThat(RetryAfter.of(headers, Instant.parse("2026-03-01T12:00:00Z")))
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void refusesSettingsThatCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy(0, fixed(1)))
        .withMessageContaining("missingTries");
  }

  private static RetryPolicy policy(int missingTries, RandomGenerator random) {
    return new RetryPolicy(
        Duration.ofSeconds(60),
        Duration.ofMillis(500),
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        missingTries,
        Duration.ofMillis(2500),
        random);
  }

  private static StreamException expected(StreamFailure failure) {
    return new StreamException(failure);
  }

  private static RandomGenerator fixed(double value) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new UnsupportedOperationException();
      }

      @Override
      public double nextDouble() {
        return value;
      }
    };
  }
}
