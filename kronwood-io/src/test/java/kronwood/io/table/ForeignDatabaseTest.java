package kronwood.io.table;

import static kronwood.io.table.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import kronwood.data.EntityTable;
import kronwood.io.entities.FeatureReader;
import kronwood.io.pairs.ModeSpec;
import kronwood.io.pairs.PairsReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database file is data: what its maker wrote into it is not run. */
class ForeignDatabaseTest {
  private @TempDir Path folder;
  private TestFiles files;

  @BeforeEach
  void setUp() throws IOException {
    files = new TestFiles(folder);
    files.text("secret.csv", "id,x\nunmentionable,1\n");
  }

  private void database(String... statements) throws SQLException {
    String[] all = new String[statements.length + 2];
    all[0] = "ATTACH '" + files.path("d.duckdb") + "' AS d";
    all[1] = "USE d";
    System.arraycopy(statements, 0, all, 2, statements.length);
    TestFiles.sql(all);
  }

  private void refused(String source, String... parts) {
    String message =
        assertRefused(() -> FeatureReader.read(files.source(source), "t", List.of()), parts);
    assertFalse(message.contains("unmentionable"), message);
  }

  @Test
  void aViewIsRefusedThoughItIsAllThereIs() throws SQLException {
    database("CREATE VIEW v AS SELECT * FROM read_csv('" + files.path("secret.csv") + "')");

    refused("d.duckdb", "'v' is a view", "expected a table", "CREATE TABLE");
    refused("d.duckdb:v", "'v' is a view");
    refused("d.duckdb:V", "is a view");
    assertRefused(
        () ->
            PairsReader.readIds(
                files.source("d.duckdb:v"), ModeSpec.parseAll("left,right"), "left"),
        "is a view");
  }

  @Test
  void aViewBesideATableDoesNotHinderReadingTheTable() throws SQLException {
    database(
        "CREATE VIEW v AS SELECT * FROM read_text('" + files.path("secret.csv") + "')",
        "CREATE TABLE t AS SELECT 'a' AS id, 1 AS x");

    assertEquals(
        List.of("a"), FeatureReader.read(files.source("d.duckdb"), "t", List.of()).ids().asList());
  }

  @Test
  void aMacroIsNoTable() throws SQLException {
    database(
        "CREATE MACRO m() AS TABLE SELECT * FROM read_text('" + files.path("secret.csv") + "')",
        "CREATE TABLE t AS SELECT 'a' AS id, 1 AS x");

    refused("d.duckdb:m", "no table 'm'");
    refused("d.duckdb:m()", "no table 'm()'");
  }

  /** Else whoever makes the file says what the functions do that the reader calls. */
  @Test
  void aMacroNamedLikeAFunctionIsNotCalled() throws SQLException {
    database(
        "CREATE MACRO count(x) AS 99",
        "CREATE MACRO length(x) AS (SELECT max(content) FROM read_text('"
            + files.path("secret.csv")
            + "'))",
        "CREATE MACRO trim(x) AS 'changed'",
        "CREATE MACRO isfinite(x) AS false",
        "CREATE TABLE t AS SELECT 'a' AS id, 1.5::DOUBLE AS x UNION ALL SELECT 'b', 2");

    EntityTable read = FeatureReader.read(files.source("d.duckdb"), "t", List.of());

    assertEquals(List.of("a", "b"), read.ids().asList());
    assertEquals(List.of("x"), read.columns());
  }

  @Test
  void aComputedColumnCannotHoldAQuery() {
    String secret = files.path("secret.csv").toString();
    String message =
        assertThrows(
                SQLException.class,
                () ->
                    database(
                        "CREATE MACRO m(x) AS (SELECT content FROM read_text('" + secret + "'))",
                        "CREATE TABLE t (id VARCHAR, x VARCHAR GENERATED ALWAYS AS (m(id)))"))
            .getMessage();
    assertTrue(message.contains("subquer"), message);
  }

  @Test
  void aQueryOfTheUsersDoesNotOpenAViewEither() throws SQLException {
    database("CREATE VIEW v AS SELECT * FROM read_csv('" + files.path("secret.csv") + "')");
    String file = files.path("d.duckdb").toString();

    for (String from :
        List.of(
            "'" + file + "'",
            "read_duckdb('" + file + "')",
            "read_duckdb('" + file + "', table_name='v')")) {
      TableSource source = TableSource.parse("sql:SELECT * FROM " + from);
      String message = assertRefused(() -> FeatureReader.read(source, "t", List.of()), "sql:");
      assertFalse(message.contains("unmentionable"), message);
    }
  }

  @Test
  void aComputedColumnIsRead() throws SQLException {
    database(
        "CREATE TABLE t (id VARCHAR, x DOUBLE, y DOUBLE GENERATED ALWAYS AS (x * 2) VIRTUAL)",
        "INSERT INTO t VALUES ('a', 3)");

    assertEquals(
        List.of("x", "y"), FeatureReader.read(files.source("d.duckdb"), "t", List.of()).columns());
  }

  @Test
  void aNameThatIsSqlStaysAName() throws SQLException {
    database("CREATE TABLE \"t\"\"; SELECT 1 --\" AS SELECT 'a' AS id, 1 AS \"x\"\" y\"");

    assertEquals(
        List.of("x\" y"), FeatureReader.read(files.source("d.duckdb"), "t", List.of()).columns());
  }
}
