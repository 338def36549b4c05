package io.github.streamingserver.http;

import io.github.streamingserver.config.AccessSettings;
import io.github.streamingserver.config.HttpSettings;
import io.github.streamingserver.model.StreamException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * The {@link HttpFetcher} on the curl program: a process a request, its answer whole in memory. It
 * shares the session's cookies, headers and proxy, and the rules on redirects, with our own client.
 */
final class CurlFetcher implements HttpFetcher {
  private final AccessSettings access;
  private final HttpSettings settings;
  private final CurlProgram program;
  private final Executor executor;
  private final OriginGuard guard;
  private final ContentCodings codings;

  /**
   * @param executor bounded: waits for processes
   */
  CurlFetcher(
      AccessSettings access, HttpSettings settings, CurlProgram program, Executor executor) {
    this(access, settings, program, executor, OriginGuard.of(settings));
  }

  CurlFetcher(
      AccessSettings access,
      HttpSettings settings,
      CurlProgram program,
      Executor executor,
      OriginGuard guard) {
    this.guard = guard;
    this.access = access;
    this.settings = settings;
    this.program = program;
    this.executor = executor;
    this.codings =
        new ContentCodings(settings.longestIdleConnection(), settings.blockingDispatcher());
  }

  @Override
  public CompletionStage<HttpReply> fetch(HttpFetch request, HttpSession session) {
    return CompletableFuture.supplyAsync(() -> get(request, session), executor);
  }

  private HttpReply get(HttpFetch request, HttpSession session) {
    URI url = request.url();
    for (int redirects = 0; ; redirects++) {
      CurlOutput output = once(request, session, url);
      session.cookies().store(url, output.headers().all("Set-Cookie"));
      Optional<String> location = Redirects.location(output.status(), output.headers());
      if (location.isEmpty()) {
        return reply(output, url);
      }
      url = Redirects.target(request, url, location.get(), redirects, settings.maxRedirects());
    }
  }

  private CurlOutput once(HttpFetch request, HttpSession session, URI url) {
    List<String> line =
        CurlCommand.line(
            program.find().orElseThrow(() -> HttpFailures.curl(CurlExit.NOT_RUN, url)),
            access.stepTimeout(),
            access.curlMaxSize());
    Map<String, String> headers = RequestHeaders.of(request, session, settings.userAgent(), url);
    String config =
        CurlCommand.config(url, headers, session.proxy(), address(url, session).orElse(""));
    byte[] output = CurlRun.output(line, config, access.stepTimeout(), access.curlMaxSize(), url);
    return CurlOutput.parse(output).orElseThrow(() -> HttpFailures.curl(CurlExit.EMPTY_REPLY, url));
  }

  /** What curl may connect to, as it wants it written. */
  private Optional<String> address(URI url, HttpSession session) {
    try {
      return guard
          .address(url)
          .map(InetAddress::getHostAddress)
          .map(address -> address.contains(":") ? "[" + address + "]" : address);
    } catch (UnknownHostException e) {
      if (session.proxy().isPresent()) {
        return Optional.empty();
      }
      throw HttpFailures.of(e, url);
    } catch (IOException e) {
      throw HttpFailures.of(e, url);
    }
  }

  /**
   * @throws StreamException where the content can't be decoded
   */
  private HttpReply reply(CurlOutput output, URI url) {
    Source<ByteString, NotUsed> raw = Source.single(output.content());
    List<String> coded = ContentCodings.of(output.headers());
    if (coded.isEmpty() || output.content().isEmpty()) {
      return new HttpReply(url, output.status(), output.headers(), raw);
    }
    Source<ByteString, NotUsed> decoded =
        codings
            .decode(raw, coded, url)
            .mapError(Throwable.class, error -> HttpFailures.inDecoding(error, url));
    return new HttpReply(url, output.status(), output.headers().without("Content-Length"), decoded);
  }
}
