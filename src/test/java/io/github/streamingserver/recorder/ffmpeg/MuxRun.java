package io.github.streamingserver.recorder.ffmpeg;

import com.typesafe.config.ConfigFactory;
import io.github.streamingserver.config.MuxMode;
import io.github.streamingserver.config.MuxSettings;
import io.github.streamingserver.mp4.Mp4Inspector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Runs ffmpeg on whole inputs, each fed as fast as it goes. */
final class MuxRun {
  static final MuxSettings SETTINGS =
      MuxSettings.create(ConfigFactory.load().getConfig("streamingserver"));

  private MuxRun() {}

  static FfmpegPrograms programs() throws IOException {
    return FfmpegPrograms.find();
  }

  static MuxInput mp4(Path init) throws IOException {
    Mp4Inspector inspector = new Mp4Inspector();
    inspector.push(ByteBuffer.wrap(Files.readAllBytes(init)));
    return MuxInput.mp4(inspector.facts());
  }

  static MuxProcess start(MuxMode mode, MuxInput... inputs) throws IOException {
    List<MuxInput> all = List.of(inputs);
    return MuxProcess.start(programs(), all, MuxPlan.of(mode, all), SETTINGS);
  }

  static CompletionStage<Void> feed(MuxProcess mux, int input, Path... files) throws IOException {
    CompletionStage<Void> fed = CompletableFuture.completedStage(null);
    for (Path file : files) {
      List<ByteBuffer> bytes = List.of(ByteBuffer.wrap(Files.readAllBytes(file)));
      fed = fed.thenCompose(_ -> mux.write(input, bytes));
    }
    return fed;
  }

  /** Feeds each input its files, ends it, and writes what comes out to a file. */
  static MuxExit all(MuxProcess mux, List<List<Path>> files, Path out) throws IOException {
    List<CompletableFuture<Void>> fed = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      int input = i;
      fed.add(
          feed(mux, input, files.get(i).toArray(Path[]::new))
              .thenCompose(_ -> mux.end(input))
              .toCompletableFuture());
    }
    rest(mux, out);
    for (CompletableFuture<Void> each : fed) {
      each.join();
    }
    return exit(mux);
  }

  /** Appends what else comes out to a file. */
  static void rest(MuxProcess mux, Path out) throws IOException {
    for (ByteBuffer next = read(mux); next.hasRemaining(); next = read(mux)) {
      append(out, next);
    }
  }

  static void append(Path out, ByteBuffer bytes) throws IOException {
    try (FileChannel file =
        FileChannel.open(out, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    }
  }

  static ByteBuffer read(MuxProcess mux) {
    return mux.read().toCompletableFuture().join();
  }

  static MuxExit exit(MuxProcess mux) {
    return mux.exit().toCompletableFuture().join();
  }
}
