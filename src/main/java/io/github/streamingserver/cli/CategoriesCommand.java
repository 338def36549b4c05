package io.github.streamingserver.cli;

import io.github.streamingserver.cli.Table.Column;
import io.github.streamingserver.protocol.Field;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the categories of a provider. */
@Command(name = "categories", description = "List the categories of a provider.")
final class CategoriesCommand implements Callable<Integer> {
  private static final Table TABLE =
      new Table(Column.text("CATEGORY", Catalogue.NAME), Column.whole("URL", Field.URL));

  private final Context context;

  @Parameters(paramLabel = "P", description = "A provider, as `providers` names it.")
  private String provider = "";

  CategoriesCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CtlException {
    try (Session session = context.connect()) {
      Catalogue catalogue = new Catalogue(session);
      context.show(catalogue.categories(catalogue.provider(provider)), TABLE);
      return ExitCode.COMPLETE;
    }
  }
}
