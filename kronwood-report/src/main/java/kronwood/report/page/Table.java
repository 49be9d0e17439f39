package kronwood.report.page;

import java.util.ArrayList;
import java.util.List;

/**
 * A table.
 *
 * @param caption what it shows
 * @param columns heads of the columns
 * @param rows cells, as many in each row as there are columns
 */
public record Table(String caption, List<String> columns, List<List<Cell>> rows) implements Part {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if a column has no head, without which a screen reader cannot
   *     say what its cells are, or a row has another number of cells than there are columns
   */
  public Table {
    columns = List.copyOf(columns);
    if (columns.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("a column without a head in '" + caption + "'");
    }
    List<List<Cell>> copies = new ArrayList<>();
    for (List<Cell> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "a row of %d cells in '%s', which has %d columns"
                .formatted(row.size(), caption, columns.size()));
      }
      copies.add(List.copyOf(row));
    }
    rows = List.copyOf(copies);
  }

  /** The table as CSV with a head, all digits of each number, lines ending with LF. */
  public String csv() {
    StringBuilder csv = new StringBuilder();
    line(csv, columns);
    for (List<Cell> row : rows) {
      line(csv, row.stream().map(Cell::plain).toList());
    }
    return csv.toString();
  }

  private static void line(StringBuilder csv, List<String> cells) {
    for (int c = 0; c < cells.size(); c++) {
      String cell = cells.get(c);
      boolean quoted = cell.chars().anyMatch(i -> i == ',' || i == '"' || i == '\n' || i == '\r');
      csv.append(c == 0 ? "" : ",").append(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
    }
    csv.append('\n');
  }
}
