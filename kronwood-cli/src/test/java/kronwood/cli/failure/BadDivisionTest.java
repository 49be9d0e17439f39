package kronwood.cli.failure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kronwood.cli.Run;
import kronwood.cli.TinyData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Divisions that cannot be made: one clear message, nothing written. */
class BadDivisionTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  private void refused(String option, String... parts) {
    Run.refused(folder, data.cv(option, "--out=" + data.path("folds")), parts);
  }

  private void refusedTraining(String[] options, String... parts) {
    Run.refused(folder, data.train(options), parts);
  }

  @Test
  void settingThatDoesNotExist() {
    refused("--setting=A,E", "--setting", "'E'", "A, B, C and D");
  }

  @Test
  void settingOfPairsForThreeModes() {
    Run.refused(
        folder,
        data.cv(
            "--modes=left,right,cell", "--features=cell=" + data.path("cell.csv"), "--setting=D"),
        "--setting",
        "--modes names 3",
        "--new");
  }

  @Test
  void newModeThatDoesNotExist() {
    refused("--new=left,cell", "--new", "'cell'", "left, right");
  }

  @Test
  void moreFoldsThanEntities() {
    Run.refused(
        folder,
        data.cv("--setting=C", "--folds=10"),
        "setting C",
        "9 entities of table 'right'",
        "10 parts");
  }

  @Test
  void aSingleFold() {
    refused("--folds=1", "--folds", "'1'", ">= 2");
  }

  @Test
  void groupsThatLeaveNothingToDivide() throws IOException {
    data.write("bad.csv", data.read("pairs.csv").replaceAll("(?m),(train|test|validation)$", ",x"));
    Run.refused(
        folder,
        data.cv("--pairs=" + data.path("bad.csv"), "--group=part", "--setting=A"),
        "setting A",
        "1 group of samples",
        "5 parts");
  }

  @Test
  void columnOfGroupsThatDoesNotExist() {
    refused("--group=prat", "pairs.csv", "'prat'", "'part'");
    refused("--group=cell=part", "--group", "'cell'", "'left', 'right'");
  }

  @Test
  void negativesThatCannotBeAdded() {
    refused("--negatives=few", "--negatives", "'few'", "all or sample:N");
    refused("--negatives=sample:0", "--negatives", "'sample:0'", "sample:5");
    refused(
        "--negatives=all",
        "negatives are for targets of two classes",
        "'affinity'",
        "--loss logistic");
    Run.refused(
        folder,
        data.cv("--negatives=all", "--loss=logistic", "--target=active"),
        "pairs.csv",
        "12 × 9",
        "none is left");
  }

  @Test
  void outFolderThatCannotBeOne() throws IOException {
    Files.createFile(folder.resolve("taken"));
    Run.refused(folder, data.cv("--out=" + data.path("taken")), "--out", "taken is a file");
    Run.refused(folder, data.cv("--out=" + data.path("model.kron")), "--out", "named like a model");
    Run.refused(folder, data.cv("--out=" + data.path("not/there")), "there is no folder");
  }

  @Test
  void kindOfFileThatIsUnknown() {
    refused("--format=xml", "--format", "'xml'", "csv or parquet");
  }

  @Test
  void tooLittleMemoryForASingleFold() {
    refused("--memory=1K", "memory", "--memory");
  }

  @Test
  void sharesThatAreNone() {
    refusedTraining(new String[] {"--test-share=1"}, "--test-share", "'1'", "> 0 and < 1");
    refusedTraining(new String[] {"--test-share=half"}, "--test-share", "'half'");
  }

  @Test
  void twoWaysToDivideATraining() {
    refusedTraining(
        new String[] {"--setting=B", "--test-where=part = 'test'"}, "--setting", "--test-where");
    refusedTraining(new String[] {"--setting=A,B"}, "--setting", "found 2", "kronwood cv");
    refusedTraining(
        new String[] {
          "--negatives=all",
          "--loss=logistic",
          "--target=active",
          "--test-where=part = 'test'",
          "--group=part"
        },
        "--group: is for rows that are divided by --setting");
    refusedTraining(
        new String[] {"--test-share=0.2", "--split-column=part"}, "shares", "--split-column");
    refusedTraining(
        new String[] {"--split-column=part", "--test-where=part = 'test'"},
        "rows are divided either by --train-where",
        "--split-column");
    refusedTraining(new String[] {"--test-last=1"}, "--test-last: needs --time COLUMN");
    refusedTraining(new String[] {"--time=other"}, "--time: is for --test-last N");
    refusedTraining(new String[] {"--test-last=1.5", "--time=other"}, "--test-last", "'1.5'");
    refusedTraining(
        new String[] {"--test-last=1", "--time=when"}, "the column of times 'when' is missing");
    refusedTraining(
        new String[] {"--negatives=all", "--negatives-by=popularity", "--loss=logistic"},
        "--negatives-by: is for --negatives sample:N");
    refusedTraining(new String[] {"--group=part"}, "--group", "--setting");
  }
}
