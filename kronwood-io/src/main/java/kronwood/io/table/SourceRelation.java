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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kronwood.fault.InputException;
import kronwood.io.table.SourceTable.Kind;
import org.jspecify.annotations.Nullable;

/** The SQL relation of a source that is not a delimited text file. */
final class SourceRelation {
  private static final Pattern DELIMITED_FILE =
      Pattern.compile("'((?:[^']|'')+\\.(?:csv|tsv)(?:\\.gz)?)'", Pattern.CASE_INSENSITIVE);

  private static final String RESULT = "kronwood query";

  private SourceRelation() {}

  /**
   * What to write after FROM.
   *
   * @param textColumns columns that hold ids
   */
  static String of(DuckDb db, TableSource source, List<String> textColumns) throws SQLException {
    return switch (source.format()) {
      case PARQUET -> "read_parquet(" + DuckDb.literal(source.path().toString()) + ")";
      case JSON, JSON_LINES -> json(db, source, textColumns);
      case IDX -> IdxTables.labels(db, source, textColumns);
      case DATABASE -> database(db, source);
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
        DuckDb.literal(source.path().toString())
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
    db.execute("ATTACH " + DuckDb.literal(source.path().toString()) + " AS source (READ_ONLY)");
    List<String> tables = new ArrayList<>();
    List<String> relations = new ArrayList<>();
    db.query(
        "SELECT schema_name, table_name FROM duckdb_tables()"
            + " WHERE database_name = 'source' AND NOT internal UNION ALL"
            + " SELECT schema_name, view_name FROM duckdb_views()"
            + " WHERE database_name = 'source' AND NOT internal ORDER BY 1, 2",
        rows -> {
          while (rows.next()) {
            String schema = rows.getString(1);
            String table = rows.getString(2);
            tables.add(schema.equals("main") ? table : schema + "." + table);
            relations.add("source." + DuckDb.identifier(schema) + "." + DuckDb.identifier(table));
          }
          return tables;
        });
    @Nullable String wanted = source.detail();
    if (wanted == null) {
      if (tables.size() != 1) {
        throw new InputException(
            "%s: the database has %s, expected one: name it as %s:TABLE (tables found: %s)"
                .formatted(
                    source, Listing.count(tables.size(), "table"), source, Listing.of(tables)));
      }
      return relations.getFirst();
    }
    int table = Columns.indexOf(tables, wanted);
    if (table < 0) {
      throw new InputException(
          "%s: the database has no table %s%s (tables found: %s)"
              .formatted(
                  source,
                  Listing.quoted(wanted),
                  Columns.suggestion(tables, wanted),
                  Listing.of(tables)));
    }
    return relations.get(table);
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
    List<String> loaded = new ArrayList<>();
    Matcher files = DELIMITED_FILE.matcher(sql);
    while (files.find()) {
      String file = files.group(1).replace("''", "'");
      if (!loaded.contains(file.toLowerCase(Locale.ROOT)) && isFile(file)) {
        loaded.add(file.toLowerCase(Locale.ROOT));
        NaturalTable.load(
            db, SourceTable.open(db, TableSource.parse(file), textColumns), textColumns, file);
      }
    }
    db.execute("CREATE TEMP TABLE \"" + RESULT + "\" AS SELECT * FROM (" + sql + "\n)");
    return DuckDb.identifier(RESULT);
  }

  private static boolean isFile(String file) {
    try {
      return Files.isRegularFile(Path.of(file));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
