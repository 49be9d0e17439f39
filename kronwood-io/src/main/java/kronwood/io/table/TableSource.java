package kronwood.io.table;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import kronwood.fault.InputException;
import kronwood.prepared.PreparedPairs;
import org.jspecify.annotations.Nullable;

/**
 * Where a table comes from, as the user typed it.
 *
 * <ul>
 *   <li>a path to a {@code .csv}, {@code .tsv}, {@code .json}, {@code .ndjson} or {@code .jsonl}
 *       file, each also with {@code .gz}, or to a {@code .parquet} file;
 *   <li>a DuckDB database file, {@code .duckdb}, {@code .ddb} or {@code .db}, with {@code :TABLE}
 *       unless it holds exactly one table;
 *   <li>an idx file, as MNIST comes in, recognised by a name such as {@code .idx} or {@code
 *       -idx3-ubyte}, also with {@code .gz}; or several with commas between them, whose rows follow
 *       each other;
 *   <li>{@code sql:SELECT …}: any DuckDB query, which may itself read files. It is one SELECT
 *       statement, and cannot write.
 * </ul>
 *
 * <p>A path is the name of one file: {@code *}, {@code ?} and {@code [} stand for themselves.
 */
public final class TableSource {
  /** How the table is stored. */
  public enum Format {
    CSV,
    TSV,
    PARQUET,
    JSON,
    JSON_LINES,
    IDX,
    DATABASE,
    SQL,
    /** Values that stand in no file. */
    ROWS
  }

  private static final String SQL_PREFIX = "sql:";
  private static final String EXPECTED =
      "expected .csv, .tsv, .json, .ndjson, .jsonl or .idx (each also .gz), .parquet, .duckdb or"
          + " .db, or sql:SELECT …";

  private final String text;
  private final Format format;
  private final boolean gzip;
  private final @Nullable Path path;
  private final @Nullable String detail;

  /** The single files of a list. */
  private final List<TableSource> listed;

  private TableSource(
      String text, Format format, boolean gzip, @Nullable Path path, @Nullable String detail) {
    this(text, format, gzip, path, detail, List.of());
  }

  private TableSource(
      String text,
      Format format,
      boolean gzip,
      @Nullable Path path,
      @Nullable String detail,
      List<TableSource> listed) {
    this.listed = List.copyOf(listed);
    this.text = text;
    this.format = format;
    this.gzip = gzip;
    this.path = path;
    this.detail = detail;
  }

  /**
   * Parses a source and checks that its file is there and readable.
   *
   * @param text as above; a relative path is relative to the working directory
   * @throws InputException if there is no such file, it cannot be read, is a directory, or has an
   *     unknown ending; or the query is empty
   */
  public static TableSource parse(String text) {
    if (text.regionMatches(true, 0, SQL_PREFIX, 0, SQL_PREFIX.length())) {
      String query = text.substring(SQL_PREFIX.length()).strip();
      while (query.endsWith(";")) {
        query = query.substring(0, query.length() - 1).strip();
      }
      if (query.isEmpty()) {
        throw new InputException("'" + text + "' has no query, expected sql:SELECT …");
      }
      return new TableSource("sql:" + query, Format.SQL, false, null, query);
    }
    List<String> names = List.of(text.split(",", -1));
    if (names.size() > 1 && names.stream().allMatch(name -> formatOf(name) == Format.IDX)) {
      List<TableSource> files = names.stream().map(name -> file(name, name, null)).toList();
      return new TableSource(text, Format.IDX, false, files.getFirst().path(), null, files);
    }
    int colon = text.lastIndexOf(':');
    if (colon > 0 && formatOf(text.substring(0, colon)) == Format.DATABASE) {
      String table = text.substring(colon + 1).strip();
      if (table.isEmpty()) {
        throw new InputException("'" + text + "' names no table, expected FILE.duckdb:TABLE");
      }
      return file(text, text.substring(0, colon), table);
    }
    return file(text, text, null);
  }

  /**
   * A table of values that stand in no file.
   *
   * @param columns their names
   * @param rows a value of each column, a {@link Double} for a number or a text; at least one row
   */
  public static TableSource ofRows(List<String> columns, List<List<Object>> rows) {
    List<String> selects = new ArrayList<>();
    for (List<Object> row : rows) {
      List<String> cells = new ArrayList<>();
      for (int c = 0; c < columns.size(); c++) {
        String literal = DuckDb.literal(row.get(c).toString());
        String cell = row.get(c) instanceof Double ? "CAST(" + literal + " AS DOUBLE)" : literal;
        cells.add(cell + " AS " + DuckDb.identifier(columns.get(c)));
      }
      selects.add("SELECT " + String.join(", ", cells));
    }
    return new TableSource(
        "the entities described", Format.ROWS, false, null, String.join(" UNION ALL ", selects));
  }

