package io.github.streamingserver.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real HTTP server on loopback that serves a folder, with ranges and entity tags, and misbehaves
 * as a test wants: faults of a path are used up one a request, then it is served as it is.
 */
public final class Origin implements AutoCloseable {
  /** One way to misbehave. */
  public sealed interface Fault {
    /** Another status, with headers and a short body. */
    record Status(int code, Map<String, String> headers) implements Fault {}

    /** The connection breaks after so many bytes of the body. */
    record CutAfter(long bytes) implements Fault {}

    /** Nothing more comes after so many bytes of the body. */
    record StallAfter(long bytes) implements Fault {}

    /** A web page with status 200. */
    record Page() implements Fault {}

    /** The range header is ignored. */
    record IgnoreRange() implements Fault {}

    /** Served as it is. */
    record None() implements Fault {}
  }

  /** A request that came. */
  public record Request(String path, Map<String, List<String>> headers) {
    /** The first value of a header; empty where it was not sent. */
    public String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> header.getValue().getFirst())
          .findFirst()
          .orElse("");
    }
  }

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
  private static final Map<String, String> TYPES =
      Map.of(
          "m3u8", "application/vnd.apple.mpegurl",
          "ts", "video/mp2t",
          "mp4", "video/mp4",
          "html", "text/html");

  private final Path root;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();
  private final Map<String, byte[]> texts = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** An origin on a free port that serves {@code root}. */
  public Origin(Path root) {
    this.root = root;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** The address of {@code path}, which has no leading slash. */
  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + path);
  }

  /** Misbehaves at the next requests for {@code path}, once for each fault. */
  public void fail(String path, Fault... sequence) {
    faults
        .computeIfAbsent("/" + path, _ -> new ConcurrentLinkedQueue<>())
        .addAll(List.of(sequence));
  }

  /** Serves {@code text} at {@code path} from now on. */
  public void serve(String path, String text) {
    texts.put("/" + path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The requests for {@code path} so far, in order. */
  public List<Request> requests(String path) {
    return requests.stream().filter(request -> request.path().equals("/" + path)).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      requests.add(new Request(path, Map.copyOf(exchange.getRequestHeaders())));
      Queue<Fault> queue = faults.getOrDefault(path, new ConcurrentLinkedQueue<>());
      Fault fault = Optional.ofNullable(queue.poll()).orElse(new Fault.None());
      switch (fault) {
        case Fault.Status(int code, var headers) -> {
          headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
          text(exchange, code, "text/plain", "status " + code);
        }
        case Fault.Page _ -> text(exchange, 200, "text/html", "<!DOCTYPE html><html>no</html>");
        case Fault.CutAfter(long bytes) -> file(exchange, path, bytes, false, true);
        case Fault.StallAfter(long bytes) -> {
          file(exchange, path, bytes, true, true);
        }
        case Fault.IgnoreRange _ -> file(exchange, path, Long.MAX_VALUE, false, false);
        case Fault.None _ -> file(exchange, path, Long.MAX_VALUE, false, true);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void file(HttpExchange exchange, String path, long most, boolean stall, boolean ranges)
      throws IOException, InterruptedException {
    if (texts.containsKey(path)) {
      text(exchange, 200, type(path), new String(texts.get(path), StandardCharsets.UTF_8));
      return;
    }
    Path file = root.resolve(path.substring(1)).normalize();
    if (!file.startsWith(root) || !Files.isRegularFile(file)) {
      text(exchange, 404, "text/plain", "nothing here");
      return;
    }
    long size = Files.size(file);
    String tag = "\"" + size + "-" + Files.getLastModifiedTime(file).toMillis() + "\"";
    exchange.getResponseHeaders().set("ETag", tag);
    exchange.getResponseHeaders().set("Content-Type", type(path));
    Matcher range =
        RANGE.matcher(
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range")).orElse(""));
    String condition = exchange.getRequestHeaders().getFirst("If-Range");
    boolean partial = ranges && range.matches() && (condition == null || condition.equals(tag));
    long from = partial ? Long.parseLong(range.group(1)) : 0;
    long to = partial && !range.group(2).isEmpty() ? Long.parseLong(range.group(2)) + 1 : size;
    to = Math.min(to, size);
    if (from >= size) {
      text(exchange, 416, "text/plain", "beyond the end");
      return;
    }
    if (partial) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + size);
    }
    exchange.sendResponseHeaders(partial ? 206 : 200, to - from);
    copy(file, from, Math.min(to - from, most), exchange.getResponseBody());
    if (stall) {
      exchange.getResponseBody().flush();
      closed.await();
    }
  }

  private static void copy(Path file, long from, long length, OutputStream out) throws IOException {
    byte[] buffer = new byte[64 << 10];
    try (RandomAccessFile source = new RandomAccessFile(file.toFile(), "r")) {
      source.seek(from);
      long left = length;
      while (left > 0) {
        int count = source.read(buffer, 0, (int) Math.min(buffer.length, left));
        out.write(buffer, 0, count);
        left -= count;
      }
      out.flush();
    }
  }

  private static void text(HttpExchange exchange, int code, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
  }

  private static String type(String path) {
    return TYPES.getOrDefault(
        path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
