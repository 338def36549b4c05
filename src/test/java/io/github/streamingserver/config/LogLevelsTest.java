package io.github.streamingserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogLevelsTest {
  @TempDir Path folder;

  private final LoggerContext loggers = new LoggerContext();
  private long modified = 1_000_000;

  private void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    modified += 1000;
    Files.setLastModifiedTime(file, FileTime.fromMillis(modified));
  }

  @Test
  void followsTheFile() throws IOException {
    Path file = folder.resolve("debug_config.txt");
    loggers.getLogger("a.known").setLevel(Level.WARN);
    LogLevels levels = new LogLevels(file, loggers);
    levels.applyIfChanged();
    assertThat(loggers.getLogger("a.known").getLevel()).isEqualTo(Level.WARN);

    write(file, "# a comment\n a.known = DEBUG # why\nb.new=trace\nnonsense\nc=LOUD\n");
    levels.applyIfChanged();
    assertThat(loggers.getLogger("a.known").getLevel()).isEqualTo(Level.DEBUG);
    assertThat(loggers.getLogger("b.new").getLevel()).isEqualTo(Level.TRACE);
    assertThat(loggers.getLogger("c").getLevel()).isNull();

    write(file, "b.new=INFO\n");
    levels.applyIfChanged();
    assertThat(loggers.getLogger("a.known").getLevel()).isEqualTo(Level.WARN);
    assertThat(loggers.getLogger("b.new").getLevel()).isEqualTo(Level.INFO);

    Files.delete(file);
    levels.applyIfChanged();
    assertThat(loggers.getLogger("b.new").getLevel()).isNull();
  }
}
