package kronwood.io.entities;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kronwood.fault.InputException;
import kronwood.io.table.DuckDb;
import kronwood.io.table.NumberText;
import kronwood.io.table.NumberText.NotANumber;
import kronwood.io.table.SourceTable;
import kronwood.io.table.SourceTable.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table of numbers with an id each. The array is not copied.
 *
 * <p>DuckDB converts whole columns, which is some ten times faster than converting each text here;
 * only when a value turns out not to be a usable number is the table read again as text, to convert
 * booleans or to report the first bad cell as it was written.
 *
 * @param ids id of each row, distinct
 * @param values row-major, {@code ids.size() × columns}, finite
 */
record NumericRows(List<String> ids, float[] values) {
  /** What the numbers are, for advice about one that is none. */
  enum Use {
    /** Features or similarities to train on. */
    TRAINING,
    /** The same for new entities, in columns that a trained model demands. */
    OF_MODEL
  }

  /**
   * Reads a table.
   *
   * @param id position of the id column
   * @param columns positions of the columns of numbers
   * @param use what they are
   * @throws InputException naming row and column if an id is missing or occurs twice or a value is
   *     not a finite number; or if the table has no rows
   */
  static NumericRows read(DuckDb db, SourceTable table, int id, int[] columns, Use use) {
    try {
      Optional<NumericRows> rows = readAsFloats(db, table, id, columns);
      return rows.isPresent() ? rows.get() : readAsText(db, table, id, columns, use);
    } catch (SQLException e) {
      throw table.unreadable(e);
    }
  }

  /** The rows, or nothing if a value is not a finite number to DuckDB. */
  private static Optional<NumericRows> readAsFloats(
      DuckDb db, SourceTable table, int id, int[] columns) throws SQLException {
    for (int column : columns) {
      if (table.kind(column) == Kind.OTHER) {
        return Optional.empty();
      }
    }
    boolean[] asFloat = new boolean[columns.length + 1];
    Arrays.fill(asFloat, 1, asFloat.length, true);
    String query = table.query(prepend(id, columns), asFloat);
    if (!table.untyped()) {
      return db.query(query, result -> collectFloats(table, result, columns.length));
    }
    try {
      return db.query(query, result -> collectFloats(table, result, columns.length));
    } catch (SQLException notConvertible) {
      return Optional.empty();
    }
  }

  private static Optional<NumericRows> collectFloats(
      SourceTable table, ResultSet result, int columns) throws SQLException {
    Growing rows = new Growing(table, columns);
    while (result.next()) {
      rows.add(result.getString(1));
      for (int c = 0; c < columns; c++) {
        float value = result.getFloat(c + 2);
        if (!Float.isFinite(value) || (value == 0 && result.wasNull())) {
          return Optional.empty();
        }
        rows.set(c, value);
      }
    }
    return Optional.of(rows.finish());
  }

  private static NumericRows readAsText(
      DuckDb db, SourceTable table, int id, int[] columns, Use use) throws SQLException {
    return db.query(
        table.textQuery(prepend(id, columns)),
        result -> {
          Growing rows = new Growing(table, columns.length);
          while (result.next()) {
            rows.add(result.getString(1));
            for (int c = 0; c < columns.length; c++) {
              String text = result.getString(c + 2);
              try {
                rows.set(c, NumberText.parse(text == null ? "" : text));
              } catch (NotANumber e) {
                String advice =
                    switch (use) {
                      case TRAINING -> TextColumns.advice(db, table, id, columns, columns[c]);
                      case OF_MODEL -> "; the model needs a number in each of its columns";
                    };
                throw table.at(rows.size(), table.names().get(columns[c]), e.problem() + advice);
              }
            }
          }
          return rows.finish();
        });
  }

  private static int[] prepend(int first, int[] rest) {
    int[] all = new int[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  /** Rows being read. */
  private static final class Growing {
    private final SourceTable table;
    private final int columns;
    private final RowIds ids;
    private float[] values;

    Growing(SourceTable table, int columns) {
      this.table = table;
      this.columns = columns;
      this.ids = new RowIds(table);
      this.values = new float[16 * columns];
    }

    int size() {
      return ids.size();
    }

    /** Begins a row. */
    void add(@Nullable String id) {
      ids.add(id);
      long needed = (long) ids.size() * columns;
      if (needed > Integer.MAX_VALUE - 8) {
        throw new InputException(
            "%s: more than %d values of %d columns each; give features in the long form id, feature,"
                    .formatted(table.source(), Integer.MAX_VALUE, columns)
                + " value, or fewer rows or columns");
      }
      if (needed > values.length) {
        long room = Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * values.length));
        values = Arrays.copyOf(values, (int) room);
      }
    }

    /** Sets a value of the last row. */
    void set(int column, float value) {
      values[(ids.size() - 1) * columns + column] = value;
    }

    NumericRows finish() {
      return new NumericRows(ids.finish(), Arrays.copyOf(values, ids.size() * columns));
    }
  }
}
