package kronwood.io.pairs;

import static kronwood.io.table.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import kronwood.data.Samples;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.fault.Remedy;
import kronwood.io.table.TableSource;
import kronwood.io.table.TestFiles;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetReaderTest {
  private static final String[] PAIRS = {"a,x", "a,y", "b,x", "b,y", "007,x", "007,y"};

  private @TempDir Path folder;
  private TestFiles files;
  private PairsFixture pairs;

  @BeforeEach
  void setUp() {
    files = new TestFiles(folder);
    pairs = new PairsFixture(files);
  }

  /** A table whose rows have different entities and the given cells after them. */
  private static String table(String header, String... cells) {
    StringBuilder csv = new StringBuilder("left,right," + header + "\n");
    for (int i = 0; i < cells.length; i++) {
      csv.append(PAIRS[i]).append(',').append(cells[i]).append('\n');
    }
    return csv.toString();
  }

  private TrainingPairs binary(@Nullable String positive, String... cells) throws IOException {
    return pairs.read(table("y", cells), TargetSpec.binary("y", positive));
  }

  private TrainingPairs multiclass(String... cells) throws IOException {
    return pairs.read(table("y", cells), TargetSpec.multiclass("y"));
  }

  private TrainingPairs real(String... cells) throws IOException {
    return pairs.read(table("y", cells), PairsFixture.REAL);
  }

  @Test
  void severalRealTargetsAreReadInTheOrderNamed() throws IOException {
    TrainingPairs read =
        pairs.read(table("p,q", "1,true", "3,false"), TargetSpec.real(List.of("q", "p")));

    assertEquals(List.of("q", "p"), read.dataset().samples().targets().names());
    assertArrayEquals(new float[] {1, 1, 0, 3}, PairsFixture.numbers(read.dataset().samples()));
  }

  @Test
  void aRealTargetThatIsNoFiniteNumberIsRefusedWithItsPlace() {
    assertRefused(
        () -> real("1", "high", "3"),
        "pairs.csv, row 2 (line 3), column 'y'",
        "found 'high'",
        "expected a number");
    Facts facts = assertThrows(InputException.class, () -> real("1", "high", "3")).facts();
    assertEquals(Remedy.SEVERAL_CLASSES, facts.remedy());
    assertEquals(2, facts.row());
    assertEquals("y", facts.column());
    assertTrue(String.valueOf(facts.file()).endsWith("pairs.csv"));
    assertRefused(() -> real("1", "nan"), "row 2 (line 3), column 'y'", "finite number");
    assertRefused(() -> real("inf", "2"), "row 1 (line 2), column 'y'", "finite number");
    assertRefused(() -> real("1", "1e60"), "row 2 (line 3), column 'y'", "too large");
    assertRefused(() -> real("1", ""), "row 2 (line 3), column 'y'", "empty");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 0, 1",
    "1, 0, 0, 1",
    "2, 10, 2, 10",
    "-1, 1, -1, 1",
    "1.0, 0.0, 0, 1",
    "true, false, false, true",
    "False, True, false, true",
    "yes, no, no, yes",
    "apple, pear, apple, pear"
  })
  void theLargerOfTwoClassesIsPositive(String one, String other, String negative, String positive)
      throws IOException {
    TrainingPairs read = binary(null, one, other, other);

    assertEquals(List.of(negative, positive), read.classes());
    int first = read.classes().getFirst().equalsIgnoreCase(one.replace(".0", "")) ? 0 : 1;
    assertArrayEquals(
        new int[] {first, 1 - first, 1 - first}, PairsFixture.labels(read.dataset().samples()));
  }

  @Test
  void thePositiveClassMayBeGiven() throws IOException {
    TrainingPairs read = binary("active", "active", "idle", "active");
    TrainingPairs number = binary("0.0", "0", "1");

    assertEquals(List.of("idle", "active"), read.classes());
    assertArrayEquals(new int[] {1, 0, 1}, PairsFixture.labels(read.dataset().samples()));
    assertEquals(List.of("1", "0"), number.classes());
    assertRefused(
        () -> binary("on", "active", "idle"),
        "column 'y'",
        "positive class 'on' is not among",
        "'active', 'idle'");
  }

  @Test
  void otherThanTwoClassesAreRefusedWhereTwoAreExpected() {
    assertRefused(
        () -> binary(null, "0", "1", "2"),
        "pairs.csv, column 'y'",
        "found 3 different values, expected two: '0', '1', '2'");
    assertRefused(() -> binary(null, "1", "1"), "pairs.csv, column 'y'", "only one class, '1'");
  }

  @Test
  void classesAreOrderedByNumberElseAsText() throws IOException {
    assertEquals(List.of("2", "9", "10"), multiclass("10", "9", "2", "10").classes());
    assertEquals(List.of("10", "9", "two"), multiclass("two", "9", "10").classes());
    assertEquals(List.of("A", "b", "c"), multiclass("c", "b", "A").classes());
    assertEquals(List.of("1", "2.5"), multiclass("2.5", "1.0").classes());
    assertEquals(List.of("01", "1"), multiclass("1", "01").classes());
    assertArrayEquals(
        new int[] {2, 1, 0, 2},
        PairsFixture.labels(multiclass("10", "9", "2", "10").dataset().samples()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"BINARY", "MULTICLASS"})
  void oneClassAmongTheTrainingRowsIsRefused(TargetKind kind) {
    TargetSpec target = new TargetSpec(List.of("y"), kind, null, List.of(), null);
    assertRefused(
        () ->
            pairs.read(
                table("y,part", "yes,1", "yes,1", "no,2"),
                target,
                new SplitSpec("part = 1", null, "part = 2")),
        "pairs.csv, column 'y'",
        "only one class among the 2 training rows, 'yes'",
        "'no', 'yes'");
  }

  @Test
  void aMissingClassIsRefusedWithItsPlace() {
    assertRefused(() -> multiclass("p", "", "q"), "pairs.csv, row 2 (line 3), column 'y'", "empty");
  }

  @Test
  void classesOfAModelKeepTheirPositions() throws IOException {
    TableSource source = files.text("pairs.csv", table("y", "10", "2"));
    TargetSpec target = TargetSpec.multiclass("y").withClasses(List.of("2", "9", "10.0"));

    Samples samples =
        PairsReader.readLabelled(source, PairsFixture.MODES, PairsFixture.KNOWN, target, null)
            .samples();

    assertArrayEquals(new int[] {2, 0}, PairsFixture.labels(samples));
  }

  @Test
  void aClassTheModelDoesNotHaveIsRefusedWithItsPlace() throws IOException {
    TableSource source = files.text("pairs.csv", table("y", "10", "3"));
    TargetSpec target = TargetSpec.binary("y", null).withClasses(List.of("2", "10"));

    assertRefused(
        () ->
            PairsReader.readLabelled(source, PairsFixture.MODES, PairsFixture.KNOWN, target, null),
        "pairs.csv, row 2 (line 3), column 'y'",
        "found the class '3'",
        "'2', '10'");
  }

  @Test
  void classesOfTypedFormatsAreNamedAsInText() throws Exception {
    TableSource source =
        files.parquet(
            "p.parquet",
            "SELECT * FROM (VALUES ('a', 'x', 1.0::DOUBLE, true), ('b', 'y', 0.0, false))"
                + " AS t(\"left\", \"right\", y, z)");

    assertEquals(
        List.of("0", "1"),
        PairsFixture.read(source, TargetSpec.binary("y", null), SplitSpec.trainOnAll()).classes());
    assertEquals(
        List.of("false", "true"),
        PairsFixture.read(source, TargetSpec.binary("z", null), SplitSpec.trainOnAll()).classes());
  }

  @Test
  void weightsAreRead() throws IOException {
    Samples samples =
        pairs
            .read(table("y,w", "1,0.5", "2,0", "3,2"), PairsFixture.REAL.withWeights("w"))
            .dataset()
            .samples();

    assertEquals(0.5f, samples.weight(0));
    assertEquals(0f, samples.weight(1));
    assertEquals(2f, samples.weight(2));
  }

  @Test
  void badWeightsAreRefusedWithTheirPlace() {
    TargetSpec target = PairsFixture.REAL.withWeights("w");

    assertRefused(
        () -> pairs.read(table("y,w", "1,1", "2,-0.5"), target),
        "pairs.csv, row 2 (line 3), column 'w'",
        "-0.5",
        "0 or more");
    assertRefused(
        () -> pairs.read(table("y,w", "1,nan", "2,1"), target),
        "row 1 (line 2), column 'w'",
        "finite");
    String message =
        assertRefused(
            () -> pairs.read(table("y,w", "1,1", "2,much"), target), "column 'w'", "'much'");
    assertTrue(!message.contains("softmax"), message);
    assertRefused(
        () -> pairs.read(table("y,w", "1,1", "2,"), target), "row 2 (line 3), column 'w'", "empty");
  }

  @Test
  void trainingWeightsThatAreAllZeroAreRefused() {
    assertRefused(
        () ->
            pairs.read(
                table("y,w", "1,0", "2,0", "3,1"),
                PairsFixture.REAL.withWeights("w"),
                new SplitSpec("y < 3", null, "y = 3")),
        "pairs.csv, column 'w'",
        "all 2 training rows are of weight 0");
  }

  @Test
  void aTargetSpecThatMakesNoSenseIsRefused() {
    assertRefused(() -> TargetSpec.real(List.of()), "no target column");
    assertRefused(() -> TargetSpec.real(List.of("y", "y")), "twice");
    assertRefused(
        () -> new TargetSpec(List.of("y", "z"), TargetKind.BINARY, null, List.of(), null),
        "one target column, found 2: y, z");
    assertRefused(
        () -> new TargetSpec(List.of("y"), TargetKind.REAL, "1", List.of(), null),
        "positive class ('1')");
  }
}
