package kronwood.cli.entities;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import kronwood.cli.Run;
import kronwood.cli.TinyData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tables whose entities are compared in several ways. */
class BlocksCommandTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  private String similarity(String file) {
    return "--similarity=left=" + data.path(file);
  }

  private String features(String file) {
    return "--features=left=" + data.path(file);
  }

  private String[] predict(String... options) {
    String[] all = new String[options.length + 1];
    all[0] = "--pairs=" + data.path("pairs.csv");
    System.arraycopy(options, 0, all, 1, options.length);
    return data.withModel("predict", all);
  }

  private List<Double> scores(String... options) {
    Run run = Run.well(predict(options));
    return TinyData.column(run.out(), "score").stream().map(Double::valueOf).toList();
  }

  private static void assertClose(List<Double> expected, List<Double> found) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), found.get(i), 1e-5, "row " + (i + 1));
    }
  }

  /** The entities of left under other names, in another order, and pairs of these. */
  private void rename() throws IOException {
    for (String file : List.of("left.csv", "left_similarity.csv")) {
      List<String> lines = data.read(file).lines().toList();
      String rows =
          lines.subList(1, lines.size()).reversed().stream()
              .map(line -> "new_" + line)
              .collect(Collectors.joining("\n"));
      data.write("new_" + file, lines.getFirst() + "\n" + rows + "\n");
    }
    data.write("pairs.csv", data.read("pairs.csv").replaceAll("(?m)^a", "new_a"));
  }

  @Test
  void newEntitiesBringEveryBlockTheModelWasTrainedWith() throws IOException {
    Run.well(
        data.train(
            features("left.csv"),
            "--kernel=left=gaussian",
            "--similarity=left:0.5=" + data.path("left_similarity.csv")));
    List<Double> known = scores();
    rename();
    List<Double> asNew = scores(features("new_left.csv"), similarity("new_left_similarity.csv"));
    assertClose(known, asNew);
    Run.refused(
        folder,
        predict(features("new_left.csv")),
        "features and similarities of table 'left'",
        "features and similarity for similarity 1 (left_similarity.csv)",
        "--features left=TABLE --similarity left=TABLE",
        "each of the 12 entities");
    Run.refused(folder, predict(), "'new_a1'", "--features left=TABLE --similarity left=TABLE");
    Run.refused(
        folder,
        predict("--features=left:2=" + data.path("new_left.csv")),
        "weights are those of the training");
  }

  @Test
  void aGaussianOfAnotherWidthIsKeptInTheModel() {
    Run.well(data.train("--kernel=left=gaussian:1"));
    List<Double> median = scores();
    Run.well(data.train("--kernel=left=gaussian"));
    assertEquals(median, scores());
    Run.well(data.train("--kernel=left=gaussian:0.5"));
    assertNotEquals(median, scores());
    String inspected = Run.well("inspect", "--model", data.path("model.kron")).out();
    assertTrue(inspected.contains("gaussian:0.5"), inspected);
  }

  @Test
  void twoMatricesInAnotherOrderOfRowsAndColumnsAreTheSameEntities() throws IOException {
    List<String> lines = data.read("left_similarity.csv").lines().toList();
    String rows = String.join("\n", lines.subList(1, lines.size()).reversed());
    data.write("turned.csv", lines.getFirst() + "\n" + rows + "\n");
    String second = similarity("left_similarity.csv");
    Run.well(data.train(second, second));
    List<Double> same = scores();
    Run.well(data.train(second, similarity("turned.csv")));
    assertEquals(same, scores());
  }

  @Test
  void anIdentityIsShownWithItsWeight() {
    Run.well(data.trainOnSimilarities("--identity=left=0.25"));
    String text = Run.well(data.withModel("inspect")).out();
    assertTrue(text.contains("left: 12 entities, rank"), text);
    assertTrue(text.contains("the sum of 2 blocks:"), text);
    assertTrue(text.contains("similarity 1 (left_similarity.csv) to 12 of them"), text);
    assertTrue(text.contains("identity of 12 of them, weight 0.25"), text);
    JsonNode table = Run.well(data.withModel("inspect", "--json")).json().at("/tables/0");
    assertEquals("blocks", table.get("kind").stringValue());
    assertEquals("identity", table.at("/blocks/1/kind").stringValue());
    assertEquals(0.25, table.at("/blocks/1/weight").doubleValue());
  }

  @Test
  void similaritiesWithAnIdentityPredictForNewEntities() throws IOException {
    Run.well(data.trainOnSimilarities("--identity=left=0.25"));
    List<Double> known = scores();
    assertClose(known, scores(similarity("left_similarity.csv")));
    rename();
    assertTrue(!known.equals(scores(similarity("new_left_similarity.csv"))));
  }

  @Test
  void optionsThatDoNotFitAreRefused() throws IOException {
    Run.refused(folder, data.train("--identity=left"), "--identity", "'left'", "NAME=WEIGHT");
    Run.refused(folder, data.train("--identity=left=no"), "--identity", "'left=no'", "left=0.5");
    Run.refused(folder, data.train("--identity=left=-1"), "--identity", "-1", "weight > 0");
    Run.refused(folder, data.train("--identity=cell=1"), "--identity", "'cell'", "left, right");
    Run.refused(
        folder, data.train("--identity=left=1", "--identity=left=2"), "'left' is given twice");
    Run.refused(folder, data.train("--kernel=left=rbf"), "--kernel", "'rbf'", "gaussian");
    Run.refused(
        folder, data.train("--kernel=left=gaussian:wide"), "--kernel", "'gaussian:wide'", ":0.5");
    Run.refused(folder, data.train("--kernel=left=cosine:2"), "--kernel", "cosine", "no width");
    Run.refused(
        folder,
        data.trainOnSimilarities("--kernel=left=cosine"),
        "--kernel",
        "'left' has no features");
    Run.refused(
        folder,
        data.train("--features=left:0=" + data.path("left.csv")),
        "--features",
        "'left:0'",
        "weight > 0");
    Run.refused(folder, data.train("--kernel=left=tanimoto"), "tanimoto", "'features'", ">= 0");
    data.copy("left.csv", "short.csv", "\na12,", "\nb12,");
    Run.refused(
        folder,
        data.train(features("short.csv"), similarity("left_similarity.csv")),
        "do not describe the same entities of table 'left'",
        "only the first has 1 id: 'b12'",
        "only the second has 1 id: 'a12'");
  }

  @Test
  void similaritiesFarFromSymmetricAreAveragedOnlyOnRequest() throws IOException {
    List<String> lines = new ArrayList<>(data.read("left_similarity.csv").lines().toList());
    String[] cells = lines.get(1).split(",");
    cells[2] = "9";
    lines.set(1, String.join(",", cells));
    data.write("bent.csv", String.join("\n", lines) + "\n");

    Run.refused(folder, data.train(similarity("bent.csv")), "not symmetric", "--symmetrise NAME");
    Run run = Run.well(data.train(similarity("bent.csv"), "--symmetrise=left", "--json"));
    assertTrue(run.err().contains("averaged with its transpose: row 'a1', column 'a2'"), run.err());
    assertTrue(run.json().at("/warnings/0").stringValue().contains("averaged"), run.out());
    Run.refused(folder, data.train("--symmetrise=left"), "'left' has no similarities");
    Run.refused(folder, data.train("--symmetrise=cell"), "--symmetrise", "'cell'", "left, right");
  }
}
