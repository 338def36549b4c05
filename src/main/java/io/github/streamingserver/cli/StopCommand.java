package io.github.streamingserver.cli;

import io.github.streamingserver.cli.CtlException.RefusedException;
import io.github.streamingserver.model.ErrorId;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.RecordingId;
import io.github.streamingserver.protocol.Command;
import io.github.streamingserver.protocol.Field;
import io.github.streamingserver.protocol.Message;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** Ends a recording and waits for its end. */
@CommandLine.Command(name = "stop", description = "Stop a recording.")
final class StopCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      description = "A recording, as `status` names it; the box's own slot without one.")
  private String id = RecordingId.DEFAULT.value();

  StopCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CtlException {
    String asked = RecordCommand.checked(() -> new RecordingId(id)).value();
    try (Session session = context.connect()) {
      requireRunning(session, asked);
      session.send(Message.of(Command.STOP, JsonObject.of(Field.RECORDING_ID, asked)));
      Message end = end(session, asked);
      context.line(
          context.options().json()
              ? Context.json(end)
              : Text.clean(asked + ": " + EventText.ending(end.args())));
      return ExitCode.COMPLETE;
    }
  }

  /** A {@code stop} for what doesn't run is never answered: ask first. */
  private static void requireRunning(Session session, String asked) throws CtlException {
    Message status = session.ask(Command.STATUS, JsonObject.empty());
    boolean runs =
        status.args().objects(Field.DATA).stream()
            .map(EventText::recording)
            .anyMatch(asked::equals);
    if (!runs) {
      throw new RefusedException(
          ErrorId.FAILURE.id(), "there is no recording '" + asked + "'; `status` lists them");
    }
  }

  private static Message end(Session session, String asked) throws CtlException {
    Deadline deadline = Deadline.in(session.target().timeout());
    while (true) {
      Message message = session.receive(deadline);
      if (Session.refuses(message, Command.STOP)) {
        throw Session.failure(message.args());
      }
      if (EventText.ends(message, asked)) {
        return message;
      }
    }
  }
}
