package kronwood.io.table;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import org.jspecify.annotations.Nullable;

/**
 * A source opened in a DuckDB: its columns, queries over them, and the words for where in it
 * something is wrong. Within queries the columns are called {@code c0, c1, …}, whatever the user
 * calls them.
 */
public final class SourceTable {
  /** What a column holds. */
  public enum Kind {
    TEXT,
    INTEGER,
    REAL,
    BOOLEAN,
    OTHER;

    static Kind ofType(String type) {
      String name = type.toUpperCase(Locale.ROOT);
      int parameters = name.indexOf('(');
      if (name.endsWith("]")) {
        return OTHER;
      }
      return switch (parameters < 0 ? name : name.substring(0, parameters)) {
        case "VARCHAR", "ENUM" -> TEXT;
        case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT" -> INTEGER;
        case "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT" -> INTEGER;
        case "DOUBLE", "FLOAT", "DECIMAL" -> REAL;
        case "BOOLEAN" -> BOOLEAN;
        default -> OTHER;
      };
    }
  }

  private final TableSource source;
  private final List<String> names;
  private final List<Kind> kinds;
  private final @Nullable CsvFile csv;
  private final String relation;

  private SourceTable(
      TableSource source,
      List<String> names,
      List<Kind> kinds,
      @Nullable CsvFile csv,
      String relation) {
    this.source = source;
    this.names = names;
    this.kinds = kinds;
    this.csv = csv;
    this.relation = relation;
  }

  /**
   * Opens a source.
   *
   * @param textColumns columns that hold ids, to be kept as text exactly as written
   * @throws InputException if it cannot be read as a table
   */
  public static SourceTable open(DuckDb db, TableSource source, List<String> textColumns) {
    if (source.delimited()) {
      CsvFile csv = CsvFile.scan(source);
      List<String> names = new ArrayList<>();
      List<Kind> kinds = new ArrayList<>();
      for (String name : csv.header()) {
        names.add(name);
        kinds.add(Kind.TEXT);
      }
      return new SourceTable(source, names, kinds, csv, "");
    }
    try {
      String relation = SourceRelation.of(db, source, textColumns);
      List<String> names = new ArrayList<>();
      List<Kind> kinds = new ArrayList<>();
      db.query(
          "SELECT * FROM " + relation + " LIMIT 0",
          rows -> {
            ResultSetMetaData columns = rows.getMetaData();
            for (int c = 1; c <= columns.getColumnCount(); c++) {
              names.add(columns.getColumnName(c));
              kinds.add(Kind.ofType(columns.getColumnTypeName(c)));
            }
            return names;
          });
      return new SourceTable(source, names, kinds, null, relation);
    } catch (SQLException e) {
      throw unreadable(source, e);
    }
  }

  private static InputException unreadable(TableSource source, SQLException e) {
    return new InputException(
        source + ": cannot be read: " + DuckDb.reason(e), Facts.inFile(source.toString()), e);
  }

  /** DuckDB's failure to read this source, in the user's words. */
  public InputException unreadable(SQLException e) {
    return unreadable(source, e);
  }

  public TableSource source() {
    return source;
  }

  /** Column names as the user wrote them. */
  public List<String> names() {
    return names;
  }

  /** What column {@code column} holds; everything in a delimited file is text. */
  public Kind kind(int column) {
    return kinds.get(column);
  }

  /** Whether nothing is known of the types of the columns. */
  public boolean untyped() {
    return csv != null;
  }

  /** Position of the column of that name, or −1. */
  public int indexOf(String name) {
    return Columns.indexOf(names, name);
  }

  /** A query of the given columns as text; in delimited files exactly as written. */
  public String textQuery(int[] columns) {
    return query(columns, new boolean[columns.length]);
  }

  /**
   * A query of the given columns.
   *
   * @param asFloat which of them are converted to FLOAT; where that is impossible the value is
   *     NULL, or in a delimited file the query fails
   */
  public String query(int[] columns, boolean[] asFloat) {
    StringBuilder select = new StringBuilder("SELECT ");
    boolean[] floats = new boolean[names.size()];
    for (int i = 0; i < columns.length; i++) {
      floats[columns[i]] = asFloat[i];
      String column = "c" + columns[i];
      select.append(i == 0 ? "" : ", ");
      if (csv != null) {
        select.append(column);
      } else if (asFloat[i]) {
        select.append("TRY_CAST(").append(column).append(" AS FLOAT)");
      } else {
        select.append("CAST(").append(column).append(" AS VARCHAR)");
      }
    }
    select.append(" FROM ");
    if (csv != null) {
      return select.append(csv.readCsv(floats)).toString();
    }
    select.append(relation).append(" AS source(");
    for (int c = 0; c < names.size(); c++) {
      select.append(c == 0 ? "c" : ", c").append(c);
    }
    return select.append(")").toString();
  }

  /** A query of all columns under their names and with their types, id columns as text. */
  String naturalQuery(List<String> textColumns) {
    StringBuilder changed = new StringBuilder();
    for (int c = 0; c < names.size(); c++) {
      if (kinds.get(c) != Kind.TEXT && Columns.indexOf(textColumns, names.get(c)) >= 0) {
        String name = DuckDb.identifier(names.get(c));
        changed.append(changed.isEmpty() ? "" : ", ");
        changed.append("CAST(").append(name).append(" AS VARCHAR) AS ").append(name);
      }
    }
    String replace = changed.isEmpty() ? "" : " REPLACE (" + changed + ")";
    return "SELECT *" + replace + " FROM " + relation;
  }

  /**
   * Checks that as many rows were read as the file has.
   *
   * @throws InputException if there are none
   */
  public void checkRows(long read) {
    if (csv != null && csv.rows() != read) {
      throw new IllegalStateException(
          source + " has " + csv.rows() + " rows, but DuckDB read " + read + " of them");
    }
    if (read == 0) {
      throw new InputException(
          source + ": the table has no rows (columns found: " + Listing.of(names) + ")",
          Facts.inFile(source.toString()));
    }
  }

  /** {@code row 17 (line 18)}; rows and lines are counted from 1. */
  public String rowName(long row) {
    return csv == null ? "row " + row : "row " + row + " (line " + csv.line(row) + ")";
  }

  /** Something is wrong in a cell. */
  public InputException at(long row, String column, String problem) {
    return at(row, column, problem, Facts.NONE);
  }

  /** Something is wrong in a cell, of which more is known. */
  public InputException at(long row, String column, String problem, Facts more) {
    return new InputException(
        "%s, %s, column %s: %s".formatted(source, rowName(row), Listing.quoted(column), problem),
        new Facts(
            source.toString(),
            row,
            column,
            more.table(),
            more.mode(),
            more.found(),
            more.expected(),
            more.remedy(),
            null));
  }

  /** A column is missing. */
  public InputException missing(String what, String column) {
    return missing(what, column, Facts.NONE);
  }

  /** A column is missing, of which more is known. */
  public InputException missing(String what, String column, Facts more) {
    return new InputException(
        "%s: %s %s is missing%s (columns found: %s)"
            .formatted(
                source,
                what,
                Listing.quoted(column),
                Columns.suggestion(names, column),
                Listing.of(names)),
        new Facts(
            source.toString(),
            0,
            column,
            more.table(),
            more.mode(),
            Listing.of(names),
            what,
            more.remedy(),
            null));
  }
}
