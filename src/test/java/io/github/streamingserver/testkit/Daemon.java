package io.github.streamingserver.testkit;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The daemon in a JVM of its own, that can be killed as a power cut would, and started again with
 * the same settings and state. Its log is kept, run after run.
 */
public final class Daemon implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("listens on \\[127\\.0\\.0\\.1:(\\d+)]");

  /** Its launcher may have to build it first. */
  private static final int START_SECONDS = 120;

  /** One life of it. */
  private record Life(
      Process process, CompletableFuture<Integer> port, CompletableFuture<Void> read) {}

  /** A line that somebody waits for. */
  private record Awaited(Pattern line, CompletableFuture<Void> seen) {}

  private final Path folder;
  private final Path settings;
  private final List<String> command;
  private final Map<String, String> environment;
  private final List<Awaited> awaited = new ArrayList<>();
  private @Nullable Life life;

  /** A daemon that does not run yet, with all of its own in {@code folder}. */
  public Daemon(Path folder, String settings) throws IOException {
    this(folder, settings, classes(folder), Map.of());
  }

  private Daemon(
      Path folder, String settings, List<String> command, Map<String, String> environment)
      throws IOException {
    this.folder = Files.createDirectories(folder);
    this.settings = Files.writeString(folder.resolve("server.conf"), settings);
    this.command = command;
    this.environment = environment;
  }

  /** The same as people run it, by its launcher. */
  public static Daemon byLauncher(Path folder, String settings, String javaOptions)
      throws IOException {
    return new Daemon(
        folder,
        settings,
        List.of("tools/streamingserver"),
        Map.of("STREAMINGSERVER_JAVA_OPTS", javaOptions));
  }

  /** What is being tested, as it was compiled. */
  private static List<String> classes(Path folder) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        "-Xmx256m",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dstreamingserver.home=" + folder,
        "-Dlogback.configurationFile=" + Path.of("conf/logback.xml").toAbsolutePath(),
        "-cp",
        System.getProperty("java.class.path"),
        "io.github.streamingserver.StreamingServer");
  }

  /** Starts it, and returns when clients can connect. */
  public Daemon start() throws IOException, InterruptedException {
    launch(state());
    try {
      running().port().get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("The daemon can't be reached:\n" + log(), e);
    }
    return this;
  }

  /** Starts it with this state folder where it can't begin, and returns its exit code. */
  public int exitCode(Path state) throws IOException, InterruptedException {
    launch(state);
    if (!running().process().waitFor(START_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("The daemon has begun:\n" + log());
    }
    running().read().join();
    return running().process().exitValue();
  }

  private void launch(Path state) throws IOException {
    List<String> whole = new ArrayList<>(command);
    whole.add("--config=" + settings);
    whole.add("--bind=127.0.0.1");
    whole.add("--port=0");
    whole.add("--state=" + state);
    whole.add("--providers=" + folder.resolve("providers"));
    ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    CompletableFuture<Integer> port = new CompletableFuture<>();
    CompletableFuture<Void> read = new CompletableFuture<>();
    // Of a pool of few threads it would take one for as long as the daemon lives.
    Thread.ofPlatform().daemon().start(() -> follow(process, port, read));
    life = new Life(process, port, read);
  }

  private void follow(
      Process process, CompletableFuture<Integer> port, CompletableFuture<Void> read) {
    try (BufferedReader lines = process.inputReader();
        BufferedWriter log =
            Files.newBufferedWriter(
                logFile(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        write(log, line);
        Matcher listens = LISTENS.matcher(line);
        if (listens.find()) {
          port.complete(Integer.valueOf(listens.group(1)));
        }
      }
      port.completeExceptionally(new IOException("it has ended"));
    } catch (IOException e) {
      port.completeExceptionally(e);
    } finally {
      read.complete(null);
    }
  }

  private synchronized void write(BufferedWriter log, String line) throws IOException {
    log.write(line + "\n");
    log.flush();
    awaited.stream()
        .filter(it -> it.line().matcher(line).find())
        .forEach(it -> it.seen().complete(null));
  }

  /** Its process. */
  public ProcessHandle process() {
    return running().process().toHandle();
  }

  /** Waits until a line of its log has {@code pattern} in it. */
  public void awaitLog(String pattern) throws IOException {
    Awaited line = new Awaited(Pattern.compile(pattern), new CompletableFuture<>());
    synchronized (this) {
      awaited.add(line);
      if (line.line().matcher(log()).find()) {
        line.seen().complete(null);
      }
    }
    line.seen().join();
  }

  private Life running() {
    if (life == null) {
      throw new IllegalStateException("the daemon was never started");
    }
    return life;
  }

  /** Where it listens. */
  public int port() {
    return running().port().join();
  }

  /** Its folder for what it must remember. */
  public Path state() {
    return folder.resolve("state");
  }

  /** The names of what is in its journal. */
  public List<String> journal() throws IOException {
    try (Stream<Path> files = Files.list(state().resolve("journal"))) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private Path logFile() {
    return folder.resolve("server.log");
  }

  /** What it has said, in all its lives. */
  public String log() throws IOException {
    return Files.exists(logFile()) ? Files.readString(logFile()) : "";
  }

  /** Kills it by SIGKILL, and returns when it is gone. */
  public void kill() {
    running().process().destroyForcibly().onExit().join();
    running().read().join();
  }

  /** Ends it by SIGTERM, and returns when it is gone. */
  public void end() {
    running().process().destroy();
    running().process().onExit().join();
    running().read().join();
  }

  @Override
  public void close() {
    if (life != null) {
      kill();
    }
  }
}
