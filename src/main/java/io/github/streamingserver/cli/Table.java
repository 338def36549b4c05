package io.github.streamingserver.cli;

import io.github.streamingserver.model.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Objects as aligned lines under a heading. On a terminal columns are cut to its width, except one
 * that is marked as whole, since half a URL is of no use.
 */
record Table(List<Column> columns) {
  private static final String GAP = "  ";
  private static final int NARROWEST = 4;

  /** A file has no width, but one long text must not pad every other line. */
  private static final int WIDEST_PADDING = 100;

  Table {
    columns = List.copyOf(columns);
  }

  Table(Column... columns) {
    this(List.of(columns));
  }

  /** What is shown of each object, and how. */
  record Column(String title, Style style, Function<JsonObject, String> value) {
    enum Style {
      LEFT,
      RIGHT,
      WHOLE
    }

    /** The text of the first of {@code fields} that is there. */
    static Column text(String title, String... fields) {
      return new Column(title, Style.LEFT, row -> first(row, fields));
    }

    /** The same, never cut. */
    static Column whole(String title, String field) {
      return new Column(title, Style.WHOLE, row -> first(row, field));
    }

    /** An amount, aligned to the right; empty where there is none. */
    static Column amount(String title, String field, Function<Double, String> shown) {
      return new Column(
          title, Style.RIGHT, row -> Units.amount(row, field).map(shown).orElse(first(row, field)));
    }

    private static String first(JsonObject row, String... fields) {
      return Arrays.stream(fields).flatMap(f -> row.text(f).stream()).findFirst().orElse("");
    }

    private boolean whole() {
      return style == Style.WHOLE;
    }
  }

  /** The heading and a line for each of {@code rows}. */
  List<String> lines(List<JsonObject> rows, Screen screen) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(columns.stream().map(Column::title).toList());
    rows.forEach(
        row -> cells.add(columns.stream().map(c -> Text.clean(c.value().apply(row))).toList()));
    int[] widths = widths(cells, screen);
    List<String> lines = new ArrayList<>(cells.stream().map(c -> line(c, widths, screen)).toList());
    if (screen.colour()) {
      lines.set(0, "\u001b[1m" + lines.getFirst() + "\u001b[0m");
    }
    return lines;
  }

  private String line(List<String> cells, int[] widths, Screen screen) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      Column column = columns.get(i);
      boolean cut = screen.terminal() && !column.whole();
      String text = cut ? Text.fit(cells.get(i), widths[i]) : cells.get(i);
      String padding = " ".repeat(Math.max(0, widths[i] - Text.width(text)));
      boolean right = column.style() == Column.Style.RIGHT;
      line.append(i == 0 ? "" : GAP).append(right ? padding + text : text + padding);
    }
    return line.toString().stripTrailing();
  }

  private int[] widths(List<List<String>> cells, Screen screen) {
    int most = screen.terminal() ? screen.width() : WIDEST_PADDING;
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      int natural = cells.stream().mapToInt(row -> Text.width(row.get(column))).max().orElse(0);
      widths[i] = Math.min(natural, most);
    }
    if (screen.terminal()) {
      narrow(widths, screen.width() - GAP.length() * (widths.length - 1));
    }
    return widths;
  }

  /** Takes from the widest first; a whole column leaves the others half of the room at least. */
  private void narrow(int[] widths, int room) {
    int whole = 0;
    for (int i = 0; i < widths.length; i++) {
      whole += columns.get(i).whole() ? widths[i] : 0;
    }
    int budget = Math.max(room - whole, room / 2);
    while (true) {
      int sum = 0;
      int widest = 0;
      for (int i = 0; i < widths.length; i++) {
        if (!columns.get(i).whole()) {
          sum += widths[i];
          widest = columns.get(widest).whole() || widths[i] > widths[widest] ? i : widest;
        }
      }
      if (sum <= budget || widths[widest] <= NARROWEST) {
        return;
      }
      widths[widest]--;
    }
  }
}
