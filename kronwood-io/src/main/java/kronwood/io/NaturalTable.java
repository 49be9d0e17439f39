package kronwood.io;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kronwood.io.SourceTable.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A source loaded into a temporary DuckDB table whose columns have their natural types, for SQL
 * predicates and for output; columns that hold ids are text exactly as written.
 *
 * <p>A column of a delimited file becomes a number only if every value is one: an integer if it is
 * written as DuckDB would print it (so {@code 007} stays text), else a real number; then booleans
 * ({@code true}, {@code false}), dates and time stamps; else text.
 */
final class NaturalTable {
  private static final String RAW = "kronwood raw";
  private static final String ROW = "kronwood row";

  private final SourceTable source;
  private final String name;
  private final List<Kind> kinds;
  private final int rows;

  private NaturalTable(SourceTable source, String name, List<Kind> kinds, int rows) {
    this.source = source;
    this.name = name;
    this.kinds = kinds;
    this.rows = rows;
  }

  /**
   * Loads a source.
   *
   * @param textColumns columns to be kept as text
   * @param name name of the new table
   * @throws InputException if it cannot be read, has no rows, or has two columns of the same name
   */
  static NaturalTable load(DuckDb db, SourceTable source, List<String> textColumns, String name) {
    checkNames(source);
    try {
      int[] all = new int[source.names().size()];
      for (int c = 0; c < all.length; c++) {
        all[c] = c;
      }
      String table = DuckDb.identifier(name);
      if (source.untyped()) {
        db.execute("CREATE TEMP TABLE \"" + RAW + "\" AS " + source.textQuery(all));
        db.execute("CREATE TEMP TABLE " + table + " AS " + typedSelect(db, source, textColumns));
        db.execute("DROP TABLE \"" + RAW + "\"");
      } else {
        db.execute("CREATE TEMP TABLE " + table + " AS " + source.naturalQuery(textColumns));
      }
      List<Kind> kinds = new ArrayList<>();
      db.query(
          "SELECT * FROM " + table + " LIMIT 0",
          result -> {
            ResultSetMetaData columns = result.getMetaData();
            for (int c = 1; c <= columns.getColumnCount(); c++) {
              kinds.add(Kind.ofType(columns.getColumnTypeName(c)));
            }
            return kinds;
          });
      long rows =
          db.query(
              "SELECT count(*) FROM " + table,
              result -> {
                result.next();
                return result.getLong(1);
              });
      source.checkRows(rows);
      return new NaturalTable(source, name, kinds, Math.toIntExact(rows));
    } catch (SQLException e) {
      throw source.unreadable(e);
    }
  }

  private static void checkNames(SourceTable source) {
    Map<String, Integer> seen = new HashMap<>();
    for (int c = 0; c < source.names().size(); c++) {
      String column = source.names().get(c);
      if (column.isEmpty()) {
        throw new InputException(
            "%s: column %d has no name, give it one in the header (columns found: %s)"
                .formatted(source.source(), c + 1, Listing.of(source.names())));
      }
      Integer earlier = seen.putIfAbsent(column.toLowerCase(Locale.ROOT), c);
      if (earlier != null) {
        throw new InputException(
            "%s: columns %d and %d have the same name %s, rename one of them"
                .formatted(source.source(), earlier + 1, c + 1, Listing.quoted(column)));
      }
    }
  }

