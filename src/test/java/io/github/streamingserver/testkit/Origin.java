package io.github.streamingserver.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A real HTTP server on loopback that serves a folder and what a test adds, with ranges and entity
 * tags, and misbehaves as a test wants: faults of a path are used up one a request, then it is
 * served as it is. Paths have no leading slash.
 */
public final class Origin implements AutoCloseable {
  /** One way to misbehave. */
  public sealed interface Fault {
    /** Another status, with headers and a short body. */
    record Status(int code, Map<String, String> headers) implements Fault {}

    /** The connection ends after so many bytes of the body. */
    record CutAfter(long bytes) implements Fault {}

    /** The connection is reset after at most so many bytes of the body. */
    record ResetAfter(long bytes) implements Fault {}

    /** Nothing more comes after so many bytes of the body until {@link #release()}. */
    record StallAfter(long bytes) implements Fault {}

    /** Not even a status comes until {@link #release()}. */
    record Silence() implements Fault {}

    /** A web page with status 200. */
    record Page() implements Fault {}

    /** The range header is ignored. */
    record IgnoreRange() implements Fault {}

    /** The connection is reset before a status. */
    record Reset() implements Fault {}

    /** Another answer, whatever was asked for. */
    record Instead(Answer answer) implements Fault {}

    /** Served as it is. */
    record None() implements Fault {}
  }

  /** What a request gets, and what goes wrong with it on its way. */
  record Reply(Answer answer, Fault fault) {}

  private final Path root;
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Socket> sockets = new ArrayList<>();
  private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();
  private final Map<String, Function<Request, Answer>> routes = new ConcurrentHashMap<>();
  private final Map<String, Path> mounts = new ConcurrentHashMap<>();
  private final Map<String, UnaryOperator<Answer>> edits = new ConcurrentHashMap<>();
  private final Map<String, String> cookies = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Function<Request, Fault> chance = _ -> new Fault.None();
  private volatile CountDownLatch released = new CountDownLatch(1);

  /** An origin on a free port that serves {@code root}. */
  public Origin(Path root) {
    this.root = root;
    try {
      listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  /** The address of {@code path}. */
  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/" + path);
  }

  /** The address of {@code path} on another host, as advertisements have; the same server. */
  public URI urlOnOtherHost(String path) {
    return URI.create("http://localhost:" + listener.getLocalPort() + "/" + path);
  }

  /** Misbehaves at the next requests for {@code path}, once for each fault. */
  public void fail(String path, Fault... sequence) {
    faults
        .computeIfAbsent("/" + path, _ -> new ConcurrentLinkedQueue<>())
        .addAll(List.of(sequence));
  }

  /** Misbehaves as {@code chance} has it from now on where no fault of the path is left. */
  public void misbehave(Function<Request, Fault> chance) {
    this.chance = chance;
  }

  /** Misbehaves at {@code path} no more. */
  public void behave(String path) {
    faults.remove("/" + path);
  }

  /** Ends each stall and silence that lasts at the moment; what was held back comes. */
  public synchronized void release() {
    released.countDown();
    released = new CountDownLatch(1);
  }

  /** Serves {@code text} at {@code path} from now on. */
  public void serve(String path, String text) {
    route(path, _ -> Answer.text(path, text));
  }

  /** Serves {@code bytes}, with an entity tag of their own, at {@code path} from now on. */
  public void serve(String path, byte[] bytes) {
    Answer answer = Answer.bytes(path, bytes);
    route(path, _ -> answer);
  }

  /** Serves what is in {@code files} below {@code path} too from now on. */
  public void mount(String path, Path files) {
    mounts.put("/" + path + "/", files);
  }

  /** Asks {@code answer} at each request for {@code path} from now on. */
  public void route(String path, Function<Request, Answer> answer) {
    routes.put("/" + path, answer);
  }

  /** Edits each answer at {@code path} from now on: compressed, in chunks, with a cookie. */
  public void edit(String path, UnaryOperator<Answer> edit) {
    edits.merge("/" + path, edit, (first, then) -> answer -> then.apply(first.apply(answer)));
  }

  /** Answers 403 to requests for what begins with {@code path} without {@code name=value}. */
  public void requireCookie(String path, String nameAndValue) {
    cookies.put("/" + path, nameAndValue);
  }

  /** The requests for {@code path} so far, in order. */
  public List<Request> requests(String path) {
    return requests.stream().filter(request -> request.path().equals("/" + path)).toList();
  }

  /** All requests so far, in order. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** What {@code request} gets. */
  Reply reply(Request request) {
    requests.add(request);
    Queue<Fault> queue = faults.getOrDefault(request.path(), new ConcurrentLinkedQueue<>());
    Fault fault = Optional.ofNullable(queue.poll()).orElseGet(() -> chance.apply(request));
    Answer served =
        switch (fault) {
          case Fault.Status(int code, var headers) -> Answer.status(code).with(headers);
          case Fault.Page _ -> Answer.page();
          case Fault.Instead(var answer) -> answer;
          case Fault.IgnoreRange _ -> served(request);
          default -> served(request).ranged(request);
        };
    return new Reply(served, fault);
  }

  private Answer served(Request request) {
    String path = request.path();
    for (Map.Entry<String, String> cookie : cookies.entrySet()) {
      List<String> sent = List.of(request.header("Cookie").split("; ", -1));
      if (path.startsWith(cookie.getKey()) && !sent.contains(cookie.getValue())) {
        return Answer.status(403);
      }
    }
    Function<Request, Answer> route = routes.getOrDefault(path, _ -> file(path));
    return edits.getOrDefault(path, UnaryOperator.identity()).apply(route.apply(request));
  }

  private Answer file(String path) {
    for (Map.Entry<String, Path> mount : mounts.entrySet()) {
      if (path.startsWith(mount.getKey())) {
        return file(mount.getValue(), path.substring(mount.getKey().length()));
      }
    }
    return file(root, path.substring(1));
  }

  private static Answer file(Path folder, String path) {
    Path file = folder.resolve(path).normalize();
    return file.startsWith(folder) && Files.isRegularFile(file)
        ? Answer.file(file)
        : Answer.status(404);
  }

  /** Waits for the next {@link #release()}. */
  void awaitRelease() throws InterruptedException {
    released.await();
  }

  private void accept() {
    while (true) {
      try {
        take(listener.accept());
      } catch (IOException closed) {
        return;
      }
    }
  }

  /** Under the lock of {@link #close()}: no connection outlives it unseen. */
  private synchronized void take(Socket socket) throws IOException {
    if (listener.isClosed()) {
      socket.close();
      return;
    }
    sockets.add(socket);
    threads.execute(() -> OriginConnection.serve(this, socket));
  }

  @Override
  public synchronized void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
