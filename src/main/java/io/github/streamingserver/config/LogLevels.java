package io.github.streamingserver.config;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log levels from {@code debug_config.txt}: a line {@code logger_name=DEBUG} each, comments with #.
 * The file is read again when it changes; a logger that is no longer in it goes back to what it
 * was.
 */
public final class LogLevels {
  private static final Logger LOG = LoggerFactory.getLogger(LogLevels.class);
  private static final long POLL_MILLIS = 2000;

  private final Path file;
  private final LoggerContext loggers;
  private final Map<String, @Nullable Level> before = new HashMap<>();
  private @Nullable FileTime seen;

  LogLevels(Path file, LoggerContext loggers) {
    this.file = file;
    this.loggers = loggers;
  }

  /** Applies {@code file} now, and on a daemon thread whenever it changes. */
  public static void follow(Path file) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers) {
      LogLevels levels = new LogLevels(file, loggers);
      levels.applyIfChanged();
      Thread.ofPlatform().daemon().name("log-levels").start(levels::poll);
    }
  }

  private void poll() {
    try {
      while (true) {
        Thread.sleep(POLL_MILLIS);
        applyIfChanged();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads the file where it is new, changed or gone since the last call. */
  void applyIfChanged() {
    try {
      FileTime now = Files.exists(file) ? Files.getLastModifiedTime(file) : null;
      if (now == null ? seen != null : !now.equals(seen)) {
        seen = now;
        apply(now == null ? Map.of() : read());
      }
    } catch (IOException e) {
      LOG.warn("Log levels in [{}] can't be read: {}", file, e.toString());
    }
  }

  private Map<String, Level> read() throws IOException {
    Map<String, Level> levels = new HashMap<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      String text = line.split("#", 2)[0].strip();
      String[] parts = text.split("=", 2);
      Level level = parts.length == 2 ? Level.toLevel(parts[1].strip(), null) : null;
      if (level != null) {
        levels.put(parts[0].strip(), level);
      } else if (!text.isEmpty()) {
        LOG.warn("[{}] line [{}] is not of the form logger_name=DEBUG", file, number);
      }
    }
    return levels;
  }

  private void apply(Map<String, Level> levels) {
    before.forEach((name, level) -> loggers.getLogger(name).setLevel(level));
    before.clear();
    levels.forEach(
        (name, level) -> {
          before.put(name, loggers.getLogger(name).getLevel());
          loggers.getLogger(name).setLevel(level);
        });
    if (!levels.isEmpty()) {
      LOG.info("Log levels from [{}]: {}", file, levels);
    }
  }
}
