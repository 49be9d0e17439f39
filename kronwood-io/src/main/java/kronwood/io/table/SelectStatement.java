package kronwood.io.table;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a text of SQL is to DuckDB's own parser, found without running it. A query must be one
 * SELECT that reads; a condition must be one expression.
 *
 * <p>Since DuckDB 2 a SELECT can write: {@code WITH t AS (COPY … TO 'file') SELECT …}. So every
 * node of the parsed query must be of a kind that reads, and every function that gives a table one
 * of those below.
 */
final class SelectStatement {
  private static final Set<String> READING_NODES =
      Set.of("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE");

  private static final Set<String> READING_FUNCTIONS =
      Set.of(
          "read_csv",
          "read_csv_auto",
          "read_parquet",
          "parquet_scan",
          "read_json",
          "read_json_auto",
          "read_ndjson",
          "read_ndjson_auto",
          "read_json_objects",
          "read_json_objects_auto",
          "read_ndjson_objects",
          "read_text",
          "read_blob",
          "glob",
          "sniff_csv",
          "parquet_schema",
          "parquet_metadata",
          "parquet_file_metadata",
          "parquet_kv_metadata",
          "range",
          "generate_series",
          "repeat",
          "repeat_row",
          "unnest",
          "json_each",
          "json_tree",
          "histogram",
          "histogram_values");

  private static final String ONE_QUERY =
      "only one SELECT that reads is allowed, no other statement and none after it";

  private SelectStatement() {}

  /**
   * Checks that a text is one query that reads.
   *
   * @throws Refused if it is not, or cannot be parsed
   */
  static void checkQuery(DuckDb db, String sql) throws SQLException, Refused {
    check(db, sql, ONE_QUERY, false);
  }

  /**
   * Checks that a text is one expression, which stays within parentheses that are put around it.
   *
   * @throws Refused if it is not, or cannot be parsed
   */
  static void checkExpression(DuckDb db, String sql) throws SQLException, Refused {
    String one = "expected one condition, without further statements";
    // Within parentheses it can be nothing but an expression; without, it cannot close them.
    check(db, "SELECT (" + sql + "\n)", one, true);
    check(db, "SELECT " + sql + "\n", one, true);
  }

  private static void check(DuckDb db, String sql, String expected, boolean expression)
      throws SQLException, Refused {
    if (sql.indexOf('\0') >= 0) {
      throw new Refused("it holds the character 0");
    }
    String parsed = one(db, "SELECT json_serialize_sql(" + DuckDb.literal(sql) + ")");
    String json = DuckDb.literal(parsed);
    if (one(db, "SELECT json_extract_string(" + json + ", '$.error')").equals("true")) {
      String kind = one(db, "SELECT json_extract_string(" + json + ", '$.error_type')");
      throw new Refused(
          kind.equals("not implemented")
              ? expected
              : one(db, "SELECT json_extract_string(" + json + ", '$.error_message')"));
    }
    String form =
        one(
            db,
            "SELECT concat_ws(' ', json_array_length(j, '$.statements'),"
                + " json_extract_string(j, '$.statements[0].node.type'),"
                + " json_extract_string(j, '$.statements[0].node.from_table.type'),"
                + " json_array_length(j, '$.statements[0].node.select_list'),"
                + " json_array_length(j, '$.statements[0].node.modifiers')) FROM (SELECT "
                + json
                + "::JSON AS j)");
    if (expression ? !form.equals("1 SELECT_NODE EMPTY 1 0") : !form.startsWith("1 ")) {
      throw new Refused(expected);
    }
    for (String node :
        all(
            db,
            "SELECT DISTINCT json_extract_string(atom, '$') FROM json_tree("
                + json
                + ") WHERE key = 'type' AND json_extract_string(atom, '$') LIKE '%\\_NODE' ESCAPE"
                + " '\\'")) {
      if (!READING_NODES.contains(node)) {
        throw new Refused(expected);
      }
    }
    for (String function :
        all(
            db,
            "SELECT DISTINCT json_extract_string(atom, '$') FROM json_tree("
                + json
                + ") WHERE key = 'function_name' AND path LIKE '%.function'")) {
      if (!READING_FUNCTIONS.contains(function.toLowerCase(Locale.ROOT))) {
        throw new Refused(
            "the table function %s is not one of those that only read"
                .formatted(Listing.quoted(function)));
      }
    }
  }

  private static String one(DuckDb db, String query) throws SQLException {
    return all(db, query).getFirst();
  }

  private static List<String> all(DuckDb db, String query) throws SQLException {
    return db.query(
        query,
        rows -> {
          List<String> values = new ArrayList<>();
          while (rows.next()) {
            values.add(String.valueOf(rows.getString(1)));
          }
          return values;
        });
  }

  /** A text of SQL is not what it should be; the message says why. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message, null, false, false);
    }

    /** Why, in one line. */
    String reason() {
      return Listing.printable(String.valueOf(getMessage()));
    }
  }
}
