package kronwood.io.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import kronwood.fault.InputException;
import kronwood.io.table.SourceTable.Kind;
import org.jspecify.annotations.Nullable;

/** The SQL relation of a source that is not a delimited text file. */
final class SourceRelation {
  private static final Pattern DELIMITED_FILE =
      Pattern.compile("\\.(?:csv|tsv)(?:\\.gz)?$", Pattern.CASE_INSENSITIVE);

  private static final String RESULT = "kronwood query";

  private SourceRelation() {}

  /**
   * What to write after FROM.
   *
   * @param textColumns columns that hold ids
   */
  static String of(DuckDb db, TableSource source, List<String> textColumns) throws SQLException {
    return switch (source.format()) {
      case PARQUET -> "read_parquet(" + DuckDb.file(source.path()) + ", hive_partitioning=false)";
      case JSON, JSON_LINES -> json(db, source, textColumns);
      case IDX -> IdxTables.labels(db, source, textColumns);
      case DATABASE -> database(db, source);
      case ROWS -> "(" + source.detail() + ")";
      case SQL -> query(db, source, textColumns);
      case CSV, TSV -> throw new IllegalArgumentException(source + " is a delimited file");
    };
  }

  /**
   * Types are detected over the whole file. An id column that JSON strings make look like dates or
   * UUIDs is read again as text.
   */
  private static String json(DuckDb db, TableSource source, List<String> textColumns)
      throws SQLException {
    String options =
        DuckDb.file(source.path())
            + ", hive_partitioning=false"
            + (source.format() == TableSource.Format.JSON ? "" : ", format='newline_delimited'")
            + ", compression="
            + (source.gzip() ? "'gzip'" : "'none'");
    String detected = "read_json(" + options + ", sample_size=-1)";
    List<String> columns = new ArrayList<>();
    boolean again =
        db.query(
            "SELECT * FROM " + detected + " LIMIT 0",
            rows -> {
              ResultSetMetaData types = rows.getMetaData();
              boolean changed = false;
              for (int c = 1; c <= types.getColumnCount(); c++) {
                String name = types.getColumnName(c);
                String type = types.getColumnTypeName(c);
                Kind kind = Kind.ofType(type);
                if (Columns.indexOf(textColumns, name) >= 0
                    && kind != Kind.TEXT
                    && kind != Kind.INTEGER) {
                  type = "VARCHAR";
                  changed = true;
                }
                columns.add(DuckDb.literal(name) + ": " + DuckDb.literal(type));
              }
              return changed;
            });
    return again
        ? "read_json(" + options + ", columns={" + String.join(", ", columns) + "})"
        : detected;
  }

  private static String database(DuckDb db, TableSource source) throws SQLException {
    if (!isDuckDb(source)) {
      throw new InputException(source + ": is not a DuckDB database file");
    }
    attach(db, source);
    List<String> tables = new ArrayList<>();
    List<String> relations = new ArrayList<>();
    List<String> views = new ArrayList<>();
    db.query(
        "SELECT schema_name, table_name, false FROM duckdb_tables()"
            + " WHERE database_name = 'source' AND NOT internal UNION ALL"
            + " SELECT schema_name, view_name, true FROM duckdb_views()"
            + " WHERE database_name = 'source' AND NOT internal ORDER BY 1, 2",
        rows -> {
          while (rows.next()) {
            String schema = rows.getString(1);
            String table = rows.getString(2);
            String name = schema.equals("main") ? table : schema + "." + table;
            if (rows.getBoolean(3)) {
              views.add(name);
            } else {
              tables.add(name);
              relations.add("source." + DuckDb.identifier(schema) + "." + DuckDb.identifier(table));
            }
          }
          return tables;
        });
    @Nullable String wanted = source.detail();
    if (wanted == null) {
      if (tables.isEmpty() && !views.isEmpty()) {
        throw view(source, views.getFirst());
      }
      if (tables.size() != 1) {
        throw new InputException(
            "%s: the database has %s, expected one: name it as %s:TABLE (tables found: %s)"
                .formatted(
                    source, Listing.count(tables.size(), "table"), source, Listing.of(tables)));
      }
      return selfContained(source, relations.getFirst());
    }
    int table = Columns.indexOf(tables, wanted);
    if (table < 0 && Columns.indexOf(views, wanted) >= 0) {
      throw view(source, wanted);
    }
    if (table < 0) {
      throw new InputException(
          "%s: the database has no table %s%s (tables found: %s)"
              .formatted(
                  source,
                  Listing.quoted(wanted),
                  Columns.suggestion(tables, wanted),
                  Listing.of(tables)));
    }
    return selfContained(source, relations.get(table));
  }

