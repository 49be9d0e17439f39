package kronwood.io.entities;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kronwood.fault.InputException;
import kronwood.io.table.DuckDb;
import kronwood.io.table.Listing;
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
    List<String> ids = new ArrayList<>();
    List<@Nullable String> cells = new ArrayList<>();
    try {
      Map<String, Integer> positions = new HashMap<>();
      db.query(
          table.textQuery(all),
          result -> {
            while (result.next()) {
              addId(table, result.getString(1), ids, positions);
              for (int c = 0; c < columns.length; c++) {
                cells.add(result.getString(c + 2));
              }
            }
            return ids.size();
          });
    } catch (SQLException e) {
      throw table.unreadable(e);
    }
    table.checkRows(ids.size());
    return new TextRows(ids, cells);
  }

  private static void addId(
      SourceTable table, @Nullable String id, List<String> ids, Map<String, Integer> positions) {
    long row = ids.size() + 1L;
    if (id == null || id.isEmpty()) {
      throw new InputException(
          table.source() + ", " + table.rowName(row) + ": the id is empty, expected one per row");
    }
    Integer earlier = positions.putIfAbsent(id, ids.size());
    if (earlier != null) {
      throw new InputException(
          "%s: the id %s is used twice, in %s and %s; remove or rename one of them"
              .formatted(
                  table.source(),
                  Listing.quoted(id),
                  table.rowName(earlier + 1L),
                  table.rowName(row)));
    }
    ids.add(id);
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
