package io.github.streamingserver.cli;

import io.github.streamingserver.protocol.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A recording for logs: a line a section, one every few seconds, one at the end. */
final class LineView implements RecordingView {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Context context;
  private Instant next = Instant.MIN;

  LineView(Context context) {
    this.context = context;
  }

  @Override
  public void asked(String id, Path folder) {
    context.line(Text.clean("recording %s to %s".formatted(id, folder)));
  }

  @Override
  public void started(Message start) {
    context.line(EventText.section(start.args()));
  }

  @Override
  public void progressed(Message progress) {
    Instant now = context.environment().clock().instant();
    if (!now.isBefore(next)) {
      next = now.plus(PAUSE);
      context.line(ProgressLine.facts(progress.args()));
    }
  }

  @Override
  public void stopped(Message stop) {
    context.line(EventText.ending(stop.args()));
  }

  @Override
  public void refused(Message stop) {}

  @Override
  public void done() {}
}