  private static void attach(DuckDb db, TableSource source) throws SQLException {
    db.execute(
        "ATTACH "
            + DuckDb.literal(source.path().toAbsolutePath().toString())
            + " AS source (TYPE duckdb, READ_ONLY)");
  }

  /** A view is a query of whoever made the file, run with the rights of whoever opens it. */
  private static InputException view(TableSource source, String view) {
    return new InputException(
        "%s: %s is a view, which could read any file of yours; expected a table: make one of it with CREATE TABLE … AS FROM %s if you trust the file"
            .formatted(source, Listing.quoted(view), Listing.shortened(view)));
  }

  /**
   * The relation, after a look at it in a database that sees nothing but the file: computed columns
   * of a table are expressions of whoever made the file.
   */
  private static String selfContained(TableSource source, String relation) throws SQLException {
    try (DuckDb apart = DuckDb.open()) {
      attach(apart, source);
      apart.lock();
      apart.execute("SELECT * FROM " + relation + " LIMIT 0");
      return relation;
    }
  }

  /** DuckDB would take a file of another database for one that an extension should read. */
  private static boolean isDuckDb(TableSource source) {
    try (InputStream in = source.open()) {
      byte[] start = in.readNBytes(12);
      return start.length == 12
          && new String(start, 8, 4, StandardCharsets.US_ASCII).equals("DUCK");
    } catch (IOException e) {
      throw new InputException(source + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * A query, run once. Delimited files that it names directly ({@code FROM 'file.csv'}) are loaded
   * as tables of that name, which DuckDB prefers to reading the file itself: so ids stay as
   * written.
   */
  private static String query(DuckDb db, TableSource source, List<String> textColumns)
      throws SQLException {
    String sql = String.valueOf(source.detail());
    try {
      SelectStatement.checkQuery(db, sql);
    } catch (SelectStatement.Refused e) {
      throw new InputException(source + ": cannot be read: " + e.reason(), e);
    }
    List<String> loaded = new ArrayList<>();
    for (String file : literals(sql)) {
      if (DELIMITED_FILE.matcher(file).find()
          && !loaded.contains(file.toLowerCase(Locale.ROOT))
          && isFile(file)) {
        loaded.add(file.toLowerCase(Locale.ROOT));
        NaturalTable.load(
            db, SourceTable.open(db, TableSource.parse(file), textColumns), textColumns, file);
      }
    }
    db.execute("CREATE TEMP TABLE \"" + RESULT + "\" AS SELECT * FROM (" + sql + "\n)");
    return DuckDb.identifier(RESULT);
  }

  /** What stands between single quotes. */
  private static List<String> literals(String sql) {
    List<String> literals = new ArrayList<>();
    int open = sql.indexOf('\'');
    while (open >= 0) {
      int close = sql.indexOf('\'', open + 1);
      while (close >= 0 && close + 1 < sql.length() && sql.charAt(close + 1) == '\'') {
        close = sql.indexOf('\'', close + 2);
      }
      if (close < 0) {
        return literals;
      }
      literals.add(sql.substring(open + 1, close).replace("''", "'"));
      open = sql.indexOf('\'', close + 1);
    }
    return literals;
  }

  private static boolean isFile(String file) {
    try {
      return Files.isRegularFile(Path.of(file));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
