package io.github.streamingserver.http;

import io.github.streamingserver.config.HttpSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.javadsl.ConnectionContext;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.HttpsConnectionContext;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.model.headers.RawRequestURI;
import org.apache.pekko.http.javadsl.settings.ConnectionPoolSettings;
import org.apache.pekko.stream.javadsl.Sink;

/** Sends single requests through Pekko's connection pools and waits a bounded time for headers. */
final class HttpWire {
  private final ActorSystem<?> system;
  private final Http http;
  private final HttpsConnectionContext tls;
  private final ConnectionPoolSettings pool;
  private final OriginGuard guard;
  private final ProxyPools proxies;
  private final LoggingAdapter log;
  private final Duration longestWait;

  HttpWire(ActorSystem<?> system, HttpSettings settings, SSLContext trust, OriginGuard guard) {
    this.system = system;
    this.http = Http.get(system);
    this.tls = ConnectionContext.httpsClient(trust);
    ConnectionPoolSettings plain = PoolSettings.of(settings, system.settings().config());
    this.guard = guard;
    // Pekko knows a pool by its settings: made once.
    this.pool = plain.withTransport(PacedTransport.of(guard.transport(), settings.readPause()));
    this.proxies = new ProxyPools(plain, settings.readPause());
    this.log = system.classicSystem().log();
    this.longestWait =
        settings.idleTimeout().compareTo(settings.connectTimeout()) > 0
            ? settings.idleTimeout()
            : settings.connectTimeout();
  }

  /**
   * The response to a GET, as soon as its headers are there, or a StreamException. A connection
   * that closes instead of answering is likely one of the pool's that the server gave up: one
   * repetition follows at once.
   */
  CompletionStage<HttpResponse> get(URI url, Map<String, String> headers, HttpSession session) {
    HttpRequest request = request(url, headers, session);
    if (session.proxy().isEmpty()) {
      return twice(url, request, pool);
    }
    HttpProxy proxy = session.proxy().get();
    return guard
        .beforeProxy(url)
        .thenCompose(_ -> twice(url, request, proxies.of(url, proxy)))
        .exceptionallyCompose(
            error -> CompletableFuture.failedFuture(HttpFailures.byProxy(error, proxy, url)));
  }

  private CompletionStage<HttpResponse> twice(
      URI url, HttpRequest request, ConnectionPoolSettings way) {
    return once(url, request, way)
        .exceptionallyCompose(
            error ->
                HttpFailure.of(error).equals(Optional.of(HttpFailure.Transport.CLOSED))
                    ? once(url, request, way)
                    : CompletableFuture.failedFuture(error));
  }

  private CompletionStage<HttpResponse> once(
      URI url, HttpRequest request, ConnectionPoolSettings way) {
    CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    Cancellable timer =
        system
            .scheduler()
            .scheduleOnce(
                longestWait,
                () -> answer.completeExceptionally(HttpFailures.noHeadersFor(longestWait, url)),
                system.executionContext());
    http.singleRequest(request, tls, way, log)
        .whenCompleteAsync(
            (response, error) -> {
              timer.cancel();
              if (error != null) {
                answer.completeExceptionally(HttpFailures.of(error, url));
              } else if (!answer.complete(response)) {
                // Too late for anybody to want it.
                response.entity().getDataBytes().runWith(Sink.cancelled(), system);
              }
            },
            // In the pool's thread: what follows sends messages, and needn't wake another for that.
            Runnable::run);
    return answer;
  }

  /** A proxy is asked for the whole URL, an origin for path and query. */
  private static HttpRequest request(URI url, Map<String, String> headers, HttpSession session) {
    Optional<HttpProxy> forwarding = session.proxy().filter(_ -> !Site.isHttps(url));
    String origin = Site.origin(url);
    String target = Site.target(url);
    HttpRequest request =
        HttpRequest.GET("/")
            .withUri(Uri.create(origin + "/"))
            .addHeader(RawRequestURI.create(forwarding.isPresent() ? origin + target : target));
    for (Map.Entry<String, String> header : headers.entrySet()) {
      request = request.addHeader(RawHeader.create(header.getKey(), header.getValue()));
    }
    Optional<String> authorization = forwarding.flatMap(HttpProxy::authorization);
    return authorization.isPresent()
        ? request.addHeader(RawHeader.create("Proxy-Authorization", authorization.get()))
        : request;
  }
}
