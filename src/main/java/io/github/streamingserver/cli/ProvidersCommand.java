package io.github.streamingserver.cli;

import io.github.streamingserver.cli.Table.Column;
import io.github.streamingserver.protocol.Field;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists the providers that the server has. */
@Command(name = "providers", description = "List the providers.")
final class ProvidersCommand implements Callable<Integer> {
  private static final Table TABLE =
      new Table(
          Column.text("PROVIDER", Field.PROVIDER_ID),
          Column.text("TITLE", Field.TITLE, Catalogue.NAME),
          Column.text("QUALITY", Field.QUALITY));

  private final Context context;

  ProvidersCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CtlException {
    try (Session session = context.connect()) {
      context.show(new Catalogue(session).providers(), TABLE);
      return ExitCode.COMPLETE;
    }
  }
}
