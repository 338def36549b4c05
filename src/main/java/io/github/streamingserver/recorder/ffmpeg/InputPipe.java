package io.github.streamingserver.recorder.ffmpeg;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** Our end of a pipe that ffmpeg reads. */
final class InputPipe {
  /** What a pipe of Linux holds; written at once it would be copied to the JVM's buffers whole. */
  private static final int PIECE = 64 * 1024;

  private final WritableByteChannel pipe;
  private final PipeThread thread;
  private final AtomicLong taken = new AtomicLong();

  InputPipe(WritableByteChannel pipe, PipeThread thread) {
    this.pipe = pipe;
    this.thread = thread;
  }

  CompletionStage<Void> write(List<ByteBuffer> bytes) {
    List<ByteBuffer> own = bytes.stream().map(ByteBuffer::slice).toList();
    return thread.run(
        () -> {
          for (ByteBuffer each : own) {
            for (int at = 0; at < each.limit(); at += PIECE) {
              ByteBuffer piece = each.slice(at, Math.min(PIECE, each.limit() - at));
              while (piece.hasRemaining()) {
                taken.addAndGet(pipe.write(piece));
              }
            }
          }
          return null;
        });
  }

  CompletionStage<Void> end() {
    if (!pipe.isOpen()) {
      return CompletableFuture.completedStage(null);
    }
    return thread.run(
        () -> {
          close();
          return null;
        });
  }

  long taken() {
    return taken.get();
  }

  void close() {
    thread.close();
  }
}
