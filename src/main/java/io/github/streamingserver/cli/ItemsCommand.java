package io.github.streamingserver.cli;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.Command;
import io.github.streamingserver.protocol.Field;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists the items in a category. */
@CommandLine.Command(name = "items", description = "List the items in a category.")
final class ItemsCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(index = "0", paramLabel = "P", description = "A provider.")
  private String provider = "";

  @Parameters(
      index = "1",
      paramLabel = "CATEGORY",
      description = "A category's name, as `categories` shows it, or its URL.")
  private String category = "";

  @Mixin private final PageOptions page = new PageOptions();

  ItemsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CtlException {
    JsonObject args = page.addTo(JsonObject.empty());
    try (Session session = context.connect()) {
      Catalogue catalogue = new Catalogue(session);
      JsonObject from = catalogue.provider(provider);
      JsonObject in = catalogue.category(from, category);
      context.show(
          session.ask(
              Command.GET_MEDIA_ITEMS, args.with(Field.PROVIDER, from).with(Field.CATEGORY, in)),
          PageOptions.ITEMS);
      return ExitCode.COMPLETE;
    }
  }
}
