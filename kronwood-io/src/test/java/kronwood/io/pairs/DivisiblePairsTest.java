package kronwood.io.pairs;

import static kronwood.io.table.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kronwood.data.fold.Grouping;
import kronwood.io.scores.SampleWriter;
import kronwood.io.scores.Scores;
import kronwood.io.table.TestFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pairs that are yet to be divided, with groups and implicit negatives, and how they are written.
 */
class DivisiblePairsTest {
  private static final TargetSpec CLASSES = TargetSpec.binary("hit", null);

  private @TempDir Path folder;
  private TestFiles files;

  @BeforeEach
  void setUp() {
    files = new TestFiles(folder);
  }

  private DivisiblePairs read(
      String csv, TargetSpec target, SplitSpec split, boolean completing, String... groups)
      throws IOException {
    return PairsReader.readToDivide(
        new PairsRequest(
            files.text("pairs.csv", csv), PairsFixture.MODES, PairsFixture.TABLES, target, split),
        List.of(groups).stream().map(group -> GroupSpec.parse(group, PairsFixture.MODES)).toList(),
        completing,
        1);
  }

  private DivisiblePairs complete(String csv) throws IOException {
    return read(csv, CLASSES, SplitSpec.trainOnAll(), true);
  }

  @Test
  void pairsThatAreNotListedBecomeNegatives() throws IOException {
    DivisiblePairs read = complete("left,right,hit\nb,x,1\n007,y,1\n");
    TrainingPairs pairs = read.pairs();
    assertEquals(2, read.listed());
    assertEquals(List.of("0", "1"), pairs.classes());
    assertArrayEquals(
        new int[] {1, 0, 2, 1, 0, 0, 0, 1, 1, 1, 2, 0},
        PairsFixture.entities(pairs.dataset().samples()));
    assertArrayEquals(new int[] {1, 1, 0, 0, 0, 0}, PairsFixture.labels(pairs.dataset().samples()));
    assertArrayEquals(new int[] {1, 2, 0, 0, 0, 0}, pairs.rows());
    assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5}, pairs.split().train());
  }

  @Test
  void listedNegativesAndNamedClassesKeepTheirNames() throws IOException {
    assertEquals(
        List.of("no", "yes"), complete("left,right,hit\nb,x,yes\n007,y,no\n").pairs().classes());
    assertEquals(List.of("0", "binds"), complete("left,right,hit\nb,x,binds\n").pairs().classes());
  }

  @Test
  void aPairOfAnotherPartIsNoNegative() throws IOException {
    DivisiblePairs read =
        read(
            "left,right,hit,part\nb,x,1,train\n007,y,1,test\n",
            CLASSES,
            new SplitSpec(null, null, "part = 'test'"),
            true);
    assertArrayEquals(new int[] {0, 2, 3, 4, 5}, read.pairs().split().train());
    assertArrayEquals(new int[] {1}, read.pairs().split().test());
    assertEquals(6, read.pairs().dataset().samples().size());
  }

  @Test
  void whatCannotBeCompletedIsRefused() {
    assertRefused(
        () -> complete("left,right,hit\nb,x,0\n"),
        "pairs.csv",
        "column 'hit'",
        "the only class is '0'");
    assertRefused(
        () -> complete("left,right,hit\nb,x,1\na,x,2\n007,x,3\n"), "column 'hit'", "found 3");
    assertRefused(
        () -> complete("left,right,hit\na,x,1\na,y,1\nb,x,1\nb,y,1\n007,x,1\n007,y,1\n"),
        "pairs.csv",
        "3 × 2",
        "none is left");
    assertRefused(
        () ->
            read(
                "left,right,hit\nb,x,1\n",
                TargetSpec.real(List.of("hit")),
                SplitSpec.trainOnAll(),
                true),
        "negatives are for targets of two classes",
        "'hit'");
    assertRefused(
        () ->
            read(
                "left,right,hit\nb,x,1\n",
                TargetSpec.binary("hit", "yes"),
                SplitSpec.trainOnAll(),
                true),
        "the positive class 'yes'",
        "'1'");
  }

  @Test
  void groupsAreNumberedAndEmptyCellsAreInNone() throws IOException {
    DivisiblePairs read =
        read(
            "left,right,y,family,batch\na,x,1,f,3\nb,x,2,,4\n007,y,3,g,4\nb,y,4,f,3\n",
            PairsFixture.REAL,
            SplitSpec.trainOnAll(),
            false,
            "left=family",
            "batch");
    assertEquals(4, read.listed());
    assertEquals(0, read.groupings().get(0).mode());
    assertArrayEquals(new int[] {0, Grouping.NONE, 1, 0}, read.groupings().get(0).groups());
    assertEquals(Grouping.SAMPLES, read.groupings().get(1).mode());
    assertArrayEquals(new int[] {0, 1, 1, 0}, read.groupings().get(1).groups());
  }

  @Test
  void negativesThatAreAddedAreInNoGroup() throws IOException {
    DivisiblePairs read =
        read(
            "left,right,hit,family\nb,x,1,f\n007,y,1,f\n",
            CLASSES,
            SplitSpec.trainOnAll(),
            true,
            "family");
    assertArrayEquals(new int[] {0, 0, -1, -1, -1, -1}, read.groupings().get(0).groups());
  }

  @Test
  void aGroupThatIsNotThereIsRefused() {
    String csv = "left,right,y,family\na,x,1,f\n";
    assertRefused(
        () -> read(csv, PairsFixture.REAL, SplitSpec.trainOnAll(), false, "famliy"),
        "pairs.csv",
        "the column of groups",
        "'famliy'",
        "'family'");
    assertRefused(
        () -> read(csv, PairsFixture.REAL, SplitSpec.trainOnAll(), false, "middle=family"),
        "group:",
        "'middle'",
        "'left', 'right'");
    assertRefused(
        () -> read(csv, PairsFixture.REAL, SplitSpec.trainOnAll(), false, "left="),
        "group:",
        "MODE=COLUMN");
  }

  @Test
  void samplesAreWrittenWithRowsIdsTargetsAndScores() throws IOException {
    TrainingPairs pairs = complete("left,right,hit\nb,x,1\n007,y,1\n").pairs();
    Path out = files.path("fold.csv");
    SampleWriter.write(
        pairs.dataset(),
        new int[] {1, 3},
        pairs.rows(),
        Scores.binary(new double[] {0.75, 0.5}),
        out);
    assertEquals(
        "row,left,right,hit,probability\n2,007,y,1,0.75\n,a,y,0,0.5\n",
        Files.readString(out).replace("\r", ""));
  }

  @Test
  void realTargetsKeepTheirDigitsAndTakenNamesAreMadeFree() throws IOException {
    TrainingPairs pairs =
        PairsFixture.read(
            files.text("pairs.csv", "left,right,score,row\na,x,7.4,0.1\n"),
            TargetSpec.real(List.of("score", "row")),
            SplitSpec.trainOnAll());
    Path out = files.path("fold.tsv");
    SampleWriter.write(
        pairs.dataset(),
        new int[] {0},
        pairs.rows(),
        Scores.real(List.of("score", "row"), new double[] {7.25, 0.5}),
        out);
    assertEquals(
        "predicted_predicted_row\tleft\tright\tscore\trow\tpredicted_score\tpredicted_row\n"
            + "1\ta\tx\t7.4\t0.1\t7.25\t0.5\n",
        Files.readString(out).replace("\r", ""));
    assertFalse(Files.exists(files.path("fold.csv")));
  }
}
