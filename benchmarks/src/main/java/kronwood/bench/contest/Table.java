package kronwood.bench.contest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A Markdown table that is also readable as it stands: padded columns, numbers to the right. */
public final class Table {
  private final List<String[]> rows = new ArrayList<>();
  private final boolean[] right;

  /**
   * An empty table.
   *
   * @param header names of the columns; those that begin with {@code >} are set to the right
   */
  public Table(String... header) {
    right = new boolean[header.length];
    String[] names = new String[header.length];
    for (int c = 0; c < header.length; c++) {
      right[c] = header[c].startsWith(">");
      names[c] = right[c] ? header[c].substring(1) : header[c];
    }
    rows.add(names);
  }

  public void add(String... cells) {
    if (cells.length != right.length) {
      throw new IllegalArgumentException(cells.length + " cells in " + right.length + " columns");
    }
    rows.add(cells);
  }

  /** The lines of the table. */
  public List<String> lines() {
    int[] width = new int[right.length];
    for (String[] row : rows) {
      for (int c = 0; c < width.length; c++) {
        width[c] = Math.max(width[c], Math.max(3, row[c].length()));
      }
    }
    List<String> lines = new ArrayList<>();
    for (String[] row : rows) {
      lines.add(line(row, width));
      if (lines.size() == 1) {
        lines.add(rule(width));
      }
    }
    return lines;
  }

  private String line(String[] row, int[] width) {
    StringBuilder line = new StringBuilder("|");
    for (int c = 0; c < width.length; c++) {
      String pad = " ".repeat(width[c] - row[c].length());
      line.append(' ').append(right[c] ? pad + row[c] : row[c] + pad).append(" |");
    }
    return line.toString();
  }

  private String rule(int[] width) {
    StringBuilder line = new StringBuilder("|");
    for (int c = 0; c < width.length; c++) {
      line.append(' ').append("-".repeat(width[c] - 1)).append(right[c] ? ":" : "-").append(" |");
    }
    return line.toString();
  }

  public static String number(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Three significant digits around 1, and at least one for a very small ratio. */
  public static String ratio(double value) {
    return number(value < 0.1 ? "%.4f" : value < 10 ? "%.2f" : "%.1f", value);
  }

  /** The comparison's table: one row per contestant, ratios to the first. */
  static Table of(List<Measured> measured) {
    Table table =
        new Table(
            "run",
            "engine",
            ">neurons",
            ">samples",
            ">d",
            ">start cpu s",
            ">epoch s",
            ">ratio",
            ">epoch cpu s",
            ">cpu ratio",
            ">fired",
            ">visited",
            ">inner products",
            ">live MB");
    Measured first = measured.getFirst();
    for (Measured side : measured) {
      Contestant.Shape shape = side.contestant().shape();
      table.add(
          side.contestant().label(),
          shape.engine(),
          number("%d", shape.neurons()),
          number("%d", shape.samples()),
          number("%,.0f", shape.dimension()),
          number("%.3f", side.median(Run::startCpu)),
          number("%.4f", side.medianWall()),
          ratio(side.medianWall() / first.medianWall()),
          number("%.4f", side.medianCpu()),
          ratio(side.medianCpu() / first.medianCpu()),
          number("%.1f", side.perSample(side.work().fired())),
          side.work().nodesVisited() == 0
              ? "-"
              : number("%.1f", side.perSample(side.work().nodesVisited())),
          number("%,.0f", side.perSample(side.work().innerProducts())),
          number("%.1f", side.first().memory() / 1048576.0));
    }
    return table;
  }
}
