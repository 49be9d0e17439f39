package kronwood.io.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import kronwood.fault.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbTest {
  private static String value(DuckDb db, String query) throws SQLException {
    return db.query(
        query,
        rows -> {
          rows.next();
          return rows.getString(1);
        });
  }

  @Test
  void memoryAndThreadsAreBounded() throws SQLException {
    long quarter = Runtime.getRuntime().maxMemory() / 4;
    assertTrue(DuckDb.memory() <= Math.max(quarter, 1L << 27));
    assertTrue(DuckDb.memory() <= 1L << 30);
    try (DuckDb db = DuckDb.open()) {
      double bytes =
          Double.parseDouble(
              value(
                  db,
                  "SELECT CASE WHEN s LIKE '% GiB' THEN 1024 ELSE 1 END * split_part(s, ' ',"
                      + " 1)::DOUBLE FROM (SELECT current_setting('memory_limit') AS s)"));
      assertEquals(DuckDb.memory() >> 20, bytes, 1.5, "in MB");
      assertTrue(Integer.parseInt(value(db, "SELECT current_setting('threads')")) <= 4);
    }
  }

  @Test
  void whatSpillsGoesToAFolderOfItsOwnThatIsRemoved() throws SQLException {
    Path spill;
    try (DuckDb db = DuckDb.open()) {
      spill = Path.of(value(db, "SELECT current_setting('temp_directory')"));
      assertTrue(Files.isDirectory(spill));
      db.execute("SET memory_limit='16MB'");
      db.execute("SET threads=1");
      db.execute(
          "CREATE TEMP TABLE big AS SELECT md5(i::VARCHAR) AS t FROM range(1000000) AS r(i)");
      db.lock();
      assertEquals("1000000", value(db, "SELECT count(DISTINCT left(t, 12)) FROM big"));
      assertTrue(
          Long.parseLong(value(db, "SELECT coalesce(sum(size), 0) FROM duckdb_temporary_files()"))
              > 0);
    }
    assertFalse(Files.exists(spill));
  }

  @Test
  void nothingOutsideIsSeenOnceItIsLocked(@TempDir Path folder) throws IOException, SQLException {
    Path file = Files.writeString(folder.resolve("a.csv"), "x\n1\n");
    try (DuckDb db = DuckDb.open()) {
      assertEquals("1", value(db, "SELECT count(*) FROM " + DuckDb.file(file)));
      db.lock();
      db.lock();
      for (String sql :
          List.of(
              "SELECT * FROM " + DuckDb.file(file),
              "SELECT * FROM glob('/*')",
              "COPY (SELECT 1) TO '" + folder.resolve("b.csv") + "'",
              "ATTACH '" + folder.resolve("b.duckdb") + "' AS b",
              "SET enable_external_access=true",
              "SET lock_configuration=false",
              "SET allowed_paths=['" + file + "']",
              "RESET memory_limit",
              "INSTALL httpfs",
              "LOAD httpfs")) {
        assertThrows(SQLException.class, () -> db.execute(sql), sql);
      }
      assertEquals("2", value(db, "SELECT 1 + 1"));
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(1, left.count());
    }
  }

  @Test
  void extensionsAreNeitherInstalledNorLoadedByThemselves() throws SQLException {
    try (DuckDb db = DuckDb.open()) {
      assertEquals("false", value(db, "SELECT current_setting('autoinstall_known_extensions')"));
      assertEquals("false", value(db, "SELECT current_setting('autoload_known_extensions')"));
      assertThrows(
          SQLException.class, () -> db.execute("SELECT * FROM 'https://localhost:1/x.parquet'"));
    }
  }

  @Test
  void aFailureOfFilesOrMemoryIsNotABug() {
    assertInstanceOf(
        InputException.class,
        DuckDb.failure("x", new SQLException("IO Error: No space left on device")));
    assertInstanceOf(
        InputException.class,
        DuckDb.failure("x", new SQLException("Out of Memory Error: failed to pin block")));
    assertInstanceOf(
        IllegalStateException.class, DuckDb.failure("x", new SQLException("INTERNAL Error: no")));
  }
}
