package kronwood.cli.failure;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import kronwood.cli.Run;
import kronwood.cli.TinyData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of frequent mistakes it is said what to do about them. */
class InputAdviceTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  private void refused(String option, String... parts) {
    Run.refused(folder, data.train(option), parts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void anEmptyPredicateIsSaidToBeEmpty(String predicate) {
    for (String option : new String[] {"--train-where", "--validation-where", "--test-where"}) {
      refused(option + "=" + predicate, option + ": is empty", "pairs.part = '…'", "leave it out");
    }
    Run.well(data.train());
    Run.refused(
        folder,
        data.withModel("evaluate", "--pairs=" + data.path("pairs.csv"), "--where=" + predicate),
        "where: is empty");
  }

  @ParameterizedTest
  @CsvSource({"part = test", "part = \"test\"", "part <> test", "'part IN (''train'', test)'"})
  void textInAPredicateWantsSingleQuotes(String predicate) {
    refused("--test-where=" + predicate, "--test-where", "write it in single quotes: 'test'");
  }

  @Test
  void aMisspeltColumnOfAPredicateIsNotTakenForText() {
    Run run = Run.of(data.train("--test-where=prat = 'test'"));
    assertTrue(run.err().contains("\"prat\" not found"), run.err());
    assertTrue(!run.err().contains("single quotes"), run.err());
  }

  @Test
  void aFeatureThatIsNotKnownIsLeftEmpty() throws IOException {
    data.write("unknown.csv", data.read("left.csv").replaceFirst("\na4,[^,]*,", "\na4,NaN,"));
    refused(
        "--features=left=" + data.path("unknown.csv"),
        "row 4 (line 5), column 'x': found 'NaN'",
        "an empty cell where it is not known");
    data.copy("unknown.csv", "empty.csv", "NaN", "");
    Run.well(data.train("--features=left=" + data.path("empty.csv")));
  }

  @Test
  void aModelNeedsItsNumbers() throws IOException {
    Run.well(data.train());
    for (String value : new String[] {"", "tall"}) {
      data.write("new.csv", "id,x,y,z\nn1," + value + ",1,2\n");
      Run.refused(
          folder,
          data.withModel(
              "predict",
              "--pairs=" + data.path("pairs.csv"),
              "--features=left=" + data.path("new.csv")),
          "new.csv, row 1 (line 2), column 'x'",
          "the model needs a number");
    }
  }

  @Test
  void featuresInPlaceOfSimilaritiesAreRecognised() {
    refused(
        "--similarity=left=" + data.path("left.csv"),
        "left.csv: the matrix is not square",
        "give them with --features");
  }

  @Test
  void whatIsTooFewToBeDividedIsCounted() throws IOException {
    data.write("one.csv", "left,right,affinity\na1,b1,1\na1,b2,2\na1,b3,4\n");
    String pairs = "--pairs=" + data.path("one.csv");
    Run.refused(
        folder,
        data.cv(pairs, "--setting=B", "--folds=2"),
        "1 entity of table 'left', which cannot be divided into 2 parts; at least 2 are needed");
    Run.refused(
        folder,
        data.cv(pairs, "--setting=A", "--folds=5"),
        "3 groups of samples, which cannot be divided into 5 parts; take at most 3");
  }

  @Test
  void aSingleEntityIsWarnedOf() throws IOException {
    data.write("one.csv", "left,right,affinity\na1,b1,1\na1,b2,2\na1,b3,4\n");
    Run run = Run.well(data.train("--pairs=" + data.path("one.csv")));
    assertTrue(
        run.err()
            .contains("warning: all rows to train on have the same entity of table 'left', 'a1'"),
        run.err());
    assertTrue(!run.err().contains("table 'right'"), run.err());
  }
}
