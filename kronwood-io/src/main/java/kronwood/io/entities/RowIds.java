package kronwood.io.entities;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kronwood.fault.InputException;
import kronwood.io.table.Listing;
import kronwood.io.table.SourceTable;
import org.jspecify.annotations.Nullable;

/** The ids of a table's rows, while they are read: each row has one, and no two the same. */
final class RowIds {
  private final SourceTable table;
  private final List<String> ids = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();

  RowIds(SourceTable table) {
    this.table = table;
  }

  /** Number of rows so far. */
  int size() {
    return ids.size();
  }

  /**
   * Adds the id of the next row.
   *
   * @throws InputException naming the row if it has none, or both rows if another has the same
   */
  void add(@Nullable String id) {
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

  /**
   * The ids of all rows.
   *
   * @throws InputException if there are none
   */
  List<String> finish() {
    table.checkRows(ids.size());
    return ids;
  }
}
