package io.github.streamingserver.cli;

import io.github.streamingserver.cli.CtlException.UsageException;
import io.github.streamingserver.cli.Table.Column;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import io.github.streamingserver.protocol.Field;
import picocli.CommandLine.Option;

/** Which part of a list of items is asked for, and how items are shown. */
final class PageOptions {
  /** Items as rows. */
  static final Table ITEMS =
      new Table(
          Column.text("TITLE", Field.TITLE, Catalogue.NAME),
          Column.amount("DURATION", Field.DURATION, Units::clock),
          Column.whole("URL", Field.URL));

  @Option(names = "--page", paramLabel = "N", description = "Which page, from 1 (1).")
  private int page = 1;

  @Option(names = "--limit", paramLabel = "N", description = "Items on a page (all).")
  private int limit = Page.ALL;

  /** The arguments of a request, with the part that is asked for. */
  JsonObject addTo(JsonObject args) throws UsageException {
    try {
      Page asked = new Page(page, limit);
      JsonObject paged = args.with(Field.PAGE, asked.number());
      return asked.limit() == Page.ALL ? paged : paged.with(Field.LIMIT, asked.limit());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + e.getMessage());
    }
  }
}