  private static TableSource file(String text, String file, @Nullable String table) {
    Path path;
    try {
      path = Path.of(file);
    } catch (InvalidPathException e) {
      throw new InputException("'" + file + "' is not a path: " + e.getReason(), e);
    }
    if (file.isBlank()) {
      throw new InputException("the path of a table is empty, " + EXPECTED);
    }
    if (!Files.exists(path)) {
      Path absolute = path.toAbsolutePath().normalize();
      throw new InputException(file + ": there is no such file (looked for " + absolute + ")");
    }
    if (Files.isDirectory(path)) {
      throw new InputException(file + ": is a directory, expected a file with a table");
    }
    if (!Files.isReadable(path)) {
      throw new InputException(file + ": cannot be read, check its permissions");
    }
    Format format = formatOf(file);
    if (format == null && file.endsWith(PreparedPairs.ENDING)) {
      throw new InputException(
          file
              + ": holds prepared pairs, which only train and explain read; give the table they"
              + " were made of");
    }
    if (format == null) {
      throw new InputException(file + ": unknown kind of file, " + EXPECTED);
    }
    boolean gzip = file.toLowerCase(Locale.ROOT).endsWith(".gz");
    return new TableSource(text, format, gzip, path, table);
  }

  private static @Nullable Format formatOf(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    boolean gzip = name.endsWith(".gz");
    String plain = gzip ? name.substring(0, name.length() - 3) : name;
    if (IdxFile.isNamed(plain)) {
      return Format.IDX;
    }
    int dot = plain.lastIndexOf('.');
    return switch (dot < 0 ? "" : plain.substring(dot)) {
      case ".csv" -> Format.CSV;
      case ".tsv" -> Format.TSV;
      case ".json" -> Format.JSON;
      case ".ndjson", ".jsonl" -> Format.JSON_LINES;
      case ".parquet" -> gzip ? null : Format.PARQUET;
      case ".duckdb", ".ddb", ".db" -> gzip ? null : Format.DATABASE;
      default -> null;
    };
  }

  public Format format() {
    return format;
  }

  boolean gzip() {
    return gzip;
  }

  boolean delimited() {
    return format == Format.CSV || format == Format.TSV;
  }

  /** Whether there is a {@link #path}. */
  public boolean isFile() {
    return path != null;
  }

  /** Name of the file without its folders, empty if there is none. */
  public String fileName() {
    Path name = path == null ? null : path.getFileName();
    return name == null ? "" : name.toString();
  }

  /** The file; only where it {@link #isFile}. */
  public Path path() {
    if (path == null) {
      throw new IllegalStateException(text + " is not a file");
    }
    return path;
  }

  /** The files of a list, or the source itself if it is none. */
  List<TableSource> parts() {
    return listed.isEmpty() ? List.of(this) : listed;
  }

  /**
   * Checks, where both this and the source of a mode's entities are idx files, that row i of one
   * can be about row i of the other.
   *
   * @throws InputException if their files do not have the same numbers of rows
   */
  public void checkGoesWith(TableSource entities) {
    if (format == Format.IDX && entities.format == Format.IDX) {
      IdxTables.checkSameRows(this, entities);
    }
  }

  /** Whether its rows have no ids but are about entities by their position, as labels are. */
  public boolean numbersItsRows() {
    return format == Format.IDX;
  }

  /**
   * Checks, where rows are numbered, that there is one for each entity.
   *
   * @param table name of the entities' table
   * @throws InputException if there are more or fewer
   */
  public void checkRows(String table, int entities) {
    if (numbersItsRows()) {
      IdxTables.checkRows(this, table, entities);
    }
  }

  /**
   * The query of {@link Format#SQL} and {@link Format#ROWS}, the table of {@link Format#DATABASE}
   * if one was named.
   */
  @Nullable String detail() {
    return detail;
  }

  /** The file's bytes, unpacked if it is a {@code .gz}. */
  InputStream open() throws IOException {
    InputStream bytes = Files.newInputStream(path());
    if (!gzip) {
      return bytes;
    }
    try {
      return new GZIPInputStream(new BufferedInputStream(bytes, 1 << 16), 1 << 16);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /** The source as the user typed it; of a long query the beginning. */
  @Override
  public String toString() {
    return format == Format.SQL ? Listing.shortened(text) : text;
  }
}
