package kronwood.io.table;

import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;
import kronwood.fault.InputException;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * One embedded DuckDB in memory, private to its user: nothing is downloaded, no extension beyond
 * the built-in ones is loaded, and rows keep their order.
 *
 * <p>Its memory is {@link #memory()} bytes beside the heap; tables that need more spill to a folder
 * of their own within the temporary folder, up to sixteen times as much, which only this user can
 * read and which {@link #close} removes.
 *
 * <p>The statements that Kronwood writes may read and write files. Before a text of the user's is
 * part of a statement, {@link SelectStatement} checks it, and before a predicate is run {@link
 * #lock} shuts the file system off.
 */
public final class DuckDb implements AutoCloseable {
  private static final int MOST_THREADS = 4;
  private static final long MOST_MEMORY = 1L << 30;
  private static final long LEAST_MEMORY = 1L << 27;

  /** Bytes that may spill for each byte of memory. */
  private static final int SPILL = 16;

  private static final int LONGEST_REASON = 500;
  private static final String OUT_OF_MEMORY = "Out of Memory Error";
  private static final Pattern GLOB = Pattern.compile("[*?\\[]");

  private final Connection connection;
  private final SpillFolder spill;
  private boolean locked;

  private DuckDb(Connection connection, SpillFolder spill) {
    this.connection = connection;
    this.spill = spill;
  }

  /**
   * Opens an empty database.
   *
   * @throws InputException if its native library can be loaded from nowhere
   */
  public static DuckDb open() {
    return open(false);
  }

  /**
   * Opens an empty database whose results are handed over as they are made, however large they are.
   * While the rows of one are read, no other statement may be run.
   *
   * @throws InputException if its native library can be loaded from nowhere
   */
  public static DuckDb openStreaming() {
    return open(true);
  }

  private static DuckDb open(boolean streaming) {
    NativeLibrary.load();
    SpillFolder spill = SpillFolder.create();
    Properties settings = new Properties();
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("allow_community_extensions", "false");
    settings.setProperty("allow_persistent_secrets", "false");
    settings.setProperty("preserve_insertion_order", "true");
    settings.setProperty("jdbc_stream_results", Boolean.toString(streaming));
    settings.setProperty("memory_limit", memory() + "B");
    settings.setProperty("temp_directory", spill.path());
    settings.setProperty("max_temp_directory_size", SPILL * memory() + "B");
    settings.setProperty(
        "threads",
        Integer.toString(Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors())));
    try {
      return new DuckDb(DriverManager.getConnection("jdbc:duckdb:", settings), spill);
    } catch (SQLException e) {
      spill.close();
      throw failure("embedded DuckDB does not start", e);
    }
  }

  /**
   * Bytes that a database may hold beside the heap: a quarter of the largest heap, but at least 128
   * MB and at most 1 GB.
   */
  static long memory() {
    return Math.clamp(Runtime.getRuntime().maxMemory() / 4, LEAST_MEMORY, MOST_MEMORY);
  }

  /**
   * Shuts off all files, extensions and settings for good: from now on statements see only what is
   * loaded.
   */
  void lock() throws SQLException {
    if (!locked) {
      execute("SET enable_external_access=false");
      execute("SET lock_configuration=true");
      locked = true;
    }
  }

  /** What is done with the rows of a result. */
  @FunctionalInterface
  public interface Rows<T> {
    /** Reads the result, from before its first row. */
    T read(ResultSet rows) throws SQLException;
  }

  /** Runs a query and hands its result to {@code rows}. */
  public <T> T query(String sql, Rows<T> rows) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return rows.read(result);
    }
  }

  /** Runs a statement. */
  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Opens a bulk insert into a temporary table. */
  public DuckDBAppender appender(String table) throws SQLException {
    return connection.unwrap(DuckDBConnection.class).createAppender("temp", "main", table);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure("embedded DuckDB does not close", e);
    } finally {
      spill.close();
    }
  }

  /**
   * A failure of a statement that is ours: an {@link InputException} where a file or the memory is
   * what fails, else a bug.
   */
  public static RuntimeException failure(String what, SQLException e) {
    String message = String.valueOf(e.getMessage());
    boolean resource = message.contains("IO Error") || message.contains(OUT_OF_MEMORY);
    return resource
        ? new InputException(what + ": " + reason(e), e)
        : new IllegalStateException(what + ": " + reason(e), e);
  }

  /**
   * A file as a quoted SQL string that DuckDB takes for this file and no other: characters that
   * would make it a pattern of names are escaped, and what looks like an address is a path.
   *
   * @throws InputException if there is no way to write its name
   */
  public static String file(Path path) {
    String text = path.toAbsolutePath().toString();
    if (!GLOB.matcher(text).find()) {
      return literal(text);
    }
    if (text.indexOf('\\') >= 0 && File.separatorChar != '\\') {
      throw new InputException(
          path + ": a name with a backslash and one of * ? [ cannot be read, rename the file");
    }
    return literal(GLOB.matcher(text).replaceAll("[$0]"));
  }

  /**
   * {@code name} as a quoted SQL identifier.
   *
   * @throws InputException if it holds the character 0, which no name can have
   */
  public static String identifier(String name) {
    if (name.indexOf('\0') >= 0) {
      throw new InputException(
          "the name %s holds the character 0, which the name of a column cannot have"
              .formatted(Listing.quoted(name)));
    }
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** {@code text} as a quoted SQL string. */
  public static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /**
   * DuckDB's reason in one line: without the error class before it and without the excerpt of the
   * statement and the advice on reader options after it.
   */
  public static String reason(SQLException e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    StringBuilder line = new StringBuilder();
    for (String part : message.strip().split("\\R", -1)) {
      String text = part.strip();
      if (text.startsWith("LINE ") || text.startsWith("Possible ") || text.isEmpty()) {
        break;
      }
      if (!text.contains("CSV Error on Line") && !text.startsWith("Original Line")) {
        line.append(line.isEmpty() ? "" : " ").append(text);
      }
    }
    String reason = line.toString();
    int colon = reason.indexOf(": ");
    boolean errorClass =
        colon > 0 && reason.substring(0, colon).toLowerCase(Locale.ROOT).endsWith("error");
    String words = Listing.printable(errorClass ? reason.substring(colon + 2) : reason);
    String cut =
        words.length() <= LONGEST_REASON ? words : words.substring(0, LONGEST_REASON) + "…";
    return reason.startsWith(OUT_OF_MEMORY)
        ? cut + "; tables may take %d MB beside the heap, a quarter of it".formatted(memory() >> 20)
        : cut;
  }
}
