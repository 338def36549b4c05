package io.github.streamingserver.cli;

import io.github.streamingserver.protocol.Message;
import java.io.PrintWriter;
import java.nio.file.Path;

/** A recording on a terminal: one line that is drawn over and over, with what happens above it. */
final class BarView implements RecordingView {
  private final PrintWriter out;
  private final int width;
  private String drawn = "";

  BarView(Environment environment) {
    out = environment.out();
    // The last column would make some terminals turn to the next line.
    width = environment.screen().width() - 1;
  }

  @Override
  public synchronized void asked(String id, Path folder) {
    above(Text.clean("recording %s to %s".formatted(id, folder)));
  }

  @Override
  public synchronized void started(Message start) {
    above(EventText.section(start.args()));
  }

  @Override
  public synchronized void progressed(Message progress) {
    draw(ProgressLine.draw(progress.args(), width));
  }

  @Override
  public synchronized void stopped(Message stop) {
    done();
    above(EventText.ending(stop.args()));
  }

  @Override
  public void refused(Message stop) {}

  /** Leaves the line as it stands last. */
  @Override
  public synchronized void done() {
    if (!drawn.isEmpty()) {
      out.println();
      out.flush();
      drawn = "";
    }
  }

  private void above(String text) {
    String line = drawn;
    draw("");
    out.println(text);
    draw(line);
  }

  private void draw(String line) {
    if (!line.equals(drawn)) {
      String rest = " ".repeat(Math.max(0, drawn.length() - line.length()));
      out.print("\r" + line + rest + (line.isEmpty() ? "\r" : ""));
      drawn = line;
    }
    out.flush();
  }
}
