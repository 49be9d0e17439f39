package kronwood.io.entities;

import static kronwood.io.table.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kronwood.data.EntityTable;
import kronwood.data.Similarities;
import kronwood.io.table.TableSource;
import kronwood.io.table.TestFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimilarityReaderTest {
  private @TempDir Path folder;
  private TestFiles files;

  @BeforeEach
  void setUp() {
    files = new TestFiles(folder);
  }

  private EntityTable read(String content) throws IOException {
    return read(content, false, _ -> {});
  }

  private EntityTable read(String content, boolean symmetrise, Consumer<String> warnings)
      throws IOException {
    return SimilarityReader.read(
        files.text("sim.csv", content), "left", List.of("drug"), symmetrise, warnings);
  }

  private static float value(EntityTable table, int entity, int reference) {
    return ((Similarities) table.attributes()).value(entity, reference);
  }

  @Test
  void aSquareMatrixIsReadAsWritten() throws IOException {
    EntityTable table = read("id,007,\"b,c\"\n007,1,0.25\n\"b,c\",0.25,2\n");

    assertEquals(List.of("007", "b,c"), table.ids().asList());
    assertEquals(List.of("007", "b,c"), table.columns());
    assertEquals(1f, value(table, 0, 0));
    assertEquals(0.25f, value(table, 0, 1));
    assertEquals(0.25f, value(table, 1, 0));
    assertEquals(2f, value(table, 1, 1));
  }

  @Test
  void rowsMayComeInAnotherOrderThanColumns() throws IOException {
    EntityTable table = read("drug,a,b,c\nc,3,6,9\na,1,2,3\nb,2,5,6\n");

    assertEquals(List.of("a", "b", "c"), table.ids().asList());
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        float[] upper = {1, 2, 3, 2, 5, 6, 3, 6, 9};
        assertEquals(upper[i * 3 + j], value(table, i, j), "row " + i + ", column " + j);
      }
    }
  }

  @Test
  void idsThatDifferOnlyInCaseAreDifferent() throws IOException {
    EntityTable table = read("id,aak1,AAK1,Id\naak1,1,0,0\nAAK1,0,2,0\nId,0,0,3\n");

    assertEquals(List.of("aak1", "AAK1", "Id"), table.ids().asList());
    assertEquals(2f, value(table, 1, 1));
  }

  @Test
  void aMatrixWithAnUnnamedFirstColumnIsRead() throws IOException {
    assertEquals(List.of("a", "id"), read(",a,id\na,1,0\nid,0,1\n").ids().asList());
  }

  @Test
  void parquetHoldsAMatrixToo() throws Exception {
    TableSource source =
        files.parquet(
            "s.parquet", "SELECT 'b' AS id, 0.5 AS a, 1 AS b UNION ALL SELECT 'a', 1, 0.5");

    EntityTable table = SimilarityReader.read(source, "left", List.of(), false, _ -> {});

    assertEquals(List.of("a", "b"), table.ids().asList());
    assertEquals(0.5f, value(table, 1, 0));
  }

  @Test
  void aMatrixThatIsNotSquareIsRefusedWithBothCounts() {
    assertRefused(
        () -> read("id,a,b,c\na,1,2,3\nb,2,5,6\n"),
        "sim.csv",
        "not square",
        "2 rows and 3 columns",
        "1 id only in columns: 'c'");
    assertRefused(
        () -> read("id,a\na,1\nb,2\n"), "not square", "2 rows and 1 column ", "only in rows: 'b'");
  }

  @Test
  void idsThatDoNotMatchAreRefusedByName() {
    assertRefused(
        () -> read("id,a,b\na,1,2\nB,2,5\n"),
        "sim.csv",
        "ids of rows and columns do not match",
        "1 id only in rows: 'B'",
        "1 id only in columns: 'b'");
  }

  @Test
  void anAsymmetricMatrixIsRefusedWithBothValues() {
    assertRefused(
        () -> read("id,a,b,c\na,1,0.5,0.1\nb,0.75,1,0\nc,0.1,0,1\n"),
        "sim.csv",
        "not symmetric",
        "row 'a', column 'b' is 0.5",
        "row 'b', column 'a' is 0.75",
        "1 pair;",
        "differ by 9.1 %",
        "average it with its transpose");
  }

  @Test
  void anAsymmetricMatrixIsAveragedWhereThatIsAskedForAndToldWithItsWorstPair() throws IOException {
    List<String> warnings = new ArrayList<>();

    EntityTable table = read("id,a,b,c\na,1,0.5,0.1\nb,0.75,1,0\nc,0.1,0,1\n", true, warnings::add);

    assertEquals(0.625f, value(table, 0, 1));
    assertEquals(0.625f, value(table, 1, 0));
    assertEquals(0.1f, value(table, 0, 2));
    assertEquals(1, warnings.size());
    assertTrue(
        warnings
            .getFirst()
            .contains("averaged with its transpose: row 'a', column 'b' is 0.5 but row 'b'"),
        warnings.getFirst());
  }

  @Test
  void aMatrixThatIsSlightlyAsymmetricIsAveragedWithAWarning() throws IOException {
    List<String> warnings = new ArrayList<>();

    EntityTable table = read("id,a,b\na,1,0.5\nb,0.6,1\n", false, warnings::add);

    // ‖S − Sᵀ‖ = √(2 · 0.1²), ‖S + Sᵀ‖ = √(2 · 2² + 2 · 1.1²)
    assertEquals(0.55f, value(table, 0, 1), 1e-7f);
    assertEquals(value(table, 0, 1), value(table, 1, 0));
    assertEquals(1, warnings.size());
    assertTrue(warnings.getFirst().contains("differ by 4.4 %"), warnings.getFirst());
  }

  @Test
  void aMatrixOfDirectedLinksIsRefusedUnlessAveragingIsAskedFor() throws IOException {
    String directed = "id,a,b\na,0,1\nb,-1,0\n";

    assertRefused(() -> read(directed), "not symmetric", "transpose");
    assertEquals(0f, value(read(directed, true, _ -> {}), 0, 1));
  }

  @Test
  void asymmetryWithinToleranceIsAveraged() throws IOException {
    EntityTable table =
        read("id,a,b\na,1,0.50004\nb,0.5,1\n", false, warning -> fail("warned: " + warning));

    assertEquals(0.50002f, value(table, 0, 1), 1e-7f);
    assertEquals(value(table, 0, 1), value(table, 1, 0));
  }

  @Test
  void aCellThatIsNotAFiniteNumberIsRefusedWithItsPlace() {
    assertRefused(
        () -> read("id,a,b\na,1,x\nb,2,1\n"), "sim.csv, row 1 (line 2), column 'b'", "'x'");
    assertRefused(
        () -> read("id,a,b\na,1,2\nb,NaN,1\n"), "sim.csv, row 2 (line 3), column 'a'", "'NaN'");
    assertRefused(
        () -> read("id,a,b\na,1,2\nb,,1\n"), "sim.csv, row 2 (line 3), column 'a'", "empty");
  }

  @Test
  void duplicateIdsAreRefused() {
    assertRefused(
        () -> read("id,a,b\na,1,2\na,2,1\n"), "'a' is used twice", "row 1 (line 2)", "row 2");
    assertRefused(() -> read("id,a,a\na,1,2\nb,2,1\n"), "the id 'a' is used by two columns");
  }

  @Test
  void aMatrixWithoutIdsOrRowsOrColumnsIsRefused() {
    assertRefused(() -> read("a,b\n1,2\n2,1\n"), "no id column", "'id', 'left' or 'drug'");
    assertRefused(() -> read("id,a\n"), "sim.csv", "no rows");
    assertRefused(() -> read("id\na\n"), "only the id column 'id'");
    assertRefused(() -> read("id,a,\na,1,2\nb,2,1\n"), "column after 'a' has no name");
  }

  @Test
  void similaritiesOfNewEntitiesAreMatchedByName() throws IOException {
    List<String> warnings = new ArrayList<>();
    TableSource source = files.text("new.csv", "id,c,x,a,b\nn,3,9,1,2\n007,6,9,4,5\n");

    EntityTable table =
        SimilarityReader.readNew(source, "left", List.of(), List.of("a", "b", "c"), warnings::add);

    assertEquals(List.of("n", "007"), table.ids().asList());
    assertEquals(List.of("a", "b", "c"), table.columns());
    for (int i = 0; i < 6; i++) {
      assertEquals(i + 1f, value(table, i / 3, i % 3));
    }
    assertTrue(warnings.getFirst().contains("'x'"), warnings.getFirst());
  }

  @Test
  void newSimilaritiesThatLackAKnownEntityAreRefused() throws IOException {
    TableSource source = files.text("new.csv", "id,a,c\nn,1,3\n");

    assertRefused(
        () -> SimilarityReader.readNew(source, "left", List.of(), List.of("a", "b", "c"), _ -> {}),
        "new.csv",
        "missing 1 of the 3 similarity columns",
        "'b'");
  }
}
