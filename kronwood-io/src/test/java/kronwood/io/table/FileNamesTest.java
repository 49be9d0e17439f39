package kronwood.io.table;

import static kronwood.io.table.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityTable;
import kronwood.io.entities.FeatureReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A path is the name of one file, whatever DuckDB would make of it. */
@DisabledOnOs(OS.WINDOWS)
class FileNamesTest {
  private @TempDir Path folder;
  private TestFiles files;

  @BeforeEach
  void setUp() {
    files = new TestFiles(folder);
  }

  /** The only entity of a source: its id and value, and how many columns there are. */
  private static String only(TableSource source) {
    EntityTable table = FeatureReader.read(source, "t", List.of());
    float value = ((DenseFeatures) table.attributes()).value(0, 0);
    return table.ids().asList() + " " + value + " of " + table.columns().size();
  }

  @ParameterizedTest
  @CsvSource({
    "data[1].csv, data1.csv",
    "data?.csv, data1.csv",
    "z*.csv, z1.csv",
    "[a-c].csv, b.csv",
    "**.csv, b.csv",
    "a].csv, b.csv",
    "~.csv, b.csv"
  })
  void aTextFileIsReadByItsNameThoughAnotherMatchesIt(String name, String other)
      throws IOException {
    files.text(other, "id,x\nwrong,1\n");

    assertEquals("[right] 2.0 of 1", only(files.text(name, "id,x\nright,2\n")));
    assertEquals("[right] 2.0 of 1", only(files.gzip(name + ".gz", "id,x\nright,2\n")), "gzip");
  }

  @ParameterizedTest
  @ValueSource(strings = {"z*.parquet", "z?.parquet", "z[1].parquet"})
  void aParquetFileIsNotMergedWithThoseThatItsNameMatches(String name) throws SQLException {
    files.parquet("z1.parquet", "SELECT 'wrong' AS id, 1 AS x");

    assertEquals("[right] 2.0 of 1", only(files.parquet(name, "SELECT 'right' AS id, 2 AS x")));
  }

  @Test
  void aJsonFileIsReadByItsNameThoughAnotherMatchesIt() throws IOException {
    files.text("z1.ndjson", "{\"id\":\"wrong\",\"x\":1}\n");

    assertEquals("[right] 2.0 of 1", only(files.text("z?.ndjson", "{\"id\":\"right\",\"x\":2}\n")));
  }

  @Test
  void aFolderThatIsAPatternIsAFolder() throws IOException {
    Files.createDirectory(folder.resolve("run1"));
    Files.createDirectory(folder.resolve("run[1]"));
    files.text("run1/a.csv", "id,x\nwrong,1\n");

    assertEquals("[right] 2.0 of 1", only(files.text("run[1]/a.csv", "id,x\nright,2\n")));
  }

  @Test
  void aFolderNamedLikeAPartitionAddsNoColumn() throws IOException, SQLException {
    Files.createDirectory(folder.resolve("year=2024"));

    assertEquals(
        "[a] 2.0 of 1", only(files.parquet("year=2024/a.parquet", "SELECT 'a' AS id, 2 AS x")));
    assertEquals("[a] 2.0 of 1", only(files.text("year=2024/a.json", "[{\"id\":\"a\",\"x\":2}]")));
  }

  @Test
  void aBackslashIsALetterOfTheNameButNotBesideAPattern() throws IOException {
    assertEquals("[a] 2.0 of 1", only(files.text("a\\b.csv", "id,x\na,2\n")));
    TableSource both = files.text("a\\*.csv", "id,x\na,2\n");

    assertRefused(() -> only(both), "a\\*.csv", "rename the file");
  }

  @Test
  void aDatabaseWithAPatternForAName() throws SQLException {
    TestFiles.sql(
        "ATTACH '" + files.path("d[1].duckdb") + "' AS d",
        "CREATE TABLE d.t AS SELECT 'right' AS id, 2 AS x");

    assertEquals("[right] 2.0 of 1", only(files.source("d[1].duckdb")));
  }
}
