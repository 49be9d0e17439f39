package kronwood.io.table;

import static kronwood.io.table.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityTable;
import kronwood.io.entities.FeatureReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableSourceTest {
  private @TempDir Path folder;
  private TestFiles files;

  @BeforeEach
  void setUp() {
    files = new TestFiles(folder);
  }

  private static void assertTwoEntities(TableSource source) {
    EntityTable table = FeatureReader.read(source, "image", List.of());
    DenseFeatures features = (DenseFeatures) table.attributes();
    assertEquals(List.of("007", "b"), table.ids().asList());
    assertEquals(List.of("p1", "p 2"), table.columns());
    assertEquals(0.5f, features.value(0, 0));
    assertEquals(-3f, features.value(1, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "a.csv, CSV, false",
    "A.CSV, CSV, false",
    "a.csv.gz, CSV, true",
    "a.tsv, TSV, false",
    "a.parquet, PARQUET, false",
    "a.json, JSON, false",
    "a.ndjson, JSON_LINES, false",
    "a.jsonl.gz, JSON_LINES, true",
    "a.duckdb, DATABASE, false",
    "a.db, DATABASE, false"
  })
  void theEndingOfAFileTellsItsFormat(String name, TableSource.Format format, boolean gzip)
      throws IOException {
    TableSource source = files.text(name, "x");

    assertEquals(format, source.format());
    assertEquals(gzip, source.gzip());
  }

  @Test
  void everyFormatGivesTheSameTable() throws Exception {
    String rows = "SELECT * FROM (VALUES ('007', 0.5, 2), ('b', 1.5, -3)) AS t(id, p1, \"p 2\")";
    String csv = "id,p1,p 2\n007,0.5,2\nb,1.5,-3\n";
    String json = "{\"id\":\"007\",\"p1\":0.5,\"p 2\":2}\n{\"id\":\"b\",\"p1\":1.5,\"p 2\":-3}\n";
    TestFiles.sql(
        "ATTACH '" + files.path("one.duckdb") + "' AS d", "CREATE TABLE d.entities AS " + rows);

    assertTwoEntities(files.text("a.csv", csv));
    assertTwoEntities(files.gzip("a.csv.gz", csv));
    assertTwoEntities(files.text("semicolon.csv", csv.replace(',', ';')));
    assertTwoEntities(files.text("a.tsv", csv.replace(',', '\t')));
    assertTwoEntities(files.gzip("a.tsv.gz", csv.replace(',', '\t')));
    assertTwoEntities(files.parquet("a.parquet", rows));
    assertTwoEntities(files.text("a.ndjson", json));
    assertTwoEntities(files.gzip("a.jsonl.gz", json));
    assertTwoEntities(files.text("a.json", "[" + json.strip().replace("\n", ",") + "]"));
    assertTwoEntities(files.source("one.duckdb"));
    assertTwoEntities(files.source("one.duckdb:entities"));
    assertTwoEntities(TableSource.parse("sql:" + rows + ";"));
    assertTwoEntities(
        TableSource.parse("SQL: SELECT * FROM '" + files.path("a.parquet") + "' -- all of it"));
  }

  @Test
  void aQueryOverADelimitedFileLeavesItsIdsAsWritten() throws IOException {
    Path file = files.path("it's one.csv");
    Files.writeString(file, "id,p1,name,p 2\n007,0.5,x,2\nb,1.5,y,-3\n");
    String name = "'" + file.toString().replace("'", "''") + "'";

    assertTwoEntities(TableSource.parse("sql:SELECT id, p1, \"p 2\" FROM " + name));
    assertTwoEntities(TableSource.parse("sql:SELECT * EXCLUDE (name) FROM " + name));
    EntityTable filtered =
        FeatureReader.read(
            TableSource.parse("sql:SELECT id, p1 FROM " + name + " WHERE p1 > 1"), "t", List.of());
    assertEquals(List.of("b"), filtered.ids().asList());
  }

  @Test
  void idsOfAllDigitsStayAsWrittenThroughAQuery() throws IOException {
    files.text("ids.csv", "id,x\n007,1\n1e5,2\n1.50,3\n");

    EntityTable table =
        FeatureReader.read(
            TableSource.parse("sql:FROM '" + files.path("ids.csv") + "'"), "t", List.of());

    assertEquals(List.of("007", "1e5", "1.50"), table.ids().asList());
  }

  @Test
  void aPathMayHoldCharactersThatSqlOrPatternsUse() throws IOException {
    assertTwoEntities(files.text("it's [1] *?.csv", "id,p1,p 2\n007,0.5,2\nb,1.5,-3\n"));
  }

  @Test
  void aFileThatIsNotThereIsRefusedWithWhereItWasLookedFor() {
    assertRefused(
        () -> TableSource.parse("nowhere/pairs.csv"),
        "nowhere/pairs.csv: there is no such file",
        Path.of("nowhere/pairs.csv").toAbsolutePath().toString());
    assertRefused(() -> TableSource.parse("nowhere.duckdb:t"), "nowhere.duckdb", "no such file");
  }

  @Test
  void aFolderIsRefused() throws IOException {
    Files.createDirectory(files.path("d.csv"));

    assertRefused(() -> files.source("d.csv"), "d.csv", "is a directory");
  }

  @Test
  void anUnknownEndingIsRefusedWithTheKnownOnes() throws IOException {
    assertRefused(
        () -> files.text("pairs.xlsx", "x"),
        "pairs.xlsx",
        "unknown kind",
        ".parquet",
        "sql:SELECT");
    assertRefused(() -> files.text("pairs.parquet.gz", "x"), "pairs.parquet.gz", "unknown kind");
    assertRefused(() -> files.text("pairs", "x"), "pairs", "unknown kind");
  }

  @Test
  void anEmptyQueryPathOrTableIsRefused() throws IOException {
    files.text("a.duckdb", "x");

    assertRefused(() -> TableSource.parse("sql: ;"), "sql:", "no query");
    assertRefused(() -> TableSource.parse(" "), "path", "empty");
    assertRefused(() -> files.source("a.duckdb:"), "a.duckdb:", "no table");
  }

  @Test
  void aFileThatIsNotWhatItsEndingSaysIsRefused() throws IOException {
    TableSource parquet = files.text("a.parquet", "id,x\n" + "1,2\n".repeat(100));
    TableSource database = files.text("a.db", "SQLite format 3\0 and so on");
    TableSource gzip = files.text("a.csv.gz", "id,x\n1,2\n");
    TableSource json = files.text("a.json", "[{\"id\": 1}, {\"id\":");

    assertRefused(() -> read(parquet), "a.parquet", "cannot be read", "magic bytes");
    assertRefused(() -> read(database), "a.db", "not a DuckDB database");
    assertRefused(() -> read(gzip), "a.csv.gz", "not a complete gzip file");
    assertRefused(() -> read(json), "a.json", "cannot be read", "Malformed JSON");
  }

  @Test
  void aTruncatedGzipFileIsRefused() throws IOException {
    files.gzip("a.csv.gz", "id,x\n" + "1,2\n".repeat(10_000));
    byte[] bytes = Files.readAllBytes(files.path("a.csv.gz"));
    Files.write(files.path("a.csv.gz"), Arrays.copyOf(bytes, bytes.length / 2));

    assertRefused(() -> read(files.source("a.csv.gz")), "a.csv.gz", "not a complete gzip file");
  }

  @Test
  void aDatabaseWithSeveralTablesNeedsOneToBeNamed() throws Exception {
    TestFiles.sql(
        "ATTACH '" + files.path("two.duckdb") + "' AS d",
        "CREATE TABLE d.images AS SELECT 'a' AS id, 1 AS x",
        "CREATE TABLE d.words AS SELECT 'b' AS id, 2 AS x",
        "CREATE SCHEMA d.more",
        "CREATE TABLE d.more.images AS SELECT 'c' AS id, 3 AS x");

    assertRefused(
        () -> read(files.source("two.duckdb")),
        "two.duckdb",
        "3 tables",
        "two.duckdb:TABLE",
        "'images'",
        "'words'",
        "'more.images'");
    assertRefused(
        () -> read(files.source("two.duckdb:image")),
        "no table 'image'",
        "did you mean 'images'",
        "'words'");
    assertEquals("a", read(files.source("two.duckdb:images")).ids().id(0));
    assertEquals("c", read(files.source("two.duckdb:more.images")).ids().id(0));
  }

  @Test
  void aDatabaseWithoutTablesIsRefused() throws Exception {
    TestFiles.sql("ATTACH '" + files.path("none.duckdb") + "' AS d", "CHECKPOINT d");

    assertRefused(
        () -> read(files.source("none.duckdb")), "none.duckdb", "0 tables", "tables found: none");
  }

  @Test
  void aQueryThatFailsIsRefusedWithTheReason() {
    String message =
        assertRefused(
            () -> read(TableSource.parse("sql:SELECT nope FROM range(3)")),
            "sql:SELECT nope FROM range(3)",
            "Referenced column \"nope\" not found");
    assertTrue(!message.contains("LINE 1"), message);
    assertRefused(() -> read(TableSource.parse("sql:SELEC 1")), "sql:SELEC 1", "syntax error");
    assertRefused(() -> read(TableSource.parse("sql:SELECT * FROM 'no/such.csv'")), "no/such.csv");
  }

  @Test
  void aQueryCannotLoadExtensionsOrChangeAnything() throws IOException {
    files.text("a.csv", "id,x\n1,2\n");

    assertRefused(
        () -> read(TableSource.parse("sql:SELECT * FROM 'https://localhost:1/x.parquet'")),
        "cannot be read");
    assertRefused(
        () -> read(TableSource.parse("sql:DROP TABLE x")), "sql:DROP TABLE x", "only one SELECT");
  }

  private static EntityTable read(TableSource source) {
    return FeatureReader.read(source, "t", List.of());
  }
}
