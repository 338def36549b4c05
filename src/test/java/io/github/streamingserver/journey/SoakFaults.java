package io.github.streamingserver.journey;

import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.Origin;
import io.github.streamingserver.testkit.Origin.Fault;
import io.github.streamingserver.testkit.Request;
import io.github.streamingserver.testkit.SoakChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Has a share of all requests fail, each in one of the ways that there are. Thread-safe. */
final class SoakFaults implements Function<Request, Fault> {
  private static final double SHARE = 0.02;
  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final String LOOP = "loop";

  private enum Way {
    INTERNAL_ERROR,
    UNAVAILABLE_RETRY_AFTER,
    RESET_BEFORE_STATUS,
    RESET_IN_BODY,
    SHORT_BODY,
    STALL_IN_BODY,
    SILENCE,
    NOT_FOUND_FOR_A_MOMENT,
    REDIRECT_LOOP,
    GARBAGE,
    WEB_PAGE
  }

  private final Random random;
  private final InstantSource time;
  private final List<SoakChannel> channels;
  private final Map<String, Instant> gone = new ConcurrentHashMap<>();
  private final Map<Way, Integer> done = new TreeMap<>();
  private volatile boolean begun;

  SoakFaults(Origin origin, List<SoakChannel> channels, Random random, InstantSource time) {
    this.channels = channels;
    this.random = random;
    this.time = time;
    origin.route(LOOP, _ -> Answer.redirect(302, "/" + LOOP));
    origin.misbehave(this);
  }

  /** From now on requests fail. */
  void begin() {
    begun = true;
  }

  /** From now on all is well. */
  void end() {
    begun = false;
  }

  /** How often each way was gone. */
  synchronized Map<String, Integer> done() {
    Map<String, Integer> named = new TreeMap<>();
    done.forEach((way, count) -> named.put(way.name().toLowerCase(Locale.ROOT), count));
    return named;
  }

  @Override
  public Fault apply(Request request) {
    Fault fault = begun && !request.path().equals("/" + LOOP) ? fault(request) : new Fault.None();
    channels.stream()
        .filter(channel -> channel.has(request))
        .forEach(channel -> channel.asked(request, fault));
    return fault;
  }

  private synchronized Fault fault(Request request) {
    String address = request.path() + "?" + request.query();
    Instant until = gone.getOrDefault(address, Instant.MIN);
    if (time.instant().isBefore(until)) {
      return new Fault.Status(404, Map.of());
    }
    gone.remove(address);
    if (random.nextDouble() >= SHARE) {
      return new Fault.None();
    }
    Way way = Way.values()[random.nextInt(Way.values().length)];
    done.merge(way, 1, Integer::sum);
    return switch (way) {
      case INTERNAL_ERROR -> new Fault.Status(500, Map.of());
      case UNAVAILABLE_RETRY_AFTER -> new Fault.Status(503, Map.of("Retry-After", "1"));
      case RESET_BEFORE_STATUS -> new Fault.Reset();
      case RESET_IN_BODY -> new Fault.ResetAfter(random.nextInt(20_000));
      case SHORT_BODY -> new Fault.CutAfter(random.nextInt(2_000));
      case STALL_IN_BODY -> new Fault.StallAfter(random.nextInt(2_000));
      case SILENCE -> new Fault.Silence();
      case NOT_FOUND_FOR_A_MOMENT -> {
        gone.put(address, time.instant().plus(MOMENT));
        yield new Fault.Status(404, Map.of());
      }
      case REDIRECT_LOOP -> new Fault.Instead(Answer.redirect(302, "/" + LOOP));
      case GARBAGE -> new Fault.Instead(garbage(request));
      case WEB_PAGE -> new Fault.Page();
    };
  }

  private Answer garbage(Request request) {
    byte[] bytes = new byte[20_000];
    random.nextBytes(bytes);
    return Answer.bytes(request.path(), bytes);
  }
}
