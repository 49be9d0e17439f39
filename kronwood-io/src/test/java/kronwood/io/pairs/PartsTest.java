package kronwood.io.pairs;

import static kronwood.io.table.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import kronwood.io.table.TestFiles;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartsTest {
  private static final String TABLE =
      "left,right,y,fold,day,zip,flag\n"
          + "a,x,1,0,2020-01-01,007,true\n"
          + "b,x,2,test,2020-01-02,010,false\n"
          + "007,x,3,1,2020-01-03,,true\n"
          + "a,y,4,test,2020-01-04,100,\n"
          + "b,y,5,val,2020-01-05,2,false\n"
          + "007,y,6,,2020-01-06,3,false\n";

  private @TempDir Path folder;
  private PairsFixture pairs;

  @BeforeEach
  void setUp() {
    pairs = new PairsFixture(new TestFiles(folder));
  }

  private TrainingPairs read(
      @Nullable String train, @Nullable String validation, @Nullable String test)
      throws IOException {
    return pairs.read(TABLE, PairsFixture.REAL, new SplitSpec(train, validation, test, "--"));
  }

  /** Values of {@code y} of the samples, which number the rows. */
  private static int[] rows(TrainingPairs pairs, int[] part) {
    int[] rows = new int[part.length];
    for (int i = 0; i < part.length; i++) {
      rows[i] = (int) PairsFixture.numbers(pairs.dataset().samples())[part[i]];
      assertEquals(rows[i], pairs.rows()[part[i]]);
    }
    return rows;
  }

  @Test
  void withoutATrainingPredicateTheOtherRowsTrain() throws IOException {
    TrainingPairs test = read(null, null, "fold = 'test'");
    TrainingPairs both = read(null, "fold = 'val'", "fold = 'test'");

    assertArrayEquals(new int[] {1, 3, 5, 6}, rows(test, test.split().train()));
    assertArrayEquals(new int[] {2, 4}, rows(test, test.split().test()));
    assertArrayEquals(new int[] {1, 3, 6}, rows(both, both.split().train()));
    assertArrayEquals(new int[] {5}, rows(both, both.split().validation()));
    assertArrayEquals(new int[] {2, 4}, rows(both, both.split().test()));
  }

  @Test
  void rowsInNoPartAreLeftOut() throws IOException {
    TrainingPairs read = read("fold IN ('0', '1')", null, "fold = 'test'");

    assertArrayEquals(new int[] {1, 2, 3, 4}, read.rows());
    assertArrayEquals(new int[] {0, 2}, read.split().train());
    assertArrayEquals(new int[] {1, 3}, read.split().test());
  }

  @Test
  void aPredicateThatIsNullDoesNotHold() throws IOException {
    TrainingPairs read = read("fold <> 'test'", null, null);

    assertArrayEquals(new int[] {1, 3, 5}, read.rows());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "y > 4 | 5 6",
        "pairs.left = '007' | 3 6",
        "\"left\" = 'a' AND \"right\" = 'y' | 4",
        "day >= DATE '2020-01-05' | 5 6",
        "day > '2020-01-05' | 6",
        "zip = '007' | 1",
        "length(zip) = 3 AND zip LIKE '0%' | 1 2",
        "flag | 1 3",
        "NOT flag | 2 5 6",
        "y % 2 = 0 -- even | 2 4 6",
        "y = (SELECT max(y) FROM pairs) | 6",
        "y IN (SELECT range FROM range(3)) | 1 2",
        "1 = 1 | 1 2 3 4 5 6"
      })
  void predicatesSeeColumnsOfNaturalTypesAndIdsAsText(String predicate, String expected)
      throws IOException {
    int[] rows = read(predicate, null, null).rows();

    StringBuilder found = new StringBuilder();
    for (int row : rows) {
      found.append(found.isEmpty() ? "" : " ").append(row);
    }
    assertEquals(expected, found.toString());
  }

  @Test
  void overlappingPartsAreRefusedWithTheCountAndTheFirstRow() {
    assertRefused(
        () -> read("y > 1", null, "fold = 'test'"),
        "pairs.csv",
        "2 rows are in both --train-where and --test-where",
        "the first is row 2 (line 3)");
    assertRefused(
        () -> read("y < 3", "y = 2", null),
        "1 row is in both --train-where and --validation-where",
        "row 2");
    assertRefused(
        () -> read(null, "y > 2", "y > 3"),
        "3 rows are in both --validation-where and --test-where",
        "row 4");
  }

  @Test
  void nothingToTrainOnIsRefusedWithTheReason() {
    assertRefused(
        () -> read("fold = 'train'", null, null),
        "pairs.csv",
        "no rows to train on",
        "none of its 6 rows satisfies --train-where \"fold = 'train'\"",
        "'fold'");
    assertRefused(
        () -> read(null, null, "y > 0"),
        "no rows to train on",
        "its 6 rows are all taken by --test-where \"y > 0\"");
  }

  @Test
  void aPredicateThatDoesNotParseIsRefusedWithTheReason() {
    assertRefused(
        () -> read("fold = ", null, null),
        "--train-where \"fold = \" does not work on",
        "pairs.csv",
        "syntax error",
        "columns of the table: 'left'");
    assertRefused(
        () -> read("left = 'a'", null, null),
        "syntax error",
        "'left' is also a word of SQL, write pairs.left for the column");
  }

  @Test
  void aPredicateWithAnUnknownColumnIsRefusedWithTheColumns() {
    String message =
        assertRefused(
            () -> read(null, "folds = 'val'", null),
            "--validation-where \"folds = 'val'\"",
            "\"folds\" not found",
            "columns of the table: 'left', 'right', 'y', 'fold'");
    assertTrue(!message.contains("kronwood"), message);
  }

  @Test
  void aPredicateThatFailsOnARowIsRefusedWithTheReason() {
    assertRefused(
        () -> read("fold = 1", null, null), "--train-where \"fold = 1\"", "'test'", "convert");
    assertRefused(() -> read("fold", null, null), "--train-where \"fold\"", "BOOL");
    assertRefused(
        () -> read("sum(y) > 3", null, null),
        "--train-where \"sum(y) > 3\"",
        "not give one value per row",
        "subquery");
    assertRefused(() -> read("true, false", null, null), "--train-where \"true, false\"");
  }

  @Test
  void anEmptyTestPartIsWorthAWarning() throws IOException {
    TrainingPairs read = read(null, null, "fold = 'tset'");

    assertEquals(6, read.split().train().length);
    assertEquals(1, read.warnings().size());
    assertTrue(
        read.warnings().getFirst().contains("--test-where \"fold = 'tset'\""),
        read.warnings().getFirst());
  }
}
