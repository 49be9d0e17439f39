package kronwood.io.pairs;

import static kronwood.io.table.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import kronwood.io.table.TableSource;
import kronwood.io.table.TestFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Neither a query nor a condition can do what it is not for. */
class SelectStatementTest {
  private @TempDir Path folder;
  private TestFiles files;

  @BeforeEach
  void setUp() throws IOException {
    files = new TestFiles(folder);
    files.text("pairs.csv", "left,right,y\na,x,1\nb,y,2\n");
    files.text("secret.csv", "id,x\nunmentionable,1\n");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** {@code $F} is a file that is not there, {@code $S} and {@code $P} are files that are. */
  private String filled(String sql) {
    return sql.replace("$F", files.path("written").toString())
        .replace("$S", files.path("secret.csv").toString())
        .replace("$P", files.path("pairs.csv").toString());
  }

  private TrainingPairs where(String predicate) {
    return PairsFixture.read(
        files.source("pairs.csv"), PairsFixture.REAL, new SplitSpec(filled(predicate), null, null));
  }

  private TrainingPairs query(String sql) {
    return PairsFixture.read(
        TableSource.parse("sql:" + filled(sql)), PairsFixture.REAL, SplitSpec.trainOnAll());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Out of the parentheses and into a statement of its own.
        "true) AS BOOLEAN) FROM pairs; COPY (SELECT 42) TO '$F'; SELECT CAST((true",
        "true) AS BOOLEAN) FROM pairs; ATTACH '$F' AS z; SELECT CAST((true",
        "true); COPY (SELECT 42) TO '$F'; SELECT (true",
        "true); SET autoinstall_known_extensions=true; INSTALL httpfs; SELECT (true",
        "true); LOAD httpfs; SELECT (true",
        "true); PRAGMA enable_profiling; SELECT (true",
        "true) AS BOOLEAN) FROM pairs UNION ALL SELECT 1, CAST((true",
        "true /*",
        "true) --",
        "true; SELECT 1",
        "true\u0000",
        // Not one expression.
        "true, true",
        "true FROM pairs",
        "true AS a ORDER BY 1",
        "*",
        // Statements within the expression.
        "EXISTS (WITH a AS (COPY (SELECT 42) TO '$F') SELECT 1)",
        "EXISTS (WITH a AS (DELETE FROM pairs RETURNING *) SELECT * FROM a)",
        "EXISTS (WITH a AS (INSERT INTO pairs SELECT * FROM pairs RETURNING *) SELECT * FROM a)",
        // Files.
        "EXISTS (SELECT * FROM read_text('$S'))",
        "EXISTS (SELECT * FROM read_blob('$S'))",
        "EXISTS (SELECT * FROM read_csv('$S'))",
        "EXISTS (FROM '$S')",
        "EXISTS (SELECT * FROM glob('/*'))",
        "EXISTS (SELECT * FROM sniff_csv('$S'))",
        "EXISTS (SELECT * FROM query('SELECT * FROM read_text(''$S'')'))",
        "EXISTS (SELECT * FROM query_table('$S'))",
        "EXISTS (SELECT * FROM read_duckdb('$S'))",
        "EXISTS (SELECT * FROM 'https://localhost:1/x.parquet')",
        // Settings, logs and secrets.
        "EXISTS (SELECT * FROM enable_logging(storage='file', storage_path='$F'))",
        "EXISTS (SELECT * FROM enable_profiling(save_location='$F'))",
        "EXISTS (SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1')))",
        "EXISTS (SELECT * FROM duckdb_secrets())",
        "EXISTS (SELECT * FROM create_external_resource('x'))",
        "EXISTS (SELECT * FROM checkpoint())",
        "EXISTS (CALL pragma_version())",
        "(SET threads=1)",
        "(SELECT getenv('HOME')) IS NULL",
        // Macros, views and pragmas.
        "true); CREATE VIEW v AS FROM '$S'; SELECT (true",
        "true); CREATE MACRO m() AS TABLE FROM '$S'; SELECT (true",
        "EXISTS (WITH a AS (CREATE MACRO m() AS 1) SELECT 1)",
        "EXISTS (FROM m())",
        "m() = 1",
        "EXISTS (FROM pragma_database_list())",
        "EXISTS (FROM pragma_table_info('$S'))",
        "EXISTS (FROM duckdb_settings())",
        "EXISTS (PRAGMA version)",
        "EXISTS (DESCRIBE FROM '$S')",
        "EXISTS (SUMMARIZE FROM '$S')",
        "EXISTS (FROM parquet_metadata('$S'))",
        "EXISTS (FROM read_json_objects('$S'))",
        "EXISTS (FROM read_csv(['$S', '$P']))",
        "y IN (SELECT x FROM '$S')",
        "(FROM '$S' SELECT x LIMIT 1) = 1"
      })
  void aConditionThatIsMoreThanOneIsRefused(String predicate) throws IOException {
    List<String> before = names();

    assertRefused(() -> where(predicate), "train-where", "pairs.csv");

    assertEquals(before, names());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "y < 2",
        "y < 2 -- the small ones",
        "y < (SELECT avg(y) FROM pairs)",
        "pairs.\"left\" IN ('a', 'c;)', 'COPY')",
        "y = 1 /* ) ; */ AND true",
        "y IN (SELECT min(p.y) FROM pairs AS p GROUP BY p.\"right\" ORDER BY 1 LIMIT 1)",
        "(y) < (2)",
        "CASE WHEN y < 2 THEN true ELSE false END",
        "EXISTS (WITH r AS (SELECT y AS z) SELECT * FROM r WHERE z < 2)",
        "y IN (SELECT unnest([1, 7]))",
        "y IN (SELECT * FROM range(0, 2))"
      })
  void aConditionMayBeAnyExpressionOverTheTable(String predicate) {
    assertEquals(1, where(predicate).split().train().length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM '$P') ; COPY (SELECT 42) TO '$F' ; SELECT * FROM (SELECT 1 AS x",
        "SELECT * FROM '$P'; COPY (SELECT 42) TO '$F'",
        "COPY (SELECT 42) TO '$F'",
        "WITH a AS (COPY (SELECT 42) TO '$F') SELECT * FROM '$P'",
        "WITH a AS (COPY (SELECT 42) TO '$F' (FORMAT parquet)) SELECT * FROM a",
        "SELECT * FROM '$P' WHERE EXISTS (WITH a AS (COPY (SELECT 42) TO '$F') SELECT 1)",
        "EXPORT DATABASE '$F'",
        "ATTACH '$F' AS z",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET autoload_known_extensions=true",
        "PRAGMA enable_profiling",
        "CREATE TABLE z AS SELECT 1",
        "CREATE SECRET s (TYPE s3)",
        "CREATE VIEW v AS FROM '$P'",
        "CREATE MACRO m() AS TABLE FROM '$P'",
        "CREATE TYPE t AS ENUM (SELECT \"left\" FROM '$P')",
        "WITH a AS (CREATE MACRO m() AS 1) SELECT * FROM '$P'",
        "SELECT * FROM pragma_database_list()",
        "SELECT * FROM duckdb_settings()",
        "CALL pragma_version()",
        "USE memory",
        "DETACH memory",
        "IMPORT DATABASE '$F'",
        "CHECKPOINT",
        "VACUUM",
        "BEGIN; COPY (SELECT 42) TO '$F'",
        "PREPARE q AS COPY (SELECT 42) TO '$F'",
        "EXPLAIN ANALYZE COPY (SELECT 42) TO '$F'",
        "DELETE FROM '$P'",
        "UPDATE '$P' SET y = 1",
        "INSERT INTO z VALUES (1)",
        "SELECT * FROM '$P'; SELECT 1",
        "SELECT * FROM enable_logging(storage='file', storage_path='$F')",
        "SELECT * FROM ENABLE_PROFILING(save_location='$F')",
        "SELECT * FROM main.enable_logging(storage='file', storage_path='$F')",
        "SELECT * FROM query('WITH a AS (COPY (SELECT 42) TO ''$F'') SELECT 1')",
        "SELECT * FROM 'https://localhost:1/x.parquet'",
        "SELECT 1 /*",
        ""
      })
  void aQueryThatIsMoreThanReadingIsRefused(String sql) throws IOException {
    List<String> before = names();

    assertRefused(() -> query(sql), "sql:");

    assertEquals(before, names());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM '$P'",
        "FROM '$P'",
        "SELECT * FROM read_csv('$P') -- all",
        "WITH p AS (SELECT * FROM '$P') SELECT * FROM p WHERE y < 3 ORDER BY y LIMIT 2",
        "SELECT * FROM '$P' WHERE y = 1 UNION ALL SELECT * FROM '$P' WHERE y = 2",
        "SELECT * FROM (VALUES ('a', 'x', 1), ('b', 'y', 2)) AS t(\"left\", \"right\", y)"
      })
  void aQueryMayReadWhatItNames(String sql) {
    assertEquals(2, query(sql).split().train().length);
  }

  @Test
  void aConditionOnAQueryReadsNothingFurther() {
    String message =
        assertRefused(
            () ->
                PairsFixture.read(
                    TableSource.parse(filled("sql:SELECT * FROM '$P'")),
                    PairsFixture.REAL,
                    new SplitSpec(filled("EXISTS (SELECT * FROM read_text('$S'))"), null, null)),
            "a condition cannot read files");
    assertFalse(message.contains("unmentionable"), message);
  }
}
