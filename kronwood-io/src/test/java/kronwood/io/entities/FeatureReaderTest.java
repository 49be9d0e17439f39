package kronwood.io.entities;

import static kronwood.io.table.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityTable;
import kronwood.io.table.TableSource;
import kronwood.io.table.TestFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureReaderTest {
  private @TempDir Path folder;
  private TestFiles files;

  @BeforeEach
  void setUp() {
    files = new TestFiles(folder);
  }

  private EntityTable read(String content) throws IOException {
    return FeatureReader.read(files.text("left.csv", content), "left", List.of("drug"));
  }

  private static float[] values(EntityTable table) {
    return ((DenseFeatures) table.attributes()).toArray();
  }

  @Test
  void aTableIsReadAsWritten() throws IOException {
    EntityTable table = read("id,mass,charge\nx,1.5,-2\ny,1e2,.25\n");

    assertEquals("left", table.name());
    assertEquals(List.of("x", "y"), table.ids().asList());
    assertEquals(List.of("mass", "charge"), table.columns());
    assertArrayEquals(new float[] {1.5f, -2f, 100f, 0.25f}, values(table));
  }

  @Test
  void idsAreTextExactlyAsWritten() throws IOException {
    List<String> ids =
        List.of("007", "1e5", "1.50", " x ", "NULL", "true", "2020-01-01", "a,b", "é\"\n", "-0");
    StringBuilder csv = new StringBuilder("\uFEFFid,x\r\n");
    for (String id : ids) {
      csv.append('"').append(id.replace("\"", "\"\"")).append("\",1\r\n");
    }

    assertEquals(ids, read(csv.toString()).ids().asList());
    assertEquals(List.of("007", "1e5"), read("id,x\n007,1\n1e5,2").ids().asList());
  }

  @Test
  void idsOfOtherFormatsAreText() throws Exception {
    EntityTable parquet =
        FeatureReader.read(
            files.parquet("a.parquet", "SELECT range AS id, range * 0.5 AS x FROM range(3)"),
            "t",
            List.of());
    EntityTable json =
        FeatureReader.read(
            files.text(
                "a.ndjson",
                "{\"id\":\"2020-01-01\",\"x\":1}\n{\"id\":\"2020-01-02\",\"x\":2}\n"
                    + "{\"id\":\"2020-01-02T00:00\",\"x\":3}\n"),
            "t",
            List.of());

    assertEquals(List.of("0", "1", "2"), parquet.ids().asList());
    assertEquals(List.of("2020-01-01", "2020-01-02", "2020-01-02T00:00"), json.ids().asList());
  }

  @Test
  void jsonStringsThatLookLikeOtherTypesStayIds() throws IOException {
    EntityTable json =
        FeatureReader.read(
            files.text(
                "a.ndjson",
                "{\"id\":\"C0FFEE00-0000-0000-0000-000000000001\",\"x\":1}\n"
                    + "{\"id\":\"C0FFEE00-0000-0000-0000-000000000002\",\"x\":2}\n"),
            "t",
            List.of());

    assertEquals("C0FFEE00-0000-0000-0000-000000000001", json.ids().id(0));
  }

  @Test
  void theIdColumnMayBeCalledIdOrLikeTheTableOrAModeOrBeUnnamed() throws IOException {
    assertEquals("b", read("mass,left,id\n1,2,b\n").ids().id(0));
    assertEquals("b", read("mass,left\n1,b\n").ids().id(0));
    assertEquals("b", read("drug,mass\nb,1\n").ids().id(0));
    assertEquals("b", read("ID,mass\nb,1\n").ids().id(0));
    assertEquals("b", read(",mass\nb,1\n").ids().id(0));
    assertEquals(List.of("mass"), read("mass,left\n1,b\n").columns());
  }

  @Test
  void aTableWithoutIdColumnIsRefused() {
    assertRefused(
        () -> read("name,mass\nb,1\n"),
        "left.csv",
        "no id column",
        "'id', 'left' or 'drug'",
        "columns found: 'name', 'mass'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "1.2.3", "0x10", "--1", "1;2", "1f"})
  void aCellThatIsNotANumberIsRefusedWithItsPlace(String cell) {
    assertRefused(
        () -> read("id,mass,charge\nx,1,2\n\"y\ny\",1," + cell + "\nz,4,5\n"),
        "left.csv, row 2 (line 3), column 'charge'",
        "found '" + cell + "'",
        "expected a number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "nan", "inf", "-Infinity"})
  void aCellThatIsNotFiniteIsRefusedWithItsPlace(String cell) {
    assertRefused(
        () -> read("id,mass\nx,1\ny," + cell + "\n"),
        "left.csv, row 2 (line 3), column 'mass'",
        "found '" + cell + "'",
        "expected a finite number");
  }

  @Test
  void aNumberTooLargeForAFloatIsRefused() {
    assertRefused(
        () -> read("id,mass\nx,1\ny,1e39\n"), "row 2 (line 3)", "'mass'", "'1e39'", "too large");
  }

  @Test
  void aDecimalCommaIsRefusedWithWhatIsExpected() {
    assertRefused(() -> read("id;mass\nx;1,5\n"), "column 'mass'", "'1,5'", "with a decimal point");
  }

  @Test
  void anEmptyCellIsRefusedWithItsPlace() {
    assertRefused(
        () -> read("id,mass,charge\nx,1,2\ny,,4\n"),
        "left.csv, row 2 (line 3), column 'mass'",
        "the cell is empty");
    assertRefused(() -> read("id,mass\nx,\"\"\n"), "row 1 (line 2), column 'mass'", "empty");
  }

  @Test
  void badCellsOfTypedFormatsAreRefusedWithTheirRow() throws Exception {
    TableSource nulls =
        files.parquet("n.parquet", "SELECT * FROM (VALUES ('a', 1.5), ('b', NULL)) AS t(id, mass)");
    TableSource nans =
        files.parquet("f.parquet", "SELECT 'a' AS id, 1 AS x, CAST('nan' AS DOUBLE) AS mass");
    TableSource texts =
        files.parquet("t.parquet", "SELECT 'a' AS id, '1' AS mass UNION ALL SELECT 'b', 'x'");
    TableSource dates =
        files.parquet("d.parquet", "SELECT 'a' AS id, DATE '2020-01-31' AS day, 1 AS x");
    TableSource lists = files.text("l.ndjson", "{\"id\":\"a\",\"v\":[1,2]}\n");
    TableSource large = files.parquet("g.parquet", "SELECT 'a' AS id, 1e300 AS mass");

    assertRefused(() -> read(nulls), "n.parquet, row 2, column 'mass'", "empty");
    assertRefused(() -> read(nans), "f.parquet, row 1, column 'mass'", "'nan'", "finite");
    assertRefused(() -> read(texts), "t.parquet, row 2, column 'mass'", "found 'x'");
    assertRefused(
        () -> read(dates), "d.parquet, row 1, column 'day'", "'2020-01-31'", "SELECT id, x");
    assertRefused(() -> read(lists), "l.ndjson, row 1, column 'v'", "'[1, 2]'");
    assertRefused(() -> read(large), "g.parquet, row 1, column 'mass'", "too large");
  }

  private static EntityTable read(TableSource source) {
    return FeatureReader.read(source, "left", List.of());
  }

  @Test
  void aColumnOfTextIsToldWithAQueryThatLeavesItOut() throws IOException {
    String path = files.path("left.csv").toString();
    assertRefused(
        () -> read("id,smiles,mass,my charge\nx,CC=O,1,2\ny,CCO,3,4\n"),
        "left.csv, row 1 (line 2), column 'smiles'",
        "'CC=O'",
        "the whole column is text",
        "\"sql:SELECT id, mass, \"my charge\" FROM '" + path + "'\"");
    assertRefused(
        () -> read("id,smiles,a,b,c,d,e,f,g,name\nx,CC=O,1,2,3,4,5,6,7,N\n"),
        "\"sql:SELECT * EXCLUDE (smiles, name) FROM '" + path + "'\"");
    assertRefused(() -> read("id,smiles\nx,CC=O\n"), "the whole column is text", "no other column");
    String message = assertRefused(() -> read("id,a,b\nx,1,2\ny,3,oops\n"), "'oops'");
    assertTrue(!message.contains("whole column"), message);
  }

  @Test
  void aSuggestedQueryWorks() throws IOException {
    String message = assertRefused(() -> read("id,smiles,mass\nx,CC=O,1\n"), "leave it out with");
    String query = message.substring(message.indexOf("\"sql:") + 1, message.length() - 1);

    EntityTable table = FeatureReader.read(TableSource.parse(query), "left", List.of());

    assertEquals(List.of("mass"), table.columns());
  }

  @Test
  void booleansCountAsZeroAndOne() throws Exception {
    EntityTable csv = read("id,a,b\nx,true,0.5\ny,False,2\n");
    EntityTable parquet = read(files.parquet("b.parquet", "SELECT 'x' AS id, true AS a, 0.5 AS b"));

    assertArrayEquals(new float[] {1, 0.5f, 0, 2}, values(csv));
    assertArrayEquals(new float[] {1, 0.5f}, values(parquet));
  }

  @Test
  void aDuplicateIdIsRefusedWithBothRows() {
    assertRefused(
        () -> read("id,a\nx,1\ny,2\nx,3\n"),
        "left.csv",
        "the id 'x' is used twice",
        "row 1 (line 2)",
        "row 3 (line 4)");
  }

  @Test
  void anEmptyIdIsRefusedWithItsRow() {
    assertRefused(() -> read("id,a\nx,1\n,2\n"), "left.csv, row 2 (line 3)", "id is empty");
  }

  @Test
  void aTableWithoutRowsOrFeaturesIsRefused() throws Exception {
    assertRefused(() -> read("id,a\n"), "left.csv", "no rows", "'id', 'a'");
    assertRefused(() -> read("id,a"), "left.csv", "no rows");
    assertRefused(() -> read("id\nx\n"), "left.csv", "only the id column 'id'");
    TableSource parquet = files.parquet("e.parquet", "SELECT 'a' AS id, 1 AS x WHERE false");
    assertRefused(() -> read(parquet), "e.parquet", "no rows");
  }

  @Test
  void twoColumnsOfOneNameAreRefused() {
    assertRefused(
        () -> read("id,a,b,a\nx,1,2,3\n"), "left.csv", "columns 2 and 4", "same name 'a'");
  }

  @Test
  void aFileOfManyRowsAndColumnsIsReadExactly() throws IOException {
    Random random = new Random(11);
    int rows = 700;
    int columns = 300;
    float[] expected = new float[rows * columns];
    StringBuilder csv = new StringBuilder("id");
    for (int c = 0; c < columns; c++) {
      csv.append(",f").append(c);
    }
    for (int r = 0; r < rows; r++) {
      csv.append("\ne").append(r);
      for (int c = 0; c < columns; c++) {
        expected[r * columns + c] = (float) random.nextGaussian();
        csv.append(',').append(expected[r * columns + c]);
      }
    }

    EntityTable table = read(csv.toString());

    assertEquals("e699", table.ids().id(699));
    assertArrayEquals(expected, values(table), "seed 11");
  }

  @Test
  void aLineOfMegabytesIsRead() throws IOException {
    int columns = 1_500;
    String value = "0." + "1".repeat(1_600);
    StringBuilder csv = new StringBuilder("id");
    for (int c = 0; c < columns; c++) {
      csv.append(",f").append(c);
    }
    csv.append("\nx").append(("," + value).repeat(columns)).append("\n");

    EntityTable table = read(csv.toString());

    assertEquals(columns, table.columns().size());
    assertEquals(Float.parseFloat(value), values(table)[columns - 1]);
  }

  @Test
  void newEntitiesAreMatchedByName() throws IOException {
    List<String> warnings = new ArrayList<>();
    TableSource source = files.text("new.csv", "charge,extra,id,mass\n2,9,n1,1\n4,text,n2,3\n");

    EntityTable table =
        FeatureReader.readNew(source, "left", List.of(), List.of("mass", "charge"), warnings::add);

    assertEquals(List.of("mass", "charge"), table.columns());
    assertEquals(List.of("n1", "n2"), table.ids().asList());
    assertArrayEquals(new float[] {1, 2, 3, 4}, values(table));
    assertEquals(1, warnings.size());
    assertTrue(warnings.getFirst().contains("ignored 1 column"), warnings.getFirst());
    assertTrue(warnings.getFirst().contains("'extra'"), warnings.getFirst());
  }

  @Test
  void newEntitiesThatLackFeaturesAreRefusedWithTheirNames() throws IOException {
    TableSource source = files.text("new.csv", "id,mass\nn1,1\n");

    assertRefused(
        () ->
            FeatureReader.readNew(
                source, "left", List.of(), List.of("mass", "charge", "size"), _ -> {}),
        "new.csv",
        "missing 2 of the 3 feature columns",
        "'charge', 'size'",
        "'id', 'mass'");
  }
}
