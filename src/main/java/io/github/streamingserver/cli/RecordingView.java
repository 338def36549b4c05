package io.github.streamingserver.cli;

import io.github.streamingserver.protocol.Message;
import java.nio.file.Path;

/** Shows a recording to whoever started it. One thread at a time. */
interface RecordingView {
  /** The view that the options and the screen ask for. */
  static RecordingView of(Context context) {
    if (context.options().json()) {
      return new JsonView(context);
    }
    return context.environment().screen().terminal()
        ? new BarView(context.environment())
        : new LineView(context);
  }

  /** Recording {@code id} is asked for, into {@code folder}. */
  void asked(String id, Path folder);

  /** A section began. */
  void started(Message start);

  /** It goes on. */
  void progressed(Message progress);

  /** It ended, well or not. */
  void stopped(Message stop);

  /** It never began; the error is told elsewhere. */
  void refused(Message stop);

  /** Nothing more comes. */
  void done();
}
