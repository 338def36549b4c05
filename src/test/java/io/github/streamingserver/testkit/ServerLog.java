package io.github.streamingserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;

/** What the server logs while this is open. */
public final class ServerLog implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Logger logger;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(event.getFormattedMessage());
        }
      };

  /** Begins to listen to the server's own lines. */
  public ServerLog() {
    this("io.github.streamingserver");
  }

  /** Begins to listen to what is logged by this name or one below it. */
  public ServerLog(String name) {
    logger = (Logger) LoggerFactory.getLogger(name);
    appender.setContext(logger.getLoggerContext());
    appender.start();
    logger.addAppender(appender);
  }

  /** All lines so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** Those with {@code words} in them. */
  public List<String> lines(String words) {
    return lines.stream().filter(line -> line.contains(words)).toList();
  }

  /** Waits for a line with {@code words} in it. */
  public void await(String words) {
    await(words, 1);
  }

  /** Waits for so many. */
  public void await(String words, int times) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(lines.stream().filter(line -> line.contains(words)).count())
                    .as("lines with [%s] in %s", words, lines)
                    .isGreaterThanOrEqualTo(times));
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    appender.stop();
  }
}
