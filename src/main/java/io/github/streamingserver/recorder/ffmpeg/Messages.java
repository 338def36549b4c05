package io.github.streamingserver.recorder.ffmpeg;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What ffmpeg writes to standard error: its last lines, in bounded memory and without those that
 * tell nothing, and whether it floods. Safe for one thread that writes and any that ask.
 */
final class Messages {
  private static final int MAX_LINES = 20;
  private static final int MAX_LINE = 500;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /**
   * Up to version 6.1 it warns that an input comes faster than it muxes, which is as we mean it.
   */
  private static final String FED_FAST = "Thread message queue blocking";

  private final int floodLines;
  private final long floodNanos;
  private final LongSupplier nanoTime;
  private final CompletableFuture<Void> flood = new CompletableFuture<>();
  private final Deque<String> last = new ArrayDeque<>();
  private final ByteBuffer line = ByteBuffer.allocate(MAX_LINE);
  private long windowStart;
  private int inWindow;

  Messages(int floodLines, Duration floodWindow, LongSupplier nanoTime) {
    this.floodLines = floodLines;
    this.floodNanos = floodWindow.toNanos();
    this.nanoTime = nanoTime;
    this.windowStart = nanoTime.getAsLong();
  }

  synchronized void add(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      if (next == '\n' || next == '\r' || !line.hasRemaining()) {
        endLine();
      }
      if (next != '\n' && next != '\r') {
        line.put(next);
      }
    }
  }

  /** The last lines so far, and one that is not ended. */
  synchronized List<String> last() {
    String open = text();
    return open.isEmpty()
        ? List.copyOf(last)
        : Stream.concat(last.stream(), Stream.of(open))
            .skip(Math.max(0, last.size() + 1 - MAX_LINES))
            .toList();
  }

  CompletionStage<Void> flood() {
    return flood.minimalCompletionStage();
  }

  boolean flooded() {
    return flood.isDone();
  }

  private void endLine() {
    String text = text();
    line.clear();
    if (text.isEmpty()) {
      return;
    }
    if (last.size() == MAX_LINES) {
      last.removeFirst();
    }
    last.addLast(text);
    count();
  }

  /** What is in the line; an origin may have put control characters into it. */
  private String text() {
    String text = StandardCharsets.UTF_8.decode(line.duplicate().flip()).toString();
    String clean = CONTROL.matcher(text).replaceAll(" ").strip();
    return FfmpegPrograms.isLoaderNote(clean) || clean.contains(FED_FAST) ? "" : clean;
  }

  private void count() {
    long now = nanoTime.getAsLong();
    if (now - windowStart > floodNanos) {
      windowStart = now;
      inWindow = 0;
    }
    if (++inWindow >= floodLines) {
      flood.complete(null);
    }
  }
}