  private static String typedSelect(DuckDb db, SourceTable source, List<String> textColumns)
      throws SQLException {
    int columns = source.names().size();
    StringBuilder counts = new StringBuilder("SELECT ");
    for (int c = 0; c < columns; c++) {
      String v = "c" + c;
      counts.append(c == 0 ? "" : ", ").append("count(").append(v).append(")");
      for (String test : tests(v)) {
        counts.append(", count_if(").append(test).append(")");
      }
    }
    String[] types = {"BIGINT", "DOUBLE", "BOOLEAN", "DATE", "TIMESTAMP"};
    return db.query(
        counts + " FROM \"" + RAW + "\"",
        result -> {
          result.next();
          StringBuilder select = new StringBuilder("SELECT ");
          for (int c = 0; c < columns; c++) {
            int at = 1 + c * (types.length + 1);
            long values = result.getLong(at);
            String type = "VARCHAR";
            boolean free = Columns.indexOf(textColumns, source.names().get(c)) < 0;
            for (int t = 0; free && values > 0 && t < types.length; t++) {
              if (result.getLong(at + 1 + t) == values) {
                type = types[t];
                break;
              }
            }
            select.append(c == 0 ? "" : ", ").append("CAST(c").append(c).append(" AS ");
            select.append(type).append(") AS ");
            select.append(DuckDb.identifier(source.names().get(c)));
          }
          return select.append(" FROM \"" + RAW + "\"").toString();
        });
  }

  /**
   * Whether a text is an integer, a real number, a boolean, a date, a time stamp; NULL is neither.
   */
  private static String[] tests(String v) {
    String number =
        "TRY_CAST(%1$s AS DOUBLE) IS NOT NULL AND NOT regexp_matches(%1$s, '^\\s*[+-]?0[0-9]|_')";
    return new String[] {
      "CAST(TRY_CAST(%1$s AS BIGINT) AS VARCHAR) = %1$s".formatted(v),
      number.formatted(v),
      "lower(%1$s) IN ('true', 'false')".formatted(v),
      "length(%1$s) = 10 AND TRY_CAST(%1$s AS DATE) IS NOT NULL".formatted(v),
      "length(%1$s) > 10 AND TRY_CAST(%1$s AS TIMESTAMP) IS NOT NULL".formatted(v)
    };
  }

  SourceTable source() {
    return source;
  }

  /** Name of the table as a quoted identifier. */
  String identifier() {
    return DuckDb.identifier(name);
  }

  /** Number of rows. */
  int rows() {
    return rows;
  }

  Kind kind(int column) {
    return kinds.get(column);
  }

  /** Position of a column. */
  int indexOf(String column) {
    return source.indexOf(column);
  }

  /** The column's name as a quoted identifier. */
  String column(int column) {
    return DuckDb.identifier(source.names().get(column));
  }

  /**
   * Runs {@code SELECT expressions} over the table and hands every row to {@code reader}, in order.
   */
  void forEachRow(DuckDb db, String expressions, RowReader reader) throws SQLException {
    db.query(
        "SELECT " + expressions + " FROM " + identifier(),
        result -> {
          int row = 0;
          while (result.next()) {
            reader.read(++row, result);
          }
          return row;
        });
  }

  /**
   * For which rows a predicate holds; where it is NULL it does not.
   *
   * @param option the option that gave the predicate, for messages
   * @throws InputException if DuckDB cannot evaluate it
   */
  boolean[] where(DuckDb db, String option, String predicate) {
    boolean[] holds = new boolean[rows];
    // A subquery in the predicate may become a join, which need not keep the order of the rows.
    String numbered =
        "(SELECT row_number() OVER () AS \""
            + ROW
            + "\", * FROM "
            + identifier()
            + ") AS "
            + identifier();
    try {
      int values =
          db.query(
              "SELECT \"" + ROW + "\", CAST((" + predicate + "\n) AS BOOLEAN) FROM " + numbered,
              result -> {
                int count = 0;
                while (result.next()) {
                  count++;
                  holds[Math.toIntExact(result.getLong(1) - 1)] =
                      result.getBoolean(2) && !result.wasNull();
                }
                return result.getMetaData().getColumnCount() == 2 ? count : -1;
              });
      if (values != rows) {
        throw rejected(option, predicate, "it does not give one value per row", null);
      }
    } catch (SQLException e) {
      throw rejected(option, predicate, DuckDb.reason(e), e);
    }
    return holds;
  }

  private InputException rejected(
      String option, String predicate, String reason, @Nullable SQLException cause) {
    return new InputException(
        "%s \"%s\" does not work on %s: %s (columns of the table: %s)"
            .formatted(option, predicate, source.source(), reason, Listing.of(source.names())),
        cause);
  }
}
