package io.github.streamingserver.cli;

import io.github.streamingserver.cli.Table.Column;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.Command;
import io.github.streamingserver.protocol.Field;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Shows what is being recorded. */
@CommandLine.Command(name = "status", description = "Show the recordings.")
final class StatusCommand implements Callable<Integer> {
  private static final Table TABLE =
      new Table(
          Column.text("ID", Field.RECORDING_ID),
          Column.text("STATE", Field.STATE),
          Column.text("RECORDER", Field.RECORDER_ID),
          Column.amount("SIZE", Field.BYTES, Units::bytes),
          Column.amount("VIDEO", Field.MEDIA_SECONDS, Units::clock),
          Column.text("SEGMENTS", Field.SEGMENTS),
          Column.text("LOST", Field.LOST_SEGMENTS),
          Column.text("SECTIONS", Field.SECTIONS),
          Column.text("FOLDER", Field.REC_DIR),
          Column.whole("URL", Field.URL));

  private final Context context;

  StatusCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CtlException {
    try (Session session = context.connect()) {
      context.show(session.ask(Command.STATUS, JsonObject.empty()), TABLE);
      return ExitCode.COMPLETE;
    }
  }
}
