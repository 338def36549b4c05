package io.github.streamingserver.http;

import static io.github.streamingserver.http.HttpFailure.Transport.CLOSED;
import static io.github.streamingserver.http.HttpFailure.Transport.CODING;
import static io.github.streamingserver.http.HttpFailure.Transport.HOST_UNKNOWN;
import static io.github.streamingserver.http.HttpFailure.Transport.NOT_CONNECTED;
import static io.github.streamingserver.http.HttpFailure.Transport.NOT_HTTP;
import static io.github.streamingserver.http.HttpFailure.Transport.PRIVATE_ORIGIN;
import static io.github.streamingserver.http.HttpFailure.Transport.TIMED_OUT;
import static io.github.streamingserver.http.HttpFailure.Transport.TLS;
import static io.github.streamingserver.http.HttpFailure.Transport.TRUNCATED;

import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.StreamFailure.Failed;
import io.github.streamingserver.model.StreamFailure.Forbidden;
import io.github.streamingserver.model.StreamFailure.TimedOut;
import io.github.streamingserver.model.Urls;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.pekko.http.impl.engine.client.ProxyConnectionFailedException;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.http.scaladsl.model.ExceptionWithErrorInfo;
import org.apache.pekko.stream.StreamTcpException;

/**
 * What goes wrong in an exchange, in the words that a client is told. Messages name host and path.
 */
public final class HttpFailures {
  private static final int FORBIDDEN = 403;

  private HttpFailures() {}

  /** {@code error} as it happened while {@code url} was fetched; a StreamException stays itself. */
  public static StreamException of(Throwable error, URI url) {
    return known(error).orElseGet(() -> carrying(kindOf(error), url, error));
  }

  /** {@code error} as it happened after the response's headers. */
  static StreamException inContent(Throwable error, URI url) {
    HttpFailure.Transport kind = kindOf(error);
    return known(error).orElseGet(() -> carrying(kind == CLOSED ? TRUNCATED : kind, url, error));
  }

  /** {@code error} as it happened while content was decoded that came without one. */
  static StreamException inDecoding(Throwable error, URI url) {
    return known(error).orElseGet(() -> carrying(CODING, url, error));
  }

  /** {@code error} as it happened to who read content; what the exchange failed with, if it did. */
  static StreamException unreadable(Throwable error, URI url) {
    return known(error)
        .orElseGet(() -> otherContent("what can't be read: " + error.getMessage(), url));
  }

  private static Optional<StreamException> known(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof StreamException known) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  private static StreamException carrying(HttpFailure.Transport kind, URI url, Throwable error) {
    return HttpException.carrying(kind, told(kind, url), error);
  }

  /** A status other than the one that was hoped for. */
  public static StreamException ofStatus(int status, URI url) {
    return ofStatus(status, Duration.ZERO, url);
  }

  /** The status of {@code reply}, and its Retry-After as seen at {@code now}. */
  public static StreamException ofStatus(HttpReply reply, Instant now) {
    return ofStatus(reply.status(), RetryAfter.of(reply.headers(), now), reply.url());
  }

  /** A status, and how long the server asks to be left alone; zero where it does not say. */
  public static StreamException ofStatus(int status, Duration retryAfter, URI url) {
    String message = Urls.shown(url) + " answered " + status;
    StreamFailure told =
        switch (status) {
          case 401, 403, 451 -> new Forbidden(message + ": access refused");
          case 404, 410 -> new Failed(message + ": not there");
          case 407 -> new Failed(message + ": the proxy wants another user and password");
          case 429 -> new Failed(message + ": too many requests");
          default -> new Failed(message);
        };
    return HttpException.carrying(new HttpFailure.Status(status, retryAfter), told);
  }

  static StreamException noByteFor(Duration idle, URI url) {
    return HttpException.carrying(
        TIMED_OUT, new TimedOut("No data from " + Urls.shown(url) + " for " + seconds(idle)));
  }

  static StreamException noHeadersFor(Duration wait, URI url) {
    return HttpException.carrying(
        TIMED_OUT, new TimedOut("No answer from " + Urls.shown(url) + " for " + seconds(wait)));
  }

  /** {@code error} with the proxy named, where it may be the proxy that is to blame. */
  static StreamException byProxy(Throwable error, HttpProxy proxy, URI url) {
    boolean proxys =
        HttpFailure.of(error)
            .filter(kind -> kind == HOST_UNKNOWN || kind == NOT_CONNECTED || kind == CLOSED)
            .isPresent();
    return proxys
        ? HttpException.carrying(
            NOT_CONNECTED,
            new Failed("No connection to " + Urls.shown(url) + " by way of proxy " + proxy),
            error)
        : of(error, url);
  }

