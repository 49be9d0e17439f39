package kronwood.cli.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import kronwood.cli.Run;
import kronwood.cli.TinyData;
import kronwood.cli.terminal.ExitCodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that users bring in and that cannot be used: one clear message, nothing written. */
class BadInputTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  private void refusedPairs(String file, String... parts) {
    Run.refused(folder, data.train("--pairs=" + data.path(file)), parts);
  }

  private void refusedLeft(String file, String... parts) {
    Run.refused(folder, data.train("--features=left=" + data.path(file)), parts);
  }

  private void refusedSimilarity(String file, String... parts) {
    Run.refused(folder, data.train("--similarity=left=" + data.path(file)), parts);
  }

  @Test
  void unknownIdInPairs() throws IOException {
    data.copy("pairs.csv", "bad.csv", "a3,b2,", "a33,b2,");
    refusedPairs("bad.csv", "bad.csv", "row 20", "column 'left'", "'a33'", "closest: 'a3'");
  }

  @Test
  void duplicateIdOfFeatures() throws IOException {
    data.copy("left.csv", "bad.csv", "a4,", "a2,");
    refusedLeft("bad.csv", "bad.csv", "row 4", "'a2'", "row 2");
  }

  @Test
  void duplicateIdOfSimilarities() throws IOException {
    data.copy("left_similarity.csv", "bad.csv", "\na4,", "\na2,");
    refusedSimilarity("bad.csv", "bad.csv", "row 4", "'a2'", "row 2");
  }

  @Test
  void duplicatePairWithDifferentLabels() throws IOException {
    data.write("bad.csv", data.read("pairs.csv") + "a1,b1,c1,7.5,0,no,low,1,train\n");
    refusedPairs("bad.csv", "bad.csv", "row 1 ", "row 109", "left 'a1', right 'b1'", "7.5");
  }

  @Test
  void raggedRowOfPairs() throws IOException {
    data.write("bad.csv", data.read("pairs.csv") + "a1,b1,c1\n");
    refusedPairs("bad.csv", "bad.csv", "row 109", "found 3 ", "expected 9");
  }

  @Test
  void raggedRowOfFeatures() throws IOException {
    data.copy("left.csv", "bad.csv", "\na4,", "\na4,0.5,");
    refusedLeft("bad.csv", "bad.csv", "row 4", "found 5 ", "expected 4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "NaN", "inf", "-Infinity", "1e99"})
  void featureThatIsNoFiniteNumber(String value) throws IOException {
    data.write("bad.csv", data.read("left.csv") + "a13,1," + value + ",2\n");
    refusedLeft("bad.csv", "bad.csv", "row 13", "column 'y'", "'" + value + "'", "expected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "NaN", "inf"})
  void similarityThatIsNoFiniteNumber(String value) throws IOException {
    data.copy("left_similarity.csv", "bad.csv", "\na2,", "\na2," + value + ",");
    String rows = data.read("bad.csv");
    int line = rows.indexOf("\na2,") + 1;
    int end = rows.indexOf('\n', line);
    String row = rows.substring(line, end);
    data.write("bad.csv", rows.replace(row, row.substring(0, row.lastIndexOf(','))));
    refusedSimilarity("bad.csv", "bad.csv", "row 2", "column 'a1'", "'" + value + "'", "expected");
  }

  @ParameterizedTest
  @CsvSource({"abc, found 'abc'", "NaN, found 'NaN'", "inf, found 'Infinity'", "'', is empty"})
  void targetThatIsNoFiniteNumber(String value, String found) throws IOException {
    data.write(
        "bad.csv", data.read("pairs.csv").replaceFirst("a2,b1,c2,[^,]*", "a2,b1,c2," + value));
    refusedPairs("bad.csv", "bad.csv", "row 10", "column 'affinity'", found, "expected a");
  }

  @Test
  void weightThatIsNoNumber() throws IOException {
    data.copy("pairs.csv", "bad.csv", ",1,test", ",heavy,test");
    Run.refused(
        folder,
        data.train("--pairs=" + data.path("bad.csv"), "--weight=weight"),
        "bad.csv",
        "row 1 ",
        "column 'weight'",
        "'heavy'");
  }

  @Test
  void textAsTargetSuggestsALossForClasses() {
    Run.refused(
        folder, data.train("--target=grade"), "pairs.csv", "column 'grade'", "--loss softmax");
  }

  @Test
  void emptyTables() throws IOException {
    data.write("nothing.csv", "");
    data.write("pairs_header.csv", "left,right,affinity\n");
    data.write("left_header.csv", "id,x,y,z\n");
    refusedPairs("nothing.csv", "nothing.csv", "empty");
    refusedPairs("pairs_header.csv", "pairs_header.csv", "no rows");
    refusedLeft("nothing.csv", "nothing.csv", "empty");
    refusedLeft("left_header.csv", "left_header.csv", "no rows");
    refusedSimilarity("nothing.csv", "nothing.csv", "empty");
  }

  @Test
  void noTrainingRowsAfterThePredicate() {
    Run.refused(
        folder,
        data.train("--train-where=part = 'trian'"),
        "pairs.csv",
        "no rows to train on",
        "108 rows",
        "part = 'trian'");
  }

  @Test
  void predicateThatIsNotSql() {
    Run.refused(folder, data.train("--test-where=prat = 'test'"), "--test-where", "prat", "part");
  }

  @Test
  void overlappingPredicates() {
    Run.refused(
        folder,
        data.train("--train-where=true", "--test-where=part = 'test'"),
        "pairs.csv",
        "--train-where",
        "--test-where",
        "row 1");
  }

  @Test
  void onlyOneClass() {
    Run.refused(
        folder,
        data.train("--target=active", "--loss=logistic", "--train-where=active = 'yes'"),
        "pairs.csv",
        "column 'active'",
        "only one class",
        "'yes'");
    Run.refused(
        folder,
        data.train(
            "--target=grade",
            "--loss=softmax",
            "--train-where=grade = 'low'",
            "--test-where=grade <> 'low'"),
        "pairs.csv",
        "column 'grade'",
        "only one class",
        "'low'");
  }

  @Test
  void moreClassesThanTwoForLogisticLoss() {
    Run.refused(
        folder,
        data.train("--target=grade", "--loss=logistic"),
        "column 'grade'",
        "found 3",
        "--loss softmax");
  }

  @Test
  void similarityMatrixThatIsNotSquare() throws IOException {
    String rows = data.read("left_similarity.csv");
    data.write("bad.csv", rows.substring(0, rows.lastIndexOf("\na12,") + 1));
    refusedSimilarity("bad.csv", "bad.csv", "not square", "11 rows", "12 columns", "'a12'");
  }

  @Test
  void similarityMatrixWhoseIdsDoNotMatch() throws IOException {
    data.copy("left_similarity.csv", "bad.csv", "\na12,", "\nz12,");
    refusedSimilarity("bad.csv", "bad.csv", "ids of rows and columns", "'z12'", "'a12'");
  }

  @Test
  void asymmetricSimilarityMatrix() throws IOException {
    data.write(
        "bad.csv", data.read("left_similarity.csv").replaceFirst("\na2,[^,]*,", "\na2,-7.25,"));
    refusedSimilarity("bad.csv", "bad.csv", "not symmetric", "'a1'", "'a2'", "-7.25");
  }

  @Test
  void featureTableWithoutIdColumn() throws IOException {
    data.copy("left.csv", "bad.csv", "id,", "name,");
    refusedLeft("bad.csv", "bad.csv", "'id'", "'left'", "'name'");
  }

  @Test
  void missingLabelColumn() {
    Run.refused(
        folder,
        data.train("--target=afinity"),
        "pairs.csv",
        "target column 'afinity'",
        "did you mean 'affinity'");
  }

  @Test
  void missingModeColumn() {
    Run.refused(
        folder,
        data.train("--modes=lft:left,right"),
        "pairs.csv",
        "'lft'",
        "did you mean 'left'",
        "'right'");
  }

  @Test
  void modeWithoutTableAndTableWithoutMode() {
    Run.refused(
        folder,
        data.train("--modes=left,right,cell"),
        "--modes",
        "'cell'",
        "--features cell=TABLE",
        "--similarity cell=TABLE");
    Run.refused(
        folder,
        data.train("--features=cell=" + data.path("cell.csv")),
        "--features",
        "'cell'",
        "left, right");
  }

  @Test
  void tableGivenTwice() {
    Run.refused(
        folder,
        data.train(
            "--features=left=" + data.path("left.csv"),
            "--features=left=" + data.path("right.csv")),
        "'left' is given twice",
        "left.csv",
        "right.csv");
  }

  @ParameterizedTest
  @ValueSource(strings = {"left.csv", "=left.csv", "left="})
  void attributesWithoutNameOrTable(String value) {
    Run.refused(
        folder, data.train("--features=" + value), "--features", "'" + value + "'", "NAME=TABLE");
  }

  @Test
  void missingFile() {
    refusedPairs("nosuch.csv", "nosuch.csv", "no such file");
    refusedLeft("nosuch.csv", "--features", "nosuch.csv", "no such file");
  }

  @Test
  void missingOutputFolder() {
    Run.refused(
        folder,
        data.train("--out=" + data.path("nosuch/model.kron")),
        "nosuch/model.kron",
        "no folder",
        "create it");
  }

  @Test
  void outputFolderThatIsAFile() {
    Run.refused(
        folder,
        data.train("--out=" + data.path("left.csv/model.kron")),
        "left.csv/model.kron",
        "left.csv is not a folder");
  }

  @Test
  void outputThatIsAFolder() {
    Run.refused(folder, data.train("--out=" + folder), folder.toString(), "is a directory");
  }

  @Test
  void outputFolderThatIsNotWritable() throws IOException {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Path locked = Files.createDirectory(folder.resolve("locked"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeFalse(Files.isWritable(locked), "this user may write anywhere");
      Run.refused(
          folder, data.train("--out=" + locked.resolve("model.kron")), "locked", "not writable");
    } finally {
      Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void outputIsCheckedBeforeAnythingIsRead() {
    Run.refused(
        folder,
        data.train("--pairs=" + data.path("nosuch.csv"), "--out=" + data.path("no/model.kron")),
        "no/model.kron");
  }

  @Test
  void moreMemoryThanThereIs() {
    Run run =
        Run.refused(
            folder,
            data.train("--neurons=2000000000", "--engine=eager"),
            "this run needs about ",
            " GB of memory (eager: 2000000000 neurons",
            "but there are ",
            "KRONWOOD_JAVA_OPTS=-Xmx");
    assertFalse(run.err().contains("OutOfMemoryError"), run.err());
  }

  @Test
  void entitiesThatAreAllAlikeWithoutConstant() throws IOException {
    data.write("bad.csv", data.read("left.csv").replaceAll("(?m)^(a\\d+),.*", "$1,1,2,3"));
    Run.refused(
        folder,
        data.train("--features=left=" + data.path("bad.csv"), "--constant=0"),
        "table 'left'",
        "same attributes",
        "constant > 0");
  }

  @Test
  void divergenceHasItsOwnExitCodeAndLeavesNoModel() {
    Run run = Run.of(data.train("--learning-rate=1e300", "--epochs=50"));
    assertEquals(ExitCodes.DIVERGED, run.code(), run::toString);
    assertEquals("", run.out());
    assertTrue(run.err().contains("diverged in epoch"), run.err());
    assertTrue(run.err().contains("--learning-rate"), run.err());
    assertFalse(Files.exists(folder.resolve("model.kron")));
  }
}
