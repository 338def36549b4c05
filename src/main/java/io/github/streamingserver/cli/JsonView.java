package io.github.streamingserver.cli;

import io.github.streamingserver.protocol.Message;
import java.nio.file.Path;

/** A recording for scripts: its messages as they came. */
record JsonView(Context context) implements RecordingView {
  @Override
  public void asked(String id, Path folder) {}

  @Override
  public void started(Message start) {
    context.line(Context.json(start));
  }

  @Override
  public void progressed(Message progress) {
    context.line(Context.json(progress));
  }

  @Override
  public void stopped(Message stop) {
    context.line(Context.json(stop));
  }

  @Override
  public void refused(Message stop) {
    context.line(Context.json(stop));
  }

  @Override
  public void done() {}
}
