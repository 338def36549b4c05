package io.github.streamingserver.cli;

import io.github.streamingserver.protocol.Message;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints what the server broadcasts, until Ctrl-C or until nobody reads it. */
@Command(
    name = "watch",
    description = "Print what happens to all recordings, and their progress, until Ctrl-C.")
final class WatchCommand implements Callable<Integer> {
  private final Context context;

  WatchCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CtlException {
    try (Session session = context.connect()) {
      while (!context.environment().out().checkError()) {
        Message message = session.receive(Deadline.NEVER);
        context.line(context.options().json() ? Context.json(message) : EventText.line(message));
      }
      return ExitCode.COMPLETE;
    }
  }
}
