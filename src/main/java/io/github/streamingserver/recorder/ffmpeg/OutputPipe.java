package io.github.streamingserver.recorder.ffmpeg;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** Our end of the pipe that ffmpeg writes. */
final class OutputPipe {
  private static final int MAX_CHUNK = 64 * 1024;

  private final ReadableByteChannel pipe;
  private final PipeThread thread;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_CHUNK);
  private final AtomicLong given = new AtomicLong();
  private volatile boolean ended;

  OutputPipe(ReadableByteChannel pipe, PipeThread thread) {
    this.pipe = pipe;
    this.thread = thread;
  }

  CompletionStage<ByteBuffer> read() {
    return ended
        ? CompletableFuture.completedStage(ByteBuffer.allocate(0))
        : thread.run(this::next);
  }

  private ByteBuffer next() throws IOException {
    int length = pipe.read(buffer.clear());
    if (length < 0) {
      ended = true;
      close();
      return ByteBuffer.allocate(0);
    }
    given.addAndGet(length);
    return ByteBuffer.allocate(length).put(buffer.flip()).flip();
  }

  long given() {
    return given.get();
  }

  void close() {
    thread.close();
  }
}
