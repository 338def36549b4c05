package io.github.streamingserver.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.recorder.ffmpeg.FfmpegPrograms;
import io.github.streamingserver.testkit.Journey;
import io.github.streamingserver.testkit.ListedSegment;
import io.github.streamingserver.testkit.LiveChannel;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of a recording whose ffmpeg dies, hangs, raves or is not there. */
class HlsM4sFaultsTest {
  private static final Path PROGRAMS = programs();

  @RegisterExtension
  private final Journey journey =
      new Journey(
          Settings.FAST_LIVE
              + "streamingserver.recorder.m4s { ffmpeg = \"%s\", stall-timeout = 1500 ms }"
                  .formatted(PROGRAMS));

  @RegisterExtension
  private final Journey without =
      new Journey(Settings.FAST_LIVE + "streamingserver.recorder.m4s.ffmpeg = \"/nowhere/ffmpeg\"");

  /**
   * The real programs, behind a script that notes which process it becomes, and once raves over
   * media instead, if asked to.
   */
  private static Path programs() {
    try {
      Path folder = Files.createTempDirectory("programs-");
      FfmpegPrograms real = FfmpegPrograms.find();
      String libraries =
          real.libraries().map(path -> "export LD_LIBRARY_PATH='" + path + "'\n").orElse("");
      for (String program : List.of("ffmpeg", "ffprobe")) {
        Path script =
            Files.writeString(
                folder.resolve(program),
                """
                #!/bin/sh
                %secho $$ >> '%s/%s.pids'
                if [ -e '%s/rave' ]; then
                  rm '%s/rave'
                  head -c 4096 >/dev/null
                  i=0
                  while [ $i -lt 1500 ]; do echo "rave $i" >&2; i=$((i + 1)); done
                fi
                exec '%s' "$@"
                """
                    .formatted(
                        libraries,
                        folder,
                        program,
                        folder,
                        folder,
                        real.folder().resolve(program)));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void signal(String name) throws Exception {
    List<String> pids = Files.readAllLines(PROGRAMS.resolve("ffmpeg.pids"));
    new ProcessBuilder("kill", "-" + name, pids.getLast()).start().waitFor();
  }

  private LiveChannel begin() throws Exception {
    LiveChannel channel =
        new LiveChannel(LiveChannel.EVENT, 1).add(ListedSegment.in(Media.fmp4())).advance(4);
    journey.origin().route("fmp4/live.m3u8", channel);
    journey.beginLive("fmp4/live.m3u8", 2, false);
    return channel;
  }

  /** Another ffmpeg went on in a file of its own; all is there. */
  private void assertWentOn(String reason) throws Exception {
    Path source = Media.joined(Media.fmp4());
    Recording recording = journey.await().assertComplete().assertHoldsInAll(source, source);
    assertThat(recording.files()).hasSize(2);
    recording.assertLog(reason, "it goes on in section 1");
  }

  @Test
  void oneThatDiesIsReplaced() throws Exception {
    LiveChannel channel = begin();
    signal("KILL");
    channel.advance(2).advanceAfterEachLoad(2).endAtLast();
    assertWentOn("ffmpeg ended with 137");
  }

  @Test
  void oneThatHangsIsReplaced() throws Exception {
    LiveChannel channel = begin();
    signal("STOP");
    channel.advance(6).endAtLast();
    assertWentOn("ffmpeg gave no output");
  }

  @Test
  void oneThatRavesIsReplaced() throws Exception {
    Files.writeString(PROGRAMS.resolve("rave"), "");
    assertThat(Files.size(Media.fmp4().resolve("init.mp4")))
        .as("what is no media")
        .isLessThan(4096);
    LiveChannel channel =
        new LiveChannel(LiveChannel.EVENT, 1).add(ListedSegment.in(Media.fmp4())).advance(4);
    journey.origin().route("fmp4/live.m3u8", channel);
    journey.ask("fmp4/live.m3u8");
    Path log = journey.recordings().resolve("log.txt");
    Awaitility.await()
        .until(() -> Files.exists(log) && Files.readString(log).contains("ffmpeg floods"));
    channel.advance(6).endAtLast();
    Recording recording = journey.await();
    assertThat(recording.stop().text("reason")).as(recording.toString()).contains("complete");
    recording.assertLog("LOST", "ffmpeg floods its messages");
  }

  @Test
  void fragmentsAreWrittenAsTheyAreWithoutOne() throws Exception {
    Recording recording = without.record("fmp4/index.m3u8").assertComplete();
    assertThat(recording.folder().resolve("stream_0.mp4"))
        .hasSameBinaryContentAs(Media.joined(Media.fmp4()));
  }

  @Test
  void separateSoundNeedsOneAndSaysWhatToInstall() throws Exception {
    Media.separateAudioFmp4();
    Recording recording = without.record("fmp4-audio/master.m3u8");
    assertThat(recording.stop().text("error_id")).contains("failure");
    assertThat(recording.stop().text("msg").orElse("")).contains("apt install ffmpeg");
  }
}
