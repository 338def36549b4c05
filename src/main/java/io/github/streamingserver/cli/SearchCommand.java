package io.github.streamingserver.cli;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.Command;
import io.github.streamingserver.protocol.Field;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Searches a provider. */
@CommandLine.Command(name = "search", description = "Search a provider.")
final class SearchCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(index = "0", paramLabel = "P", description = "A provider.")
  private String provider = "";

  @Parameters(index = "1", paramLabel = "TERM", description = "What to look for.")
  private String term = "";

  @Mixin private final PageOptions page = new PageOptions();

  SearchCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CtlException {
    JsonObject args = page.addTo(JsonObject.empty());
    try (Session session = context.connect()) {
      JsonObject in = new Catalogue(session).provider(provider);
      context.show(
          session.ask(Command.SEARCH, args.with(Field.PROVIDER, in).with(Field.TERM, term)),
          PageOptions.ITEMS);
      return ExitCode.COMPLETE;
    }
  }
}
