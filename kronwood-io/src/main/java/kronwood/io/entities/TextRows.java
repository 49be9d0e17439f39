package kronwood.io.entities;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import kronwood.fault.InputException;
import kronwood.io.table.DuckDb;
import kronwood.io.table.SourceTable;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table of texts with an id each.
 *
 * @param ids id of each row, distinct
 * @param cells row-major, null where there is nothing
 */
record TextRows(List<String> ids, List<@Nullable String> cells) {
  /**
   * Reads a table.
   *
   * @throws InputException if an id is missing or occurs twice, or the table has no rows
   */
  static TextRows read(DuckDb db, SourceTable table, int id, int[] columns) {
    int[] all = new int[columns.length + 1];
    all[0] = id;
    System.arraycopy(columns, 0, all, 1, columns.length);
    RowIds ids = new RowIds(table);
    List<@Nullable String> cells = new ArrayList<>();
    try {
      db.query(
          table.textQuery(all),
          result -> {
            while (result.next()) {
              ids.add(result.getString(1));
              for (int c = 0; c < columns.length; c++) {
                cells.add(result.getString(c + 2));
              }
            }
            return ids.size();
          });
    } catch (SQLException e) {
      throw table.unreadable(e);
    }
    return new TextRows(ids.finish(), cells);
  }

  /** One column, top to bottom. */
  List<@Nullable String> column(int column) {
    int width = ids.isEmpty() ? 0 : cells.size() / ids.size();
    List<@Nullable String> values = new ArrayList<>(ids.size());
    for (int row = 0; row < ids.size(); row++) {
      values.add(cells.get(row * width + column));
    }
    return values;
  }
}
