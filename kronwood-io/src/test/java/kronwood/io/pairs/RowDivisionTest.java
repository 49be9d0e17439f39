package kronwood.io.pairs;

import static kronwood.io.table.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import kronwood.fault.InputException;
import kronwood.io.table.TestFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Divisions by a column that names the part, and by time. */
class RowDivisionTest {
  private @TempDir Path folder;
  private PairsFixture pairs;

  @BeforeEach
  void setUp() {
    pairs = new PairsFixture(new TestFiles(folder));
  }

  private static void assertParts(TrainingPairs read, int[] train, int[] validation, int[] test) {
    assertArrayEquals(train, rows(read, read.split().train()));
    assertArrayEquals(validation, rows(read, read.split().validation()));
    assertArrayEquals(test, rows(read, read.split().test()));
  }

  private static int[] rows(TrainingPairs read, int[] part) {
    int[] rows = part.clone();
    for (int i = 0; i < rows.length; i++) {
      rows[i] = read.rows()[part[i]];
    }
    return rows;
  }

  @Test
  void aColumnNamesThePartAndAnEmptyCellNone() throws IOException {
    String csv =
        "left,right,y,p\na,x,1,train\na,y,2,test\nb,x,3,\nb,y,4,validation\n007,x,5,train\n";
    assertParts(
        pairs.read(csv, PairsFixture.REAL, SplitSpec.ofColumn("p")),
        new int[] {1, 5},
        new int[] {4},
        new int[] {2});
    assertRefused(
        () ->
            pairs.read(
                csv.replace("b,x,3,", "b,x,3,dev"), PairsFixture.REAL, SplitSpec.ofColumn("p")),
        "pairs.csv",
        "line 4",
        "column 'p'",
        "found 'dev', expected train, validation or test");
    assertRefused(
        () ->
            pairs.read(csv.replace(",train", ",test"), PairsFixture.REAL, SplitSpec.ofColumn("p")),
        "no rows to train on",
        "column 'p' says train in none of its 5 rows");
    assertRefused(
        () -> pairs.read(csv, PairsFixture.REAL, SplitSpec.ofColumn("q")),
        "the column of parts 'q' is missing");
  }

  /** Rows 2 and 3 are of the same day. */
  private static final String DAYS =
      "left,right,y,day\na,x,1,2026-03-01\na,y,2,2026-02-01\na,x,1,2026-02-01\n"
          + "b,x,4,2025-01-01\n007,x,5,2024-01-01\n007,y,6,2023-01-01\n";

  private TrainingPairs last(String csv, TargetSpec target, double test, double validation)
      throws IOException {
    return pairs.read(csv, target, SplitSpec.of(new LastRows("day", test, validation)));
  }

  @Test
  void theLastRowsOfEachEntityTestAndOneAlwaysTrains() throws IOException {
    assertParts(
        last(DAYS, PairsFixture.REAL, 1, 0), new int[] {2, 3, 4, 6}, new int[0], new int[] {1, 5});
    assertParts(
        last(DAYS, PairsFixture.REAL, 1, 1), new int[] {2, 4, 6}, new int[] {3}, new int[] {1, 5});
    assertParts(
        last(DAYS, PairsFixture.REAL, 9, 0), new int[] {2, 4, 6}, new int[0], new int[] {1, 3, 5});
    assertParts(
        last(DAYS, PairsFixture.REAL, 0.3, 0),
        new int[] {2, 3, 4, 6},
        new int[0],
        new int[] {1, 5});
    assertParts(
        last(DAYS, PairsFixture.REAL, 0, 0.3),
        new int[] {2, 3, 4, 6},
        new int[] {1, 5},
        new int[0]);
  }

  @Test
  void positivesAreCountedAndLaterNegativesGoWithThem() throws IOException {
    String csv =
        "left,right,y,day\na,x,1,1\na,y,0,5\na,x,1,2\na,y,0,1\na,x,1,4\nb,y,0,9\nb,x,1,1\n";
    TargetSpec target = TargetSpec.binary("y", null);
    assertParts(last(csv, target, 1, 0), new int[] {1, 3, 4, 6, 7}, new int[0], new int[] {2, 5});
    assertParts(last(csv, target, 1, 1), new int[] {1, 4, 6, 7}, new int[] {3}, new int[] {2, 5});
  }

  @Test
  void timesThatCannotBeReadAreRefused() {
    assertRefused(
        () -> last(DAYS.replace("2025-01-01", "January"), PairsFixture.REAL, 1, 0),
        "pairs.csv, column 'day': is text, expected numbers, dates");
    assertRefused(
        () -> last(DAYS.replace("2025-01-01", ""), PairsFixture.REAL, 1, 0),
        "pairs.csv",
        "line 5",
        "column 'day': the cell is empty, expected a time");
    assertRefused(
        () -> last("left,right,y,day\na,x,1,1\nb,x,2,1\n", PairsFixture.REAL, 1, 0),
        "test-last: ",
        "no entity of the first mode has so many positive rows that one is left to train on");
    assertThrows(InputException.class, () -> new LastRows("day", 1.5, 0));
    assertThrows(InputException.class, () -> new LastRows("day", 0, 0));
    assertThrows(InputException.class, () -> new SplitSpec(null, null, "y > 1", "p", null, "--"));
  }
}
