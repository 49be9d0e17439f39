package kronwood.io.entities;

import static kronwood.io.table.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityTable;
import kronwood.data.SparseFeatures;
import kronwood.io.table.TestFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongFormReaderTest {
  private @TempDir Path folder;
  private TestFiles files;

  @BeforeEach
  void setUp() {
    files = new TestFiles(folder);
  }

  private EntityTable read(String content) throws IOException {
    return FeatureReader.read(files.text("word.csv", content), "word", List.of());
  }

  private EntityTable readNew(String content, List<String> expected, List<String> warnings)
      throws IOException {
    return FeatureReader.readNew(
        files.text("new.csv", content), "word", List.of(), expected, warnings::add);
  }

  @Test
  void aLongTableGivesSparseFeaturesInOrderOfFirstAppearance() throws IOException {
    EntityTable table =
        read("id,feature,value\nb,z,1\na,y,2\nb,x,3\na,z,0\n007,x,true\nb,y,-0.5\n");

    SparseFeatures sparse = assertInstanceOf(SparseFeatures.class, table.attributes());
    assertEquals(List.of("b", "a", "007"), table.ids().asList());
    assertEquals(List.of("z", "y", "x"), table.columns());
    assertArrayEquals(new int[] {0, 3, 4, 5}, sparse.rowStarts());
    assertArrayEquals(new int[] {0, 1, 2, 1, 2}, sparse.storedColumns());
    assertArrayEquals(new float[] {1, -0.5f, 3, 2, 1}, sparse.stored());
  }

  @Test
  void theColumnsMayBeInAnyOrderAndTheIdCalledLikeTheTable() throws IOException {
    EntityTable table = read("value,word,feature\n5,a,x\n");

    assertEquals(List.of("a"), table.ids().asList());
    assertEquals(List.of("x"), table.columns());
    assertArrayEquals(new float[] {5}, ((SparseFeatures) table.attributes()).stored());
  }

  @Test
  void aTableWithAFurtherColumnIsNotLong() throws IOException {
    assertInstanceOf(DenseFeatures.class, read("id,feature,value,more\na,1,2,3\n").attributes());
  }

  @Test
  void aFeatureGivenTwiceIsRefusedWithBothRows() {
    assertRefused(
        () -> read("id,feature,value\na,x,1\nb,x,1\na,y,1\na,x,2\n"),
        "word.csv",
        "feature 'x' of id 'a' is given twice",
        "row 1 (line 2)",
        "row 4 (line 5)");
  }

  @Test
  void badCellsAreRefusedWithTheirPlace() {
    assertRefused(
        () -> read("id,feature,value\na,x,1\nb,x,one\n"),
        "word.csv, row 2 (line 3), column 'value'",
        "'one'");
    assertRefused(
        () -> read("id,feature,value\na,x,inf\n"), "row 1 (line 2), column 'value'", "finite");
    assertRefused(
        () -> read("id,feature,value\na,x,\n"), "row 1 (line 2), column 'value'", "empty");
    assertRefused(
        () -> read("id,feature,value\na,,1\n"), "row 1 (line 2), column 'feature'", "empty");
    assertRefused(() -> read("id,feature,value\n,x,1\n"), "row 1 (line 2), column 'id'", "empty");
    assertRefused(() -> read("id,feature,value\n"), "word.csv", "no rows");
  }

  @Test
  void newEntitiesGetTheFeaturesOfTheModel() throws IOException {
    List<String> warnings = new ArrayList<>();

    EntityTable table =
        readNew(
            "id,feature,value\nn,y,2\nn,other,9\nm,other,1\n", List.of("x", "y", "z"), warnings);

    SparseFeatures sparse = (SparseFeatures) table.attributes();
    assertEquals(List.of("x", "y", "z"), table.columns());
    assertEquals(List.of("n", "m"), table.ids().asList());
    assertArrayEquals(new int[] {1}, sparse.storedColumns());
    assertArrayEquals(new int[] {0, 1, 1}, sparse.rowStarts());
    assertEquals(1, warnings.size());
    assertTrue(warnings.getFirst().contains("'other'"), warnings.getFirst());
  }

  @Test
  void newEntitiesWithoutAnyFeatureOfTheModelAreRefused() {
    assertRefused(
        () -> readNew("id,feature,value\nn,other,2\n", List.of("x", "y"), new ArrayList<>()),
        "new.csv",
        "none of its features",
        "'other'",
        "'x', 'y'");
  }
}
