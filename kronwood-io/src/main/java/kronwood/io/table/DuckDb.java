package kronwood.io.table;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Properties;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * One embedded DuckDB in memory, private to its user: nothing is downloaded, no extension beyond
 * the built-in ones is loaded, nothing spills to disk, and rows keep their order.
 */
public final class DuckDb implements AutoCloseable {
  private static final int MOST_THREADS = 4;

  private final Connection connection;

  private DuckDb(Connection connection) {
    this.connection = connection;
  }

  /** Opens an empty database. */
  public static DuckDb open() {
    Properties settings = new Properties();
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("allow_community_extensions", "false");
    settings.setProperty("preserve_insertion_order", "true");
    settings.setProperty("temp_directory", "");
    settings.setProperty(
        "threads",
        Integer.toString(Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors())));
    try {
      return new DuckDb(DriverManager.getConnection("jdbc:duckdb:", settings));
    } catch (SQLException e) {
      throw new IllegalStateException("embedded DuckDB does not start: " + reason(e), e);
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
      throw new IllegalStateException("embedded DuckDB does not close: " + reason(e), e);
    }
  }

  /** {@code name} as a quoted SQL identifier. */
  public static String identifier(String name) {
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
    return errorClass ? reason.substring(colon + 2) : reason;
  }
}
