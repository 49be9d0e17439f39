package kronwood.io.table;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the natural types of columns of text: a number only if every value is one, an integer if it
 * is written as DuckDB would print it (so {@code 007} stays text), else a real number; then
 * booleans ({@code true}, {@code false}), dates and time stamps; else text. Empty cells do not
 * count.
 */
final class NaturalTypes {
  /**
   * DuckDB plans a query of thousands of aggregates in time that grows faster than their number.
   */
  private static final int COLUMNS_AT_ONCE = 50;

  private static final List<String> NUMBER = List.of("TRY_CAST(%1$s AS DOUBLE) IS NOT NULL");
  private static final List<String> KINDS_OF_NUMBER =
      List.of(
          "CAST(TRY_CAST(%1$s AS BIGINT) AS VARCHAR) = %1$s",
          "NOT regexp_matches(%1$s, '^\\s*[+-]?0[0-9]|_')");

  /** A failed conversion to a date costs microseconds: only what looks like one is tried. */
  private static final List<String> KINDS_OF_WORD =
      List.of(
          "lower(%1$s) IN ('true', 'false')",
          "CASE WHEN %1$s LIKE '____-__-__' THEN TRY_CAST(%1$s AS DATE) IS NOT NULL END",
          "CASE WHEN %1$s LIKE '____-__-__%%' THEN TRY_CAST(%1$s AS TIMESTAMP) IS NOT NULL END");

  private final DuckDb db;
  private final String table;

  private NaturalTypes(DuckDb db, String table) {
    this.db = db;
    this.table = table;
  }

  /** The types of the columns {@code c0, c1, …} of {@code table}, an identifier. */
  static String[] of(DuckDb db, String table, int columns) throws SQLException {
    NaturalTypes types = new NaturalTypes(db, table);
    List<Integer> all = new ArrayList<>();
    for (int c = 0; c < columns; c++) {
      all.add(c);
    }
    boolean[][] isNumber = types.allSatisfy(all, NUMBER);
    List<Integer> numbers = new ArrayList<>();
    List<Integer> words = new ArrayList<>();
    for (int c = 0; c < columns; c++) {
      (isNumber[c][0] ? numbers : words).add(c);
    }
    String[] found = new String[columns];
    boolean[][] number = types.allSatisfy(numbers, KINDS_OF_NUMBER);
    for (int i = 0; i < numbers.size(); i++) {
      found[numbers.get(i)] = number[i][0] ? "BIGINT" : number[i][1] ? "DOUBLE" : "VARCHAR";
    }
    boolean[][] word = types.allSatisfy(words, KINDS_OF_WORD);
    for (int i = 0; i < words.size(); i++) {
      boolean[] is = word[i];
      found[words.get(i)] = is[0] ? "BOOLEAN" : is[1] ? "DATE" : is[2] ? "TIMESTAMP" : "VARCHAR";
    }
    return found;
  }

  /** For each column and condition whether all its values, at least one, satisfy the condition. */
  private boolean[][] allSatisfy(List<Integer> columns, List<String> conditions)
      throws SQLException {
    boolean[][] all = new boolean[columns.size()][conditions.size()];
    for (int from = 0; from < columns.size(); from += COLUMNS_AT_ONCE) {
      int first = from;
      int count = Math.min(COLUMNS_AT_ONCE, columns.size() - from);
      StringBuilder select = new StringBuilder();
      for (int column : columns.subList(from, from + count)) {
        select.append(select.isEmpty() ? "SELECT count(c" : ", count(c").append(column).append(")");
        for (String condition : conditions) {
          select.append(", count_if(").append(condition.formatted("c" + column)).append(")");
        }
      }
      db.query(
          select + " FROM " + table,
          result -> {
            result.next();
            for (int i = 0; i < count; i++) {
              int at = 1 + i * (conditions.size() + 1);
              long values = result.getLong(at);
              for (int k = 0; k < conditions.size(); k++) {
                all[first + i][k] = values > 0 && result.getLong(at + 1 + k) == values;
              }
            }
            return all;
          });
    }
    return all;
  }
}
