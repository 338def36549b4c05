package io.github.streamingserver.recorder.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.config.MuxMode;
import io.github.streamingserver.mpegts.StreamCodec;
import io.github.streamingserver.testkit.Frames;
import io.github.streamingserver.testkit.Media;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How an ffmpeg lives with its pipes, and what is left of it. */
@Timeout(120)
@Isolated("looks at all that is open in this JVM")
class MuxLifeTest {
  /** More than a pipe and ffmpeg's own buffers hold. */
  private static final int MUCH = 64 << 20;

  private static final MuxInput VIDEO = MuxInput.mpegts(List.of(StreamCodec.H264));
  private static final MuxInput AUDIO = MuxInput.mpegts(List.of(StreamCodec.AAC_ADTS));

  @TempDir Path folder;

  private final List<Long> started = new ArrayList<>();

  @AfterEach
  void nothingIsLeft() throws Exception {
    for (long pid : started) {
      for (Thread thread : threads(pid)) {
        thread.join();
      }
      assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }
    assertThat(pipes("self")).isEmpty();
  }

  private MuxProcess watched(MuxProcess mux) {
    started.add(mux.pid());
    return mux;
  }

  private MuxProcess start(MuxInput... inputs) throws IOException {
    return watched(MuxRun.start(MuxMode.AUTO, inputs));
  }

  /** Starts a script in ffmpeg's place. */
  private MuxProcess script(String script, MuxInput... inputs) throws IOException {
    Path file = Files.writeString(folder.resolve("ffmpeg"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<MuxInput> all = List.of(inputs);
    MuxPlan plan = MuxPlan.of(MuxMode.AUTO, all);
    FfmpegPrograms programs = new FfmpegPrograms(folder, Optional.empty());
    return watched(MuxProcess.start(programs, all, plan, MuxRun.SETTINGS));
  }

  private static List<Thread> threads(long pid) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("ffmpeg-" + pid + " "))
        .toList();
  }

  /** The pipes that a process has open, as the files that they were made as. */
  private static List<Path> pipes(String pid) throws IOException {
    List<Path> pipes = new ArrayList<>();
    try (Stream<Path> open = Files.list(Path.of("/proc", pid, "fd"))) {
      for (Path each : open.toList()) {
        if (Files.isSymbolicLink(each)
            && Files.readSymbolicLink(each).toString().contains("streamingserver-mux-")) {
          pipes.add(Files.readSymbolicLink(each));
        }
      }
    }
    return pipes;
  }

  private static List<ByteBuffer> zeros(int count) {
    return List.of(ByteBuffer.allocate(count));
  }

  private static void assertBroken(CompletionStage<?> stage) {
    assertThatThrownBy(() -> stage.toCompletableFuture().join())
        .hasCauseInstanceOf(MuxEndedException.class);
  }

  private static Stream<Arguments> segmented() throws IOException {
    Path fragments = Media.fmp4();
    MuxInput program = MuxInput.mpegts(List.of(StreamCodec.H264, StreamCodec.AAC_ADTS));
    return Stream.of(
        Arguments.of(MuxRun.mp4(fragments.resolve("init.mp4")), fragments, ".m4s"),
        Arguments.of(program, Media.hls(), ".ts"));
  }

