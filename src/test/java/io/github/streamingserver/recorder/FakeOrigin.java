package io.github.streamingserver.recorder;

import io.github.streamingserver.http.HttpFailures;
import io.github.streamingserver.http.HttpFetch;
import io.github.streamingserver.http.HttpFetcher;
import io.github.streamingserver.http.HttpHeaders;
import io.github.streamingserver.http.HttpReply;
import io.github.streamingserver.http.HttpSession;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Answers each URL by a script, at once; 404 where there is none. */
final class FakeOrigin implements HttpFetcher {
  static final String HOST = "http://host/";

  /** One answer. */
  sealed interface Answer {
    /** A status without content. */
    record Status(int code) implements Answer {}

    /** All of it. */
    record Content(ByteString bytes) implements Answer {}

    /** Bytes of a longer content, until the connection breaks off. */
    record Broken(ByteString bytes) implements Answer {}

    /** All of it from where it is asked for, until the connection breaks off behind so many. */
    record BrokenAt(ByteString all, int end) implements Answer {}

    /** What comes when the test says so. */
    record Later(CompletableFuture<Answer> answer) implements Answer {}

    /** No connection. */
    record Nothing() implements Answer {}
  }

  private static final int PACKET = 188;
  private static final int HEADER = 4;

  private final Map<URI, Supplier<Answer>> scripts = new HashMap<>();
  private final List<String> requests = new ArrayList<>();
  private boolean down;

  /** Always the same. */
  FakeOrigin always(String path, Answer answer) {
    return answers(path, () -> answer);
  }

  /** One after the other, the last for ever. */
  FakeOrigin script(String path, Answer... answers) {
    Deque<Answer> left = new ArrayDeque<>(Arrays.asList(answers));
    return answers(path, () -> left.size() > 1 ? left.removeFirst() : left.getFirst());
  }

  /** What is true at the time. */
  FakeOrigin answers(String path, Supplier<Answer> script) {
    scripts.put(URI.create(HOST + path), script);
    return this;
  }

  static Answer text(String content) {
    return new Answer.Content(ByteString.fromString(content));
  }

  /** A segment that can be told by {@code content}: packets of no stream, with that in them. */
  static Answer segment(String content) {
    return new Answer.Content(packets(content));
  }

  /** The bytes of such a segment. */
  static ByteString packets(String content) {
    byte[] packet = new byte[PACKET];
    packet[0] = 0x47;
    packet[1] = 0x1F;
    packet[2] = (byte) 0xFF;
    packet[3] = 0x10;
    byte[] text = content.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(text, 0, packet, HEADER, text.length);
    ByteString one = ByteString.fromArray(packet);
    return one.concat(one);
  }

  /** No connection to anything, or all as before. */
  void down(boolean now) {
    down = now;
  }

  List<String> requests() {
    return requests;
  }

  /** How often a path was asked for. */
  long asked(String path) {
    return requests.stream().filter(path::equals).count();
  }

  @Override
  public CompletionStage<HttpReply> fetch(HttpFetch request, HttpSession session) {
    URI url = request.url();
    requests.add(url.toString().replace(HOST, ""));
    Answer answer =
        down
            ? new Answer.Nothing()
            : Optional.ofNullable(scripts.get(url))
                .map(Supplier::get)
                .orElse(new Answer.Status(404));
    return reply(answer, request);
  }

  private static CompletionStage<HttpReply> reply(Answer answer, HttpFetch request) {
    URI url = request.url();
    return switch (answer) {
      case Answer.Status(int code) -> done(url, code, Source.empty(), Map.of());
      case Answer.Content(ByteString bytes) ->
          done(
              url,
              200,
              Source.single(bytes),
              Map.of("Content-Length", List.of(String.valueOf(bytes.size()))));
      case Answer.Broken(ByteString bytes) ->
          done(
              url,
              200,
              Source.single(bytes).concatLazy(Source.failed(noConnection(url))),
              Map.of());
      case Answer.BrokenAt(ByteString all, int end) -> part(request, all, end);
      case Answer.Later(var later) -> later.thenCompose(found -> reply(found, request));
      case Answer.Nothing _ -> CompletableFuture.failedFuture(noConnection(url));
    };
  }

  private static CompletionStage<HttpReply> part(HttpFetch request, ByteString all, int end) {
    String range = request.headers().getOrDefault("Range", "bytes=0-");
    int first = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
    Source<ByteString, org.apache.pekko.NotUsed> body = Source.single(all.slice(first, end));
    Map<String, List<String>> headers =
        Map.of(
            "Content-Length",
            List.of("" + (all.size() - first)),
            "Content-Range",
            List.of("bytes %d-%d/%d".formatted(first, all.size() - 1, all.size())));
    return done(
        request.url(),
        first == 0 ? 200 : 206,
        end == all.size()
            ? body
            : body.concatLazy(Source.lazySource(() -> Source.failed(noConnection(request.url())))),
        headers);
  }

  private static CompletionStage<HttpReply> done(
      URI url,
      int status,
      Source<ByteString, org.apache.pekko.NotUsed> body,
      Map<String, List<String>> headers) {
    return CompletableFuture.completedFuture(
        new HttpReply(url, status, new HttpHeaders(headers), body));
  }

  private static Throwable noConnection(URI url) {
    return HttpFailures.of(new ConnectException("down"), url);
  }
}
