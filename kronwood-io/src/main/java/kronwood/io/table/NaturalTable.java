package kronwood.io.table;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kronwood.fault.InputException;
import kronwood.io.table.SourceTable.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A source loaded into a temporary DuckDB table whose columns have their natural types, for SQL
 * predicates and for output. In delimited files they are those of {@link NaturalTypes}; columns
 * that hold ids are text exactly as written.
 */
public final class NaturalTable {
  private static final String RAW = DuckDb.identifier("kronwood raw");
  private static final String ROW = "kronwood row";
  private static final Pattern MISSING_COLUMN =
      Pattern.compile("Referenced column \"([^\"]+)\" not found");

  private static final String NOT_PER_ROW =
      "it does not give one value per row; an aggregate needs a subquery, as in y > (SELECT avg(y)"
          + " FROM pairs)";

  private static final String NO_FILES = "disabled by configuration";

  private static final String OTHER_FILES =
      "a condition cannot read files, it sees the table only; join them in a query,"
          + " sql:SELECT …, in place of the table";

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
  public static NaturalTable load(
      DuckDb db, SourceTable source, List<String> textColumns, String name) {
    checkNames(source);
    try {
      int[] all = new int[source.names().size()];
      for (int c = 0; c < all.length; c++) {
        all[c] = c;
      }
      String table = DuckDb.identifier(name);
      if (source.untyped()) {
        db.execute("CREATE TEMP TABLE " + RAW + " AS " + source.textQuery(all));
        db.execute("CREATE TEMP TABLE " + table + " AS " + typedSelect(db, source, textColumns));
        db.execute("DROP TABLE " + RAW);
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
      if (rows > Integer.MAX_VALUE - 8) {
        throw new InputException(
            source.source()
                + ": has "
                + rows
                + " rows, expected at most "
                + (Integer.MAX_VALUE - 8));
      }
      return new NaturalTable(source, name, kinds, (int) rows);
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
    String[] types = NaturalTypes.of(db, RAW, source.names().size());
    StringBuilder select = new StringBuilder("SELECT ");
    for (int c = 0; c < types.length; c++) {
      String name = source.names().get(c);
      String type = Columns.indexOf(textColumns, name) < 0 ? types[c] : "VARCHAR";
      select.append(c == 0 ? "CAST(c" : ", CAST(c").append(c);
      select.append(" AS ").append(type).append(") AS ").append(DuckDb.identifier(name));
    }
    return select.append(" FROM ").append(RAW).toString();
  }

  public SourceTable source() {
    return source;
  }

  /** Name of the table as a quoted identifier. */
  public String identifier() {
    return DuckDb.identifier(name);
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  public Kind kind(int column) {
    return kinds.get(column);
  }

  /** Position of a column. */
  public int indexOf(String column) {
    return source.indexOf(column);
  }

  /** The column's name as a quoted identifier. */
  public String column(int column) {
    return DuckDb.identifier(source.names().get(column));
  }

  /**
   * Runs {@code SELECT expressions} over the table and hands every row to {@code reader}, in order.
   */
  public void forEachRow(DuckDb db, String expressions, RowReader reader) throws SQLException {
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
   * For which rows a predicate holds; where it is NULL it does not. It sees nothing but the tables
   * of this database, which from now on reads and writes no files.
   *
   * @param option the option that gave the predicate, for messages
   * @throws InputException if DuckDB cannot evaluate it
   */
  public boolean[] where(DuckDb db, String option, String predicate) {
    checkNotBlank(option, predicate);
    boolean[] holds = new boolean[rows];
    // A subquery in the predicate may become a join, which need not keep the order of the rows.
    String numbered =
        "(SELECT row_number() OVER () AS \""
            + ROW
            + "\", * FROM "
            + identifier()
            + ") AS "
            + identifier();
    String value = "CAST((" + predicate + "\n) AS BOOLEAN)";
    try {
      SelectStatement.checkExpression(db, predicate);
      db.lock();
      // Tried on the table itself first, so that DuckDB's words are about the user's columns only.
      db.execute("SELECT " + value + " FROM " + identifier() + " LIMIT 0");
      int values =
          db.query(
              "SELECT \"" + ROW + "\", " + value + " FROM " + numbered,
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
        throw rejected(option, predicate, NOT_PER_ROW, null);
      }
    } catch (SQLException e) {
      throw rejected(db, option, predicate, e);
    } catch (SelectStatement.Refused e) {
      throw rejected(option, predicate, e.reason() + keywordAdvice(db, predicate), e);
    }
    return holds;
  }

  /**
   * A predicate as an expression of SQL over this table, which is true or false for each row: false
   * where the predicate is NULL. From now on the database reads and writes no files.
   *
   * @param option the option that gave the predicate, for messages
   * @throws InputException if DuckDB cannot evaluate it
   */
  public String condition(DuckDb db, String option, String predicate) {
    checkNotBlank(option, predicate);
    String value = "COALESCE(CAST((" + predicate + "\n) AS BOOLEAN), false)";
    try {
      SelectStatement.checkExpression(db, predicate);
      db.lock();
      db.execute("SELECT " + value + " FROM " + identifier() + " LIMIT 0");
      // An aggregate is no value of a row.
      db.execute(
          "SELECT \""
              + ROW
              + "\", "
              + value
              + " FROM (SELECT 1 AS \""
              + ROW
              + "\", * FROM "
              + identifier()
              + ") AS "
              + identifier()
              + " LIMIT 0");
      return value;
    } catch (SQLException e) {
      throw rejected(db, option, predicate, e);
    } catch (SelectStatement.Refused e) {
      throw rejected(option, predicate, e.reason() + keywordAdvice(db, predicate), e);
    }
  }

  private void checkNotBlank(String option, String predicate) {
    if (predicate.isBlank()) {
      throw new InputException(
          "%s: is empty, expected a condition such as \"%s.%s = '…'\"; or leave it out"
              .formatted(option, name, source.names().getLast()));
    }
  }

  private InputException rejected(
      DuckDb db, String option, String predicate, SQLException failure) {
    String reason = DuckDb.reason(failure);
    return rejected(
        option,
        predicate,
        reason.contains(ROW)
            ? NOT_PER_ROW
            : reason.contains(NO_FILES)
                ? OTHER_FILES
                : reason + quotesAdvice(reason, predicate) + keywordAdvice(db, predicate),
        failure);
  }

  /** Advice where text that a column is compared with was taken for the name of a column. */
  private static String quotesAdvice(String reason, String predicate) {
    Matcher missing = MISSING_COLUMN.matcher(reason);
    if (!missing.find()) {
      return "";
    }
    String text = missing.group(1);
    Pattern compared = Pattern.compile("[=<>,]\\s*\"?" + Pattern.quote(text) + "(?!\\w)");
    return compared.matcher(predicate).find()
        ? "; if it is text, write it in single quotes: '" + text + "'"
        : "";
  }

  /**
   * Advice where the predicate names columns, such as left and right, that SQL has other uses for.
   */
  private String keywordAdvice(DuckDb db, String predicate) {
    try {
      List<String> keywords =
          db.query(
              "SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category <> 'unreserved'",
              result -> {
                List<String> words = new ArrayList<>();
                while (result.next()) {
                  words.add(result.getString(1));
                }
                return words;
              });
      for (String column : source.names()) {
        Pattern bare = Pattern.compile("(?<![.\"\\w])" + Pattern.quote(column) + "(?![\"\\w(])");
        if (keywords.contains(column.toLowerCase(Locale.ROOT)) && bare.matcher(predicate).find()) {
          return "; %s is also a word of SQL, write %s.%s for the column"
              .formatted(Listing.quoted(column), name, column);
        }
      }
      return "";
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not tell its keywords: " + DuckDb.reason(e), e);
    }
  }

  private InputException rejected(
      String option, String predicate, String reason, @Nullable Exception cause) {
    return new InputException(
        "%s \"%s\" does not work on %s: %s (columns of the table: %s)"
            .formatted(
                option,
                Listing.shortened(predicate),
                source.source(),
                reason,
                Listing.of(source.names())),
        cause);
  }
}