  @ParameterizedTest
  @MethodSource("segmented")
  void eachSegmentComesOutBeforeTheNextIsThere(MuxInput input, Path hls, String extension)
      throws Exception {
    Path whole = Files.createFile(folder.resolve("whole.ts"));
    Path joined = Media.joined(hls);
    try (MuxProcess mux = start(input)) {
      assertThat(MuxRun.all(mux, List.of(List.of(joined)), whole).succeeded()).isTrue();
    }
    double grown = (double) Files.size(whole) / Files.size(joined);
    Path out = Files.createFile(folder.resolve("out.ts"));
    try (MuxProcess mux = start(input)) {
      if (Files.exists(hls.resolve("init.mp4"))) {
        MuxRun.feed(mux, 0, hls.resolve("init.mp4")).toCompletableFuture().join();
      }
      long fed = 0;
      for (int i = 0; i < Media.SECONDS; i++) {
        Path segment = hls.resolve("s" + i + extension);
        MuxRun.feed(mux, 0, segment).toCompletableFuture().join();
        fed += Files.size(segment);
        // Some frames of each segment wait for those that follow.
        // As much must be read as there is: ffmpeg takes nothing in while nobody takes what is out.
        while (mux.bytesOut() < (fed - Files.size(segment) / 5.0) * grown) {
          MuxRun.append(out, MuxRun.read(mux));
        }
      }
      mux.end(0).toCompletableFuture().join();
      MuxRun.rest(mux, out);
      assertThat(MuxRun.exit(mux).succeeded()).isTrue();
      assertThat(mux.bytesOut()).isEqualTo(Files.size(out));
      assertThat(mux.bytesIn(0)).isEqualTo(Files.size(joined));
    }
    Frames.assertSame(out, joined);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void anInputMayComeMuchLater(int late) throws Exception {
    Path hls = Media.separateAudio();
    List<Path> files = Stream.of("video", "audio").map(hls::resolve).map(Media::joined).toList();
    Path out = folder.resolve("out.ts");
    try (MuxProcess mux = start(VIDEO, AUDIO)) {
      int early = 1 - late;
      // Ten times more than there is, to be more than pipes and probes hold.
      List<Path> many = IntStream.range(0, 10).mapToObj(_ -> files.get(early)).toList();
      CompletableFuture<Void> first =
          MuxRun.feed(mux, early, many.toArray(Path[]::new))
              .thenCompose(_ -> mux.end(early))
              .toCompletableFuture();
      while (mux.bytesIn(early) < 60_000) {
        Thread.onSpinWait();
      }
      assertThat(first).isNotDone();
      CompletionStage<Void> second =
          MuxRun.feed(mux, late, files.get(late)).thenCompose(_ -> mux.end(late));
      MuxRun.rest(mux, out);
      second.toCompletableFuture().join();
      first.join();
      assertThat(MuxRun.exit(mux).succeeded()).isTrue();
    }
    List<String> frames = late == 0 ? Frames.video(out) : Frames.audio(out);
    Path source = files.get(late);
    Frames.assertSame("late", out, frames, late == 0 ? Frames.video(source) : Frames.audio(source));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aKilledProcessEndsWhatWaitsForIt(int inputs) throws Exception {
    MuxInput[] all = inputs == 1 ? new MuxInput[] {VIDEO} : new MuxInput[] {VIDEO, AUDIO};
    try (MuxProcess mux = script("exec sleep 1000", all)) {
      CompletionStage<Void> write = mux.write(0, zeros(MUCH));
      CompletionStage<ByteBuffer> read = mux.read();
      CompletionStage<Void> second = inputs == 1 ? write : mux.write(1, zeros(MUCH));
      assertThat(ProcessHandle.of(mux.pid()).orElseThrow().destroyForcibly()).isTrue();
      assertBroken(write);
      assertBroken(second);
      assertThat(read.toCompletableFuture().join().remaining()).isZero();
      assertThat(MuxRun.read(mux).remaining()).isZero();
      assertThat(MuxRun.exit(mux)).isEqualTo(new MuxExit(137, List.of(), false));
      assertBroken(mux.write(0, zeros(1)));
      mux.end(0).toCompletableFuture().join();
    }
  }

  @ParameterizedTest
  @CsvSource({"MP4", "MPEGTS"})
  void garbageIsToldInFfmpegsWords(InputFormat format) throws Exception {
    byte[] garbage = new byte[1 << 20];
    new Random(1).nextBytes(garbage);
    MuxInput input = new MuxInput(format, VIDEO.streams(), VIDEO.start());
    try (MuxProcess mux = start(input)) {
      CompletionStage<Void> fed =
          mux.write(0, List.of(ByteBuffer.wrap(garbage))).thenCompose(_ -> mux.end(0));
      assertThat(MuxRun.read(mux).remaining()).isZero();
      MuxExit exit = MuxRun.exit(mux);
      assertThat(exit.succeeded()).isFalse();
      assertThat(exit.said()).isNotEmpty().allMatch(line -> line.length() <= 500);
      assertThat(exit.reason()).startsWith("ffmpeg ended with ").contains(exit.said().getLast());
      fed.handle((_, _) -> true).toCompletableFuture().join();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo exactly; echo why >&2; exit 3", "exec 1>&-; echo why >&2; exit 3"})
  void aProgramThatEndsAtOnceHangsNothing(String script) throws Exception {
    try (MuxProcess mux = script(script, VIDEO, AUDIO)) {
      assertBroken(mux.write(0, zeros(MUCH)));
      assertBroken(mux.write(1, zeros(MUCH)));
      assertThat(MuxRun.exit(mux)).isEqualTo(new MuxExit(3, List.of("why"), false));
    }
  }

  @Test
  void aProgramThatTheShellCantStartIsToldByIt() throws Exception {
    try (MuxProcess mux = script("exit 0", VIDEO, AUDIO)) {
      assertThat(MuxRun.exit(mux).succeeded()).isTrue();
    }
    Files.writeString(folder.resolve("ffmpeg"), "#!/nowhere\n");
    FfmpegPrograms programs = new FfmpegPrograms(folder, Optional.empty());
    List<MuxInput> inputs = List.of(VIDEO, AUDIO);
    MuxPlan plan = MuxPlan.of(MuxMode.AUTO, inputs);
    try (MuxProcess mux = watched(MuxProcess.start(programs, inputs, plan, MuxRun.SETTINGS))) {
      assertThat(MuxRun.read(mux).remaining()).isZero();
      assertThat(MuxRun.exit(mux).code()).isBetween(126, 127);
      assertThat(MuxRun.exit(mux).reason()).contains(folder.resolve("ffmpeg").toString());
    }
  }

  @Test
  void aScriptAroundTheProgramIsKilledWithIt() throws Exception {
    MuxProcess mux = script("sleep 1000 & echo x; wait; exit 3", VIDEO);
    assertThat(MuxRun.read(mux).remaining()).isPositive();
    mux.close();
    assertThat(MuxRun.exit(mux).code()).isEqualTo(137);
  }

  @Test
  void aFloodIsToldAndTakesNoMemory() throws Exception {
    MuxProcess mux = script("exec yes \"$(printf '%01000d' 7)\" >&2", VIDEO);
    mux.flooded().toCompletableFuture().join();
    assertThat(mux.said()).hasSizeLessThanOrEqualTo(20).allMatch(line -> line.length() <= 500);
    mux.close();
    MuxExit exit = MuxRun.exit(mux);
    assertThat(exit.flooded()).isTrue();
    assertThat(exit.said()).hasSizeBetween(1, 20);
  }

  @Test
  void onlyOneOperationAtATime() throws Exception {
    MuxProcess mux = script("exec sleep 1000", VIDEO);
    CompletionStage<Void> write = mux.write(0, zeros(MUCH));
    CompletionStage<ByteBuffer> read = mux.read();
    assertThatIllegalStateException().isThrownBy(() -> mux.write(0, zeros(1)));
    assertThatIllegalStateException().isThrownBy(() -> mux.end(0));
    assertThatIllegalStateException().isThrownBy(mux::read);
    mux.close();
    assertBroken(write);
    read.handle((_, _) -> true).toCompletableFuture().join();
  }

  @ParameterizedTest
  @ValueSource(strings = {"new", "writing", "reading", "ended", "dead", "finished"})
  void closesInEachState(String state) throws Exception {
    for (MuxInput[] inputs : List.of(new MuxInput[] {VIDEO}, new MuxInput[] {VIDEO, AUDIO})) {
      // ffmpeg itself may have read all that is written before it is closed.
      MuxProcess mux = state.equals("writing") ? script("exec sleep 1000", inputs) : start(inputs);
      List<CompletionStage<Void>> writes = new ArrayList<>();
      switch (state) {
        case "writing" -> {
          for (int i = 0; i < inputs.length; i++) {
            writes.add(mux.write(i, zeros(MUCH)));
          }
        }
        case "reading" -> {
          var _ = mux.read();
        }
        case "ended", "finished" -> {
          for (int i = 0; i < inputs.length; i++) {
            mux.end(i).toCompletableFuture().join();
          }
          if (state.equals("finished")) {
            MuxRun.rest(mux, folder.resolve("out.ts"));
          }
        }
        case "dead" -> {
          assertThat(ProcessHandle.of(mux.pid()).orElseThrow().destroyForcibly()).isTrue();
          MuxRun.exit(mux);
        }
        default -> {}
      }
      Thread other = Thread.ofPlatform().start(mux::close);
      mux.close();
      other.join();
      mux.close();
      assertThat(MuxRun.exit(mux).code()).isNotZero();
      for (CompletionStage<Void> write : writes) {
        assertBroken(write);
      }
      assertBroken(mux.write(0, zeros(1)));
      nothingIsLeft();
    }
  }

  /** It is given no file: those that its pipes were made as are gone when it runs. */
  @Test
  void pipesHaveNoNameOnceItRuns() throws Exception {
    try (MuxProcess mux = script("exec sleep 1000", VIDEO, AUDIO)) {
      assertThat(pipes(String.valueOf(mux.pid())))
          .hasSize(4)
          .allMatch(pipe -> pipe.toString().endsWith(" (deleted)"))
          .noneMatch(pipe -> Files.exists(pipe.getParent()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "."})
  void aWrongFolderIsToldWithWhatToDo(String programs) {
    FfmpegPrograms wrong = new FfmpegPrograms(folder.resolve(programs), Optional.empty());
    List<MuxInput> inputs = List.of(VIDEO);
    assertThatExceptionOfType(FfmpegUnavailableException.class)
        .isThrownBy(
            () ->
                MuxProcess.start(wrong, inputs, MuxPlan.of(MuxMode.AUTO, inputs), MuxRun.SETTINGS))
        .withMessageContaining(wrong.folder().toString())
        .withMessageContaining("apt install ffmpeg")
        .withMessageContaining("recorder.m4s.ffmpeg");
  }

  @Test
  void aPlanThatNeedsAnEncoderIsRefusedWithoutOne() throws Exception {
    List<MuxInput> inputs = List.of(VIDEO);
    MuxPlan plan = MuxPlan.of(MuxMode.TRANSCODE, inputs);
    Path file = Files.writeString(folder.resolve("ffmpeg"), "#!/bin/sh\necho ' V..... x y'\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    FfmpegPrograms programs = new FfmpegPrograms(folder, Optional.empty());
    assertThatExceptionOfType(FfmpegUnavailableException.class)
        .isThrownBy(() -> MuxProcess.start(programs, inputs, plan, MuxRun.SETTINGS))
        .withMessageContaining("can't encode H.264");
  }

  @Test
  void anInputThatNothingIsMadeOfIsRefused() {
    List<MuxInput> inputs = List.of(VIDEO, VIDEO);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                MuxProcess.start(
                    MuxRun.programs(), inputs, MuxPlan.of(MuxMode.AUTO, inputs), MuxRun.SETTINGS));
  }
}
