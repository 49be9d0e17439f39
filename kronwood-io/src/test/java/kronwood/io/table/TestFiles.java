package kronwood.io.table;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.GZIPOutputStream;
import kronwood.fault.InputException;
import org.junit.jupiter.api.function.Executable;

/** Files of a test, in its temporary folder, and what is expected of error messages. */
public final class TestFiles {
  private final Path folder;

  public TestFiles(Path folder) {
    this.folder = folder;
  }

  /** Path of a file in the folder. */
  public Path path(String name) {
    return folder.resolve(name);
  }

  /** Writes a text file and opens it as a source. */
  public TableSource text(String name, String content) throws IOException {
    Files.writeString(path(name), content);
    return source(name);
  }

  /** Writes a gzipped text file and opens it as a source. */
  public TableSource gzip(String name, String content) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path(name)))) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return source(name);
  }

  /** Opens what is there as a source. */
  public TableSource source(String name) {
    return TableSource.parse(path(name).toString());
  }

  /** Writes the result of a query as Parquet. */
  public TableSource parquet(String name, String query) throws SQLException {
    sql("COPY (" + query + ") TO '" + path(name) + "' (FORMAT parquet)");
    return source(name);
  }

  /** Runs statements in a DuckDB of their own. */
  public static void sql(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** First value of the first row of a query, as text. */
  public static String value(String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** Checks that {@code action} is refused with a message that has all the parts, on one line. */
  public static String assertRefused(Executable action, String... parts) {
    String message = String.valueOf(assertThrows(InputException.class, action).getMessage());
    for (String part : parts) {
      assertTrue(message.contains(part), () -> "expected '" + part + "' in: " + message);
    }
    assertTrue(!message.contains("\n"), () -> "expected one line: " + message);
    assertTrue(!message.contains("SQLException"), message);
    return message;
  }
}
