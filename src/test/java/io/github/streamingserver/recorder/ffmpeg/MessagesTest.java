package io.github.streamingserver.recorder.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private long nanos;
  private final Messages messages = new Messages(100, Duration.ofSeconds(10), () -> nanos);

  private void say(String text) {
    messages.add(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void keepsTheLastLines() {
    IntStream.range(0, 50).forEach(i -> say("line " + i + "\n"));
    assertThat(messages.last()).hasSize(20).startsWith("line 30").endsWith("line 49");
    say("and half");
    assertThat(messages.last()).hasSize(20).startsWith("line 31").endsWith("and half");
    say(" a line\r\n\r\n");
    assertThat(messages.last()).hasSize(20).startsWith("line 31").endsWith("and half a line");
  }

  @Test
  void cutsLongLines() {
    say("x".repeat(1200) + "\n");
    assertThat(messages.last()).containsExactly("x".repeat(500), "x".repeat(500), "x".repeat(200));
  }

  @Test
  void leavesOutWhatTheLoaderNotes() {
    say("./ffmpeg: ./libx.so: no version information available (required by ./liby.so)\nreal\n");
    assertThat(messages.last()).containsExactly("real");
  }

  @Test
  void leavesOutThatAnInputIsFedFast() {
    say(
        "[mpegts @ 0x1] Thread message queue blocking; consider raising the thread_queue_size"
            + " option (current value: 128)\n"
            + "real\n");
    assertThat(messages.last()).containsExactly("real");
  }

  @Test
  void leavesOutControlCharacters() {
    say("a\033[2Jb\0c\n");
    assertThat(messages.last()).isEqualTo(List.of("a [2Jb c"));
  }

  @Test
  void aFloodIsManyLinesInOneWindow() {
    IntStream.range(0, 99).forEach(_ -> say("bad frame\n"));
    nanos += Duration.ofSeconds(11).toNanos();
    IntStream.range(0, 99).forEach(_ -> say("bad frame\n"));
    assertThat(messages.flooded()).isFalse();
    say("bad frame\n");
    assertThat(messages.flooded()).isTrue();
    assertThat(messages.flood().toCompletableFuture()).isCompleted();
  }

  @Test
  void bytesWithoutLinesAreAFloodToo() {
    say("x".repeat(100 * 500 + 1));
    assertThat(messages.flooded()).isTrue();
  }
}
