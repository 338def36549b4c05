package io.github.streamingserver.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs curl once. What it says on its standard error may hold a URL's secrets: nobody reads it. */
final class CurlRun {
  /** curl ends by itself at its --max-time: only one that hangs is killed. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  /** Headers have to fit besides the content. */
  private static final int HEADERS = 256 * 1024;

  private CurlRun() {}

  /**
   * What {@code line} writes when it reads {@code config}. Blocks until it has ended, and leaves
   * nothing of it behind.
   *
   * @throws io.github.streamingserver.model.StreamException where it fails or writes too much
   */
  static byte[] output(List<String> line, String config, Duration longest, int mostBytes, URI url) {
    Process process;
    try {
      process = new ProcessBuilder(line).redirectError(Redirect.DISCARD).start();
    } catch (IOException e) {
      throw HttpFailures.curl(CurlExit.NOT_RUN, url);
    }
    Executor atTheEnd =
        CompletableFuture.delayedExecutor(
            longest.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS, Runnable::run);
    // Known before the process is gone, and its exit code tells of the signal alone.
    AtomicBoolean late = new AtomicBoolean();
    CompletableFuture<Void> watch =
        CompletableFuture.runAsync(
            () -> {
              late.set(true);
              kill(process);
            },
            atTheEnd);
    try {
      write(process, config);
      byte[] output = read(process, mostBytes + HEADERS, url);
      int exit = process.waitFor();
      if (late.get() || exit != 0) {
        throw HttpFailures.curl(late.get() ? CurlExit.TIMED_OUT : exit, url);
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw HttpFailures.curl(CurlExit.TIMED_OUT, url);
    } finally {
      watch.cancel(false);
      kill(process);
    }
  }

  private static void write(Process process, String config) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(config.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It has ended: its exit code says why.
    }
  }

  private static byte[] read(Process process, int most, URI url) {
    try (InputStream out = process.getInputStream()) {
      byte[] output = out.readNBytes(most + 1);
      if (output.length > most) {
        throw HttpFailures.tooLarge(most - HEADERS, url);
      }
      return output;
    } catch (IOException e) {
      return new byte[0];
    }
  }

  private static void kill(Process process) {
    // It goes first: with its children dead it might go on.
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
