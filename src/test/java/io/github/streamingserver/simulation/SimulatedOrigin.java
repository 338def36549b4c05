package io.github.streamingserver.simulation;

import io.github.streamingserver.http.HttpFailures;
import io.github.streamingserver.http.HttpFetch;
import io.github.streamingserver.http.HttpFetcher;
import io.github.streamingserver.http.HttpHeaders;
import io.github.streamingserver.http.HttpReply;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.mpegts.MarkedSegments;
import io.github.streamingserver.simulation.Incident.Damage;
import io.github.streamingserver.simulation.Scenario.Channel;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Serves a {@link Broadcast} without a socket, as badly as it is told to. */
final class SimulatedOrigin implements HttpFetcher {
  /** The page that a recording is asked for by. */
  static final URI PAGE = URI.create("http://origin.test/channel");

  private static final Pattern MEDIA = Pattern.compile(".*/ch/(\\d+)/media\\.m3u8");
  private static final String MASTER = "http://origin.test/ch/master.m3u8";
  private static final String TOKEN = "?token=";
  private static final int TICKS = 90;
  private static final int THOUSAND = 1000;
  private static final int TRIES_CUT = 2;
  private static final String GARBAGE = "<p>Please come back later.</p>".repeat(40);

  /** As reference.conf has http.idle-timeout. */
  private static final Duration IDLE = Duration.ofSeconds(15);

  /** Something that is so until then. */
  private record Trouble(Incident.Lasting what, Instant until) {}

  /** What is sent; cut off after so many bytes where not all comes. */
  private record Content(ByteString bytes, int sent, boolean named) {
    static Content whole(ByteString bytes) {
      return new Content(bytes, bytes.size(), true);
    }
  }

  private final Broadcast broadcast;
  private final Channel channel;
  private final InstantSource time;
  private final Random random;
  private final BiConsumer<Duration, Runnable> later;
  private final MarkedSegments programme = new MarkedSegments(1280, 720);
  private final MarkedSegments advertisement = new MarkedSegments(640, 368);
  private final List<Trouble> troubles = new ArrayList<>();
  private final List<Instant> tokens = new ArrayList<>();

  /**
   * @param later does something after a while
   */
  SimulatedOrigin(
      Broadcast broadcast,
      Channel channel,
      InstantSource time,
      Random random,
      BiConsumer<Duration, Runnable> later) {
    this.broadcast = broadcast;
    this.channel = channel;
    this.time = time;
    this.random = random;
    this.later = later;
  }

  /** An address of the channel that is good for as long as a token is. */
  URI enter() {
    tokens.add(time.instant());
    return URI.create(MASTER + TOKEN + (tokens.size() - 1));
  }

  /** From now on, for as long as it lasts. */
  void happens(Incident.Lasting incident) {
    troubles.add(new Trouble(incident, time.instant().plus(incident.lasts())));
  }

  @Override
  public CompletionStage<HttpReply> fetch(HttpFetch request, HttpSession session) {
    broadcast.advance(time.instant());
    CompletableFuture<HttpReply> answer = new CompletableFuture<>();
    URI url = request.url();
    if (is(Incident.Outage.class).isPresent()) {
      later.accept(Duration.ofMillis(1), () -> answer.completeExceptionally(noConnection(url)));
    } else if (is(Incident.Stall.class).isPresent()) {
      later.accept(
          IDLE,
          () -> answer.completeExceptionally(HttpFailures.of(new TimeoutException("idle"), url)));
    } else {
      later.accept(latency(), () -> answer(url, answer));
    }
    return answer;
  }

  private <T extends Incident> Optional<T> is(Class<T> kind) {
    Instant now = time.instant();
    troubles.removeIf(trouble -> !now.isBefore(trouble.until()));
    return troubles.stream().map(Trouble::what).filter(kind::isInstance).map(kind::cast).findAny();
  }

  private Duration latency() {
    return is(Incident.SlowOrigin.class)
        .map(Incident.SlowOrigin::latency)
        .orElse(channel.latency());
  }