  /** The exit of the curl program, as it fetched {@code url}. */
  static StreamException curl(int exit, URI url) {
    HttpFailure.Transport kind = CurlExit.meaning(exit);
    String what = told(kind, url).message() + " (curl exit " + exit + ")";
    return HttpException.carrying(kind, kind == TIMED_OUT ? new TimedOut(what) : new Failed(what));
  }

  /** A page that wants to know whether a person asks; see {@link Challenge}. */
  static StreamException challenge(String challenger, URI url) {
    return HttpException.carrying(
        new HttpFailure.Status(FORBIDDEN, Duration.ZERO),
        new Forbidden(
            Urls.shown(url)
                + " answered with a challenge for browsers ("
                + challenger
                + "); open the site in a browser and save its cookies as"
                + " providers/<Id>/cookies.txt, with that browser's User-Agent as \"user-agent\""
                + " in config.json"));
  }

  static StreamException redirect(String why, URI url) {
    return HttpException.carrying(
        HttpFailure.Transport.REDIRECT, new Failed(Urls.shown(url) + " redirects " + why));
  }

  static StreamException coding(String coding, URI url) {
    return HttpException.carrying(
        CODING,
        new Failed(Urls.shown(url) + " answered in an unknown content coding [" + coding + "]"));
  }

  static StreamException tooLarge(long most, URI url) {
    return HttpException.carrying(
        HttpFailure.Transport.TOO_LARGE,
        new Failed(Urls.shown(url) + " is longer than " + most + " bytes"));
  }

  /**
   * The server answered with something else than what was asked for.
   *
   * @param what continues "… sent "
   */
  public static StreamException otherContent(String what, URI url) {
    return HttpException.carrying(
        HttpFailure.Transport.OTHER_CONTENT, new Failed(Urls.shown(url) + " sent " + what));
  }

  /**
   * The server answered with what is no media, or none that can be told from junk.
   *
   * @param what continues "… sent "
   */
  public static StreamException noMedia(String what, URI url) {
    return HttpException.carrying(
        HttpFailure.Transport.NO_MEDIA, new Failed(Urls.shown(url) + " sent " + what));
  }

  private static StreamFailure told(HttpFailure.Transport kind, URI url) {
    String place = Urls.shown(url);
    return switch (kind) {
      case HOST_UNKNOWN -> new Failed("Host of " + place + " not found");
      case PRIVATE_ORIGIN ->
          new Failed(
              "Host of "
                  + place
                  + " is in a private network (setting security.deny-private-origins)");
      case NOT_CONNECTED -> new Failed("No connection to " + place);
      case TLS -> new Failed("No secure connection to " + place);
      case TIMED_OUT -> new TimedOut("No connection to " + place + " in time");
      case TRUNCATED -> new Failed("Connection to " + place + " broke off in the content");
      case NOT_HTTP -> new Failed(place + " answered with what is no HTTP");
      case CODING -> new Failed(place + " sent content that can't be decompressed");
      case CLOSED, REDIRECT, TOO_LARGE, OTHER_CONTENT, NO_MEDIA ->
          new Failed("Connection to " + place + " closed without an answer");
    };
  }

  private static HttpFailure.Transport kindOf(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage() == null ? "" : cause.getMessage();
      switch (cause) {
        case UnknownHostException _, UnresolvedAddressException _ -> {
          return HOST_UNKNOWN;
        }
        case PrivateOriginException _ -> {
          return PRIVATE_ORIGIN;
        }
        case SSLException _ -> {
          return TLS;
        }
        case TimeoutException _ -> {
          return TIMED_OUT;
        }
        case ConnectException _, ProxyConnectionFailedException _ -> {
          return NOT_CONNECTED;
        }
        case EntityStreamException _ -> {
          return TRUNCATED;
        }
        case ExceptionWithErrorInfo _ -> {
          return NOT_HTTP;
        }
        case StreamTcpException _ when message.contains("imeout") -> {
          return TIMED_OUT;
        }
        case SocketException _ -> {
          return CLOSED;
        }
        default -> {
          // Another cause may say more.
        }
      }
    }
    return CLOSED;
  }

  private static String seconds(Duration wait) {
    return wait.toMillis() % 1000 == 0 ? wait.toSeconds() + " s" : wait.toMillis() + " ms";
  }
}
