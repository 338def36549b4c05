package io.github.streamingserver.cli;

import io.github.streamingserver.config.HttpSettings;
import io.github.streamingserver.model.Urls;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches texts over HTTP: redirects to http and https followed, cookies kept on the way, gzip
 * read.
 *
 * @param maxSize bytes of a decompressed text; see {@link BoundedText}
 * @param timeout for one text, all redirects included
 */
record PlaylistDownload(HttpSettings settings, int maxSize, Duration timeout) {
  /**
   * What was fetched.
   *
   * @param url where it came from, after redirects
   */
  record Answer(URI url, String text) {}

  /**
   * The text at {@code url}.
   *
   * @throws NoPlaylistException where there is none in time
   */
  Answer fetch(URI url) throws NoPlaylistException {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.connectTimeout())
            .cookieHandler(new CookieManager())
            .build();
    // A server may send a byte a minute: what is bounded is the whole, in a thread of its own.
    FutureTask<Answer> task = new FutureTask<>(() -> follow(client, url));
    Thread.ofVirtual().start(task);
    try {
      return task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      throw new NoPlaylistException(
          "no whole answer within %.3g s".formatted(timeout.toMillis() / 1000.0));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new NoPlaylistException("interrupted");
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      client.shutdownNow();
    }
  }

  private Answer follow(HttpClient client, URI first)
      throws IOException, InterruptedException, NoPlaylistException {
    URI url = first;
    for (int hop = 0; hop <= settings.maxRedirects(); hop++) {
      HttpResponse<InputStream> response = client.send(request(url), BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        int status = response.statusCode();
        String location = response.headers().firstValue("Location").orElse("");
        if (status / 100 == 2) {
          return new Answer(url, BoundedText.read(body, maxSize));
        }
        if (status / 100 != 3 || location.isBlank()) {
          throw new NoPlaylistException(Urls.shown(url) + " answers " + status);
        }
        url = Urls.resolve(url, location);
      }
    }
    throw new NoPlaylistException("more than " + settings.maxRedirects() + " redirects");
  }

  private HttpRequest request(URI url) {
    return HttpRequest.newBuilder(url)
        .header("User-Agent", settings.userAgent())
        .header("Accept", "application/vnd.apple.mpegurl, */*")
        .header("Accept-Encoding", "gzip")
        .build();
  }

  private static NoPlaylistException failure(@Nullable Throwable cause) {
    return switch (cause) {
      case NoPlaylistException known -> known;
      case ConnectException e
          when e.getCause() instanceof ConnectException inner
              && inner.getCause() instanceof UnresolvedAddressException ->
          new NoPlaylistException("unknown host");
      case ConnectException _ -> new NoPlaylistException("cannot connect");
      case IOException e -> new NoPlaylistException("the connection failed: " + e.getMessage());
      case IllegalArgumentException e ->
          new NoPlaylistException("redirected to what can't be fetched: " + e.getMessage());
      case null, default -> new NoPlaylistException("can't be fetched: " + cause);
    };
  }
}
