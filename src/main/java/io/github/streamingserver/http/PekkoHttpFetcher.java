package io.github.streamingserver.http;

import io.github.streamingserver.config.HttpSettings;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Sink;

/** The {@link HttpFetcher} on Pekko HTTP's connection pools, with the JDK's trust store. */
public final class PekkoHttpFetcher implements HttpFetcher {
  /** Up to here reading a redirect's content costs less than a new connection. */
  private static final long WORTH_READING = 65_536;

  private final ActorSystem<?> system;
  private final HttpSettings settings;
  private final HttpWire wire;
  private final HttpReplies replies;

  PekkoHttpFetcher(ActorSystem<?> system, HttpSettings settings, SSLContext trust) {
    this(system, settings, trust, OriginGuard.of(settings));
  }

  PekkoHttpFetcher(
      ActorSystem<?> system, HttpSettings settings, SSLContext trust, OriginGuard guard) {
    this.system = system;
    this.settings = settings;
    this.wire = new HttpWire(system, settings, trust, guard);
    this.replies = new HttpReplies(settings);
  }

  /** A fetcher whose connections end with {@code system}. */
  public static PekkoHttpFetcher create(ActorSystem<?> system, HttpSettings settings) {
    try {
      return new PekkoHttpFetcher(system, settings, SSLContext.getDefault());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no TLS", e);
    }
  }

  @Override
  public CompletionStage<HttpReply> fetch(HttpFetch request, HttpSession session) {
    return get(request, session, request.url(), 0);
  }

  private CompletionStage<HttpReply> get(
      HttpFetch request, HttpSession session, URI url, int redirects) {
    return wire.get(url, RequestHeaders.of(request, session, settings.userAgent(), url), session)
        .thenCompose(response -> answered(request, session, url, redirects, response))
        .exceptionallyCompose(error -> CompletableFuture.failedFuture(HttpFailures.of(error, url)));
  }

  private CompletionStage<HttpReply> answered(
      HttpFetch request, HttpSession session, URI url, int redirects, HttpResponse response) {
    HttpHeaders headers = HttpReplies.headers(response);
    session.cookies().store(url, headers.all("Set-Cookie"));
    Optional<String> location = Redirects.location(response.status().intValue(), headers);
    if (location.isEmpty()) {
      try {
        return CompletableFuture.completedFuture(replies.reply(response, url));
      } catch (RuntimeException e) {
        finish(response, url, OptionalLong.empty());
        throw e;
      }
    }
    finish(response, url, response.entity().getContentLengthOption());
    URI next = Redirects.target(request, url, location.get(), redirects, settings.maxRedirects());
    return get(request, session, next, redirects + 1);
  }

  private void finish(HttpResponse response, URI url, OptionalLong length) {
    if (length.isPresent() && length.getAsLong() <= WORTH_READING) {
      replies.raw(response, url).runWith(Sink.ignore(), system);
    } else {
      replies.raw(response, url).runWith(Sink.cancelled(), system);
    }
  }
}
