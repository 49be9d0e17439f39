package kronwood.io.pairs;

import static kronwood.io.table.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import kronwood.data.EntityTable;
import kronwood.io.entities.EncodedReader;
import kronwood.io.entities.FeatureReader;
import kronwood.io.table.TableSource;
import kronwood.io.table.TestFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts of any length are read, and messages about them stay short. */
class LongTextsTest {
  private static final int LETTERS = 100_000;
  private static final int LONGEST_MESSAGE = 2000;

  private @TempDir Path folder;
  private TestFiles files;

  @BeforeEach
  void setUp() {
    files = new TestFiles(folder);
  }

  private static EntityTable read(TableSource source) {
    return EncodedReader.read(source, "t", List.of(), List.of(), null, 1);
  }

  private String refused(String name, String content, String part) throws IOException {
    TableSource source = files.text(name, content);
    return assertRefused(() -> FeatureReader.read(source, "t", List.of()), part);
  }

  private static void assertShort(String message) {
    assertTrue(message.length() < LONGEST_MESSAGE, () -> message.length() + " characters");
  }

  @Test
  void aQueryMayHoldALongLiteral() {
    String sequence = "ACDEFGHIKL".repeat(LETTERS / 10);
    TableSource source =
        TableSource.parse("sql:SELECT 'a' AS id, '" + sequence + "' AS seq, '''' AS q");

    assertEquals(List.of("a"), read(source).ids().asList());
  }

  @Test
  void aRowMayHoldALongTextAndTheNamesOfFilesWithoutOpeningThem() throws IOException {
    files.text("other.csv", "id\nother\n");
    String name = "'" + files.path("other.csv") + "'";
    String attack = "b'; COPY (SELECT 1) TO " + name + "; --";
    TableSource source =
        TableSource.ofRows(
            List.of("id", "seq"),
            List.of(
                List.of(name, "ACDEFGHIKL".repeat(LETTERS / 10)),
                List.of(attack, "ACDEFGHIKLMNPQRSTVWYACDEFGHIKL")));

    assertEquals(List.of(name, attack), read(source).ids().asList());
  }

  @Test
  void aLongQueryIsNotRepeatedInWhole() {
    String sql = "sql:SELECT '" + "x".repeat(LETTERS) + "' AS y";

    assertShort(assertRefused(() -> read(TableSource.parse(sql)), "no id column"));
    assertShort(assertRefused(() -> read(TableSource.parse(sql + " FROM")), "sql:SELECT 'xxx"));
  }

  @Test
  void aLongConditionIsNotRepeatedInWhole() throws IOException {
    TableSource pairs = files.text("pairs.csv", "left,right,y\na,x,1\n");
    for (String condition : List.of("y = '%s'", "y = x%s", "y = '%s' AND FROM")) {
      SplitSpec split = new SplitSpec(condition.formatted("x".repeat(LETTERS)), null, null);
      assertShort(
          assertRefused(() -> PairsFixture.read(pairs, PairsFixture.REAL, split), "train-where"));
    }
  }

  @Test
  void longCellsNamesAndIdsAreCut() throws IOException {
    String text = "x".repeat(LETTERS);

    assertShort(refused("a.csv", "id,x\na," + text + "\n", "expected a number"));
    assertShort(refused("b.csv", "id," + text + "\na,b\n", "expected a number"));
    assertShort(refused("c.csv", "id,x\n" + text + ",1\n" + text + ",2\n", "used twice"));
    assertShort(refused("d.json", "[{\"id\":\"a\",\"" + text + "\":\"b\"}]", "a number"));
    assertShort(refused("e.json", "[{\"" + text, "cannot be read"));
    assertShort(refused("f.csv", "id," + (text + ",").repeat(20) + "x\na,b\n", "column"));
  }

  @Test
  void controlCharactersAreWrittenOut() throws IOException {
    String message = refused("a.csv", "id,x\na,\u001b[2J\u0007\n", "\\u001b[2J\\u0007");

    assertTrue(message.chars().noneMatch(Character::isISOControl), message);
  }
}
