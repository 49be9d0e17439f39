package kronwood.cli.failure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import kronwood.cli.Run;
import kronwood.cli.TinyData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trained model and data that do not fit: one clear message, nothing written. */
class BadModelInputTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void trainModel() throws IOException {
    data = TinyData.in(folder);
    Run.well(data.train());
  }

  private void refused(String command, String[] options, String... parts) {
    Run.refused(folder, data.withModel(command, options), parts);
  }

  private String[] pairs(String file, String... options) {
    String[] all = Arrays.copyOf(options, options.length + 1);
    all[options.length] = "--pairs=" + data.path(file);
    return all;
  }

  @Test
  void missingModelFile() {
    Run.refused(
        folder,
        new String[] {"inspect", "--model=" + data.path("nosuch.kron")},
        "--model",
        "nosuch.kron",
        "does not exist");
  }

  @Test
  void fileThatIsNoModel() {
    Run.refused(
        folder,
        new String[] {"inspect", "--model=" + data.path("left.csv")},
        "--model",
        "left.csv",
        "is not a Kronwood model");
  }

  @Test
  void truncatedModel() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve("model.kron"));
    Files.write(folder.resolve("cut.kron"), Arrays.copyOf(bytes, bytes.length - 10));
    Run.refused(
        folder,
        new String[] {"inspect", "--model=" + data.path("cut.kron")},
        "cut.kron",
        "truncated");
  }

  @Test
  void pairsWithoutTheModelsModes() throws IOException {
    data.copy("pairs.csv", "bad.csv", "left,right,cell", "drug,protein,cell");
    refused("predict", pairs("bad.csv"), "bad.csv", "'left'", "'drug'", "left, right", "--modes");
    refused("evaluate", pairs("bad.csv"), "bad.csv", "'left'", "'drug'", "left, right", "--modes");
  }

  @Test
  void modesOfAnotherNumberThanTheModels() {
    refused(
        "predict",
        pairs("pairs.csv", "--modes=left,right,cell"),
        "--modes",
        "found 3 (left, right, cell)",
        "model.kron has 2: left, right");
  }

  @Test
  void tableThatTheModelDoesNotHave() {
    refused(
        "predict",
        pairs("pairs.csv", "--features=cell=" + data.path("cell.csv")),
        "--features",
        "no table 'cell'",
        "left, right");
  }

  @Test
  void similaritiesForAModelOfFeatures() {
    refused(
        "predict",
        pairs("pairs.csv", "--similarity=left=" + data.path("left_similarity.csv")),
        "--similarity",
        "features of table 'left'",
        "--features left=TABLE");
  }

  @Test
  void featuresForAModelOfSimilarities() {
    Run.well(data.trainOnSimilarities());
    refused(
        "predict",
        pairs("pairs.csv", "--features=left=" + data.path("left.csv")),
        "--features",
        "similarities of table 'left'",
        "--similarity left=TABLE");
  }

  @Test
  void newEntitiesWithoutAFeatureOfTheModel() throws IOException {
    data.copy("left.csv", "bad.csv", "id,x,y,z", "id,x,y,w");
    refused(
        "predict", pairs("pairs.csv", "--features=left=" + data.path("bad.csv")), "bad.csv", "'z'");
  }

  @Test
  void unknownIdSaysHowToGiveNewEntities() throws IOException {
    data.copy("pairs.csv", "new.csv", "a3,b2,", "a99,b2,");
    refused(
        "predict",
        pairs("new.csv"),
        "new.csv",
        "row 20",
        "column 'left'",
        "'a99'",
        "--features left=TABLE");
    refused("evaluate", pairs("new.csv"), "row 20", "column 'left'", "'a99'");
  }

  @Test
  void missingTruth() {
    refused(
        "evaluate", pairs("pairs.csv", "--target=afinity"), "pairs.csv", "'afinity'", "'affinity'");
  }

  @Test
  void moreTargetsThanTheModelPredicts() {
    refused(
        "evaluate",
        pairs("pairs.csv", "--target=affinity,other"),
        "--target",
        "found 2 (affinity, other)",
        "model.kron predicts 1: affinity");
  }

  @Test
  void classThatTheModelDoesNotKnow() throws IOException {
    Run.well(data.train("--target=grade", "--loss=softmax"));
    data.copy("pairs.csv", "bad.csv", ",high,", ",highest,");
    refused(
        "evaluate",
        pairs("bad.csv"),
        "bad.csv",
        "column 'grade'",
        "'highest'",
        "'high', 'low', 'mid'");
  }

  @Test
  void noRowsToEvaluate() {
    refused("evaluate", pairs("pairs.csv", "--where=part = 'tset'"), "pairs.csv", "part = 'tset'");
  }

  @Test
  void scoresToAFolderThatIsMissingOrAKindThatIsUnknown() {
    refused("predict", pairs("pairs.csv", "--out=" + data.path("no/scores.csv")), "no/scores.csv");
    refused(
        "predict",
        pairs("pairs.csv", "--out=" + data.path("scores.xlsx")),
        "scores.xlsx",
        ".parquet");
  }

  @Test
  void jsonAndPredictionsDoNotShareStandardOutput() {
    refused("predict", pairs("pairs.csv", "--json"), "--json", "--out");
  }
}
