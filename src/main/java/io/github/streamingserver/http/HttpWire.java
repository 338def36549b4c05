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
  private final LoggingAdapter log;
  private final Duration longestWait;

  HttpWire(ActorSystem<?> system, HttpSettings settings, SSLContext trust) {
    this.system = system;
    this.http = Http.get(system);
    this.tls = ConnectionContext.httpsClient(trust);
    this.pool = PoolSettings.of(settings, system.settings().config());
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
  CompletionStage<HttpResponse> get(URI url, Map<String, String> headers) {
    HttpRequest request = request(url, headers);
    return once(url, request)
        .exceptionallyCompose(
            error ->
                HttpFailure.of(error).equals(Optional.of(HttpFailure.Transport.CLOSED))
                    ? once(url, request)
                    : CompletableFuture.failedFuture(error));
  }

  private CompletionStage<HttpResponse> once(URI url, HttpRequest request) {
    CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    Cancellable timer =
        system
            .scheduler()
            .scheduleOnce(
                longestWait,
                () -> answer.completeExceptionally(HttpFailures.noHeadersFor(longestWait, url)),
                system.executionContext());
    http.singleRequest(request, tls, pool, log)
        .whenComplete(
            (response, error) -> {
              timer.cancel();
              if (error != null) {
                answer.completeExceptionally(HttpFailures.of(error, url));
              } else if (!answer.complete(response)) {
                // Too late for anybody to want it.
                response.entity().getDataBytes().runWith(Sink.cancelled(), system);
              }
            });
    return answer;
  }

  /** The request target goes out as it is: a signed URL does not survive being normalised. */
  private static HttpRequest request(URI url, Map<String, String> headers) {
    URI ascii = URI.create(url.toASCIIString());
    String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
    String query = ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery();
    String port = ascii.getPort() < 0 ? "" : ":" + ascii.getPort();
    HttpRequest request =
        HttpRequest.GET("/")
            .withUri(Uri.create(ascii.getScheme() + "://" + ascii.getHost() + port + "/"))
            .addHeader(RawRequestURI.create(path + query));
    for (Map.Entry<String, String> header : headers.entrySet()) {
      request = request.addHeader(RawHeader.create(header.getKey(), header.getValue()));
    }
    return request;
  }
}