  private void answer(URI url, CompletableFuture<HttpReply> answer) {
    broadcast.advance(time.instant());
    Optional<Incident.Errors> errors = is(Incident.Errors.class);
    int luck = random.nextInt(THOUSAND);
    boolean fails = luck < channel.flaky();
    int way = fails ? luck % 4 : -1;
    if (errors.isPresent() || way == 0) {
      answer.complete(
          reply(
              url,
              errors.map(Incident.Errors::status).orElse(503),
              Content.whole(ByteString.emptyByteString())));
      return;
    }
    if (way == 1) {
      answer.completeExceptionally(noConnection(url));
      return;
    }
    boolean resets = way > 1 || is(Incident.Resets.class).isPresent();
    answer.complete(
        content(url)
            .map(content -> reply(url, 200, resets ? cut(content, way != 2) : content))
            .orElseGet(() -> reply(url, status(url), Content.whole(ByteString.emptyByteString()))));
  }

  private Content cut(Content content, boolean named) {
    return new Content(
        content.bytes(), Math.min(content.sent(), content.bytes().size() / 2), named);
  }

  private int status(URI url) {
    return isGood(url) ? 404 : 403;
  }

  private boolean isGood(URI url) {
    if (channel.token().isEmpty() || url.getQuery() == null) {
      return true;
    }
    int token = Integer.parseInt(url.getQuery().replaceFirst(".*=", ""));
    return time.instant().isBefore(tokens.get(token).plus(channel.token().get()));
  }

  private Optional<Content> content(URI url) {
    if (!isGood(url)) {
      return Optional.empty();
    }
    String query = url.getQuery() == null ? "" : "?" + url.getQuery();
    String address = url.toString().replace(query, "");
    Matcher media = MEDIA.matcher(address);
    if (media.matches()) {
      return Optional.of(text(broadcast.playlist(Integer.parseInt(media.group(1)), query)));
    }
    return address.equals(MASTER)
        ? Optional.of(text(master(query)))
        : broadcast.at(address).filter(this::isThere).map(this::segment);
  }

  private String master(String query) {
    return "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=800000,RESOLUTION=1280x720\n%d/media.m3u8%s\n"
        .formatted(broadcast.programme(), query);
  }

  private static Content text(String text) {
    return Content.whole(ByteString.fromString(text));
  }

  /** Segments are kept for some time after they have left the playlist. */
  private boolean isThere(Segment segment) {
    Duration kept = channel.segment().multipliedBy(2L * channel.window());
    boolean gone =
        segment.left.isBefore(Instant.MAX) && segment.left.plus(kept).isBefore(time.instant());
    return !gone
        && !segment.listed.equals(Instant.MAX)
        && segment.damage.filter(damage -> damage == Damage.MISSING).isEmpty();
  }

  private Content segment(Segment segment) {
    if (segment.damage.filter(damage -> damage == Damage.GARBAGE).isPresent()) {
      return text(GARBAGE);
    }
    MarkedSegments maker = segment.ad ? advertisement : programme;
    long start = segment.begin.toEpochMilli() * TICKS;
    Content whole =
        Content.whole(
            ByteString.fromArrayUnsafe(
                maker.segment(segment.number, start, segment.length.toMillis() * TICKS)));
    segment.tries++;
    boolean truncated =
        segment.damage.filter(damage -> damage == Damage.TRUNCATED).isPresent()
            && segment.tries <= TRIES_CUT;
    return truncated ? cut(whole, segment.tries % 2 == 0) : whole;
  }

  private static HttpReply reply(URI url, int status, Content content) {
    boolean whole = content.sent() == content.bytes().size();
    Source<ByteString, NotUsed> body = Source.single(content.bytes().take(content.sent()));
    Map<String, List<String>> headers =
        content.named()
            ? Map.of("Content-Length", List.of(String.valueOf(content.bytes().size())))
            : Map.of();
    return new HttpReply(
        url,
        status,
        new HttpHeaders(headers),
        whole ? body : body.concatLazy(Source.failed(noConnection(url))));
  }

  private static Throwable noConnection(URI url) {
    return HttpFailures.of(new ConnectException("down"), url);
  }
}
