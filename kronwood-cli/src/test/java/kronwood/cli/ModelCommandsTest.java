package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a trained model is used for: evaluate, predict, inspect. */
class ModelCommandsTest {
  /** Coordinates of known entities are kept in single precision, those of new ones are not. */
  private static final double SINGLE = 1e-5;

  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  private String pairs() {
    return "--pairs=" + data.path("pairs.csv");
  }

  private List<Double> predicted(String column, String... options) {
    Run run = Run.well(data.withModel("predict", options));
    return TinyData.column(run.out(), column).stream().map(Double::valueOf).toList();
  }

  private static void assertClose(List<Double> expected, List<Double> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), actual.get(i), SINGLE, "row " + (i + 1));
    }
  }

  private static void assertSameMetrics(JsonNode expected, JsonNode actual) {
    // Evaluation knows the entities of the samples, and says how well interactions are predicted.
    List<String> keys = new ArrayList<>(expected.propertyNames());
    if (!keys.contains("ic")) {
      keys.add("ic");
    }
    assertEquals(keys, List.copyOf(actual.propertyNames()));
    for (String key : expected.propertyNames()) {
      assertEquals(expected.get(key).asDouble(), actual.get(key).asDouble(), 1e-4, key);
    }
  }

  @Test
  void evaluateRepeatsTheTestMetricsOfTraining() {
    JsonNode trained =
        Run.well(
                data.trainOnSimilarities(
                    "--train-where=part = 'train'", "--test-where=part = 'test'", "--json"))
            .json();
    JsonNode evaluated =
        Run.well(data.withModel("evaluate", pairs(), "--where=part = 'test'", "--json")).json();

    assertSameMetrics(trained.at("/metrics/test"), evaluated.at("/metrics/test"));
    assertEquals(22, evaluated.at("/samples/test").asInt());
    assertEquals(22, evaluated.at("/work/samples").asInt());
    assertEquals(22 * 16, evaluated.at("/work/innerProducts").asInt());
    for (String key : List.of("load", "initialise", "train", "evaluate")) {
      assertTrue(evaluated.at("/seconds/" + key).isNumber(), key);
    }
    for (String key :
        List.of("metrics", "seconds", "work", "epochs", "engine", "plan", "peakBytes")) {
      assertTrue(evaluated.has(key), key);
    }
  }

  @Test
  void evaluateShowsATableToPeople() {
    Run.well(data.train("--target=active", "--loss=logistic"));
    Run run = Run.well(data.withModel("evaluate", pairs()));
    assertTrue(run.out().contains("samples            108"), run.out());
    for (String metric : List.of("accuracy", "logloss", "auc", "aupr", "f1", "ece")) {
      assertTrue(run.out().lines().anyMatch(line -> line.startsWith(metric + " ")), run.out());
    }
  }

  @Test
  void metricsThatAreUndefinedAreNull() {
    Run.well(data.train("--target=active", "--loss=logistic"));
    JsonNode metrics =
        Run.well(data.withModel("evaluate", pairs(), "--where=active = 'yes'", "--json"))
            .json()
            .at("/metrics/test");
    assertTrue(metrics.get("auc").isNull(), metrics::toString);
    assertTrue(metrics.get("accuracy").isNumber(), metrics::toString);
  }

  @Test
  void predictionsAreThoseThatEvaluateMeasures() throws IOException {
    Run.well(data.train());
    List<Double> scores = predicted("score", pairs());
    List<String> truth = TinyData.column(data.read("pairs.csv"), "affinity");
    double squares = 0;
    for (int i = 0; i < scores.size(); i++) {
      squares += Math.pow(scores.get(i) - Double.parseDouble(truth.get(i)), 2) / scores.size();
    }
    double mse =
        Run.well(data.withModel("evaluate", pairs(), "--json"))
            .json()
            .at("/metrics/test/mse")
            .asDouble();
    assertEquals(mse, squares, 1e-4);
  }

  @Test
  void allColumnsAreKeptBesideTheScore() throws IOException {
    Run.well(data.train());
    Run run = Run.well(data.withModel("predict", pairs(), "--out=-"));
    assertEquals(
        "left,right,cell,affinity,other,active,grade,weight,part,score",
        run.out().lines().findFirst().orElse(""));
    assertEquals(
        TinyData.column(data.read("pairs.csv"), "grade"), TinyData.column(run.out(), "grade"));
    assertEquals("", run.err());
  }

  @Test
  void predictWritesFilesOfSeveralKinds() throws IOException {
    Run.well(data.train());
    List<Double> scores = predicted("score", pairs());
    for (String name : List.of("scores.csv", "scores.parquet", "scores.json")) {
      Run run = Run.well(data.withModel("predict", pairs(), "--out=" + data.path(name)));
      assertEquals("", run.out());
      assertTrue(run.err().contains("108 predictions written to "), run.err());
      assertTrue(Files.size(folder.resolve(name)) > 0, name);
      Run again =
          Run.well(
              data.withModel(
                  "predict", "--pairs=sql:SELECT * FROM '" + data.path(name) + "' LIMIT 5"));
      List<Double> written =
          TinyData.column(again.out(), "score").stream().map(Double::valueOf).toList();
      assertClose(scores.subList(0, 5), written);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.noneMatch(file -> file.toString().endsWith(".tmp")));
    }
  }

  @Test
  void predictReportsInJson() {
    Run.well(data.train());
    String out = data.path("scores.parquet");
    JsonNode report = Run.well(data.withModel("predict", pairs(), "--out=" + out, "--json")).json();
    assertEquals(108, report.get("rows").asInt());
    assertEquals(out, report.get("out").asString());
  }

  @Test
  void newEntitiesWithFeaturesOfKnownOnesArePredictedAlike() throws IOException {
    Run.well(data.train());
    data.write("new_left.csv", data.read("left.csv").replace("a", "n"));
    data.write("new_pairs.csv", data.read("pairs.csv").replaceAll("(?m)^a", "n"));

    assertClose(
        predicted("score", pairs()),
        predicted(
            "score",
            "--pairs=" + data.path("new_pairs.csv"),
            "--features=left=" + data.path("new_left.csv")));
  }

  @Test
  void newEntitiesWithSimilaritiesOfKnownOnesArePredictedAlike() throws IOException {
    Run.well(data.trainOnSimilarities());
    data.write("new_left.csv", data.read("left_similarity.csv").replaceAll("(?m)^a", "n"));
    data.write("new_pairs.csv", data.read("pairs.csv").replaceAll("(?m)^a", "n"));

    assertClose(
        predicted("score", pairs()),
        predicted(
            "score",
            "--pairs=" + data.path("new_pairs.csv"),
            "--similarity=left=" + data.path("new_left.csv")));
  }

  @Test
  void newEntitiesAreEvaluatedToo() throws IOException {
    Run.well(data.train());
    data.write("new_left.csv", data.read("left.csv").replace("a", "n"));
    data.write("new_pairs.csv", data.read("pairs.csv").replaceAll("(?m)^a", "n"));

    assertSameMetrics(
        Run.well(data.withModel("evaluate", pairs(), "--json")).json().at("/metrics/test"),
        Run.well(
                data.withModel(
                    "evaluate",
                    "--pairs=" + data.path("new_pairs.csv"),
                    "--features=left=" + data.path("new_left.csv"),
                    "--json"))
            .json()
            .at("/metrics/test"));
  }

  @Test
  void attributesGivenNowWinOverThoseTheModelKnows() throws IOException {
    Run.well(data.train());
    data.write("new_left.csv", "id,x,y,z\na2,0.1,0.2,0.3\nn1,0.1,0.2,0.3\n");
    data.write("new_pairs.csv", "left,right\na2,b1\nn1,b1\na3,b1\n");
    String pairs = "--pairs=" + data.path("new_pairs.csv");
    Run run =
        Run.well(data.withModel("predict", pairs, "--features=left=" + data.path("new_left.csv")));

    List<String> scores = TinyData.column(run.out(), "score");
    assertEquals(scores.get(1), scores.get(0), "a2 with the attributes of n1");
    data.write("old_pairs.csv", "left,right\na2,b1\na3,b1\n");
    List<Double> old = predicted("score", "--pairs=" + data.path("old_pairs.csv"));
    assertNotEquals(old.get(0), Double.valueOf(scores.get(0)), SINGLE);
    assertEquals(old.get(1), Double.valueOf(scores.get(2)));
    assertTrue(run.err().contains("knows 1 of the 2 entities of table 'left'"), run.err());
  }

  @Test
  void modesMayBeCalledOtherwiseThanInTraining() throws IOException {
    Run.well(data.train());
    data.copy("pairs.csv", "renamed.csv", "left,right,cell", "drug,protein,cell");
    assertEquals(
        predicted("score", pairs()),
        predicted("score", "--pairs=" + data.path("renamed.csv"), "--modes=drug,protein"));
  }

  @Test
  void twoClassesGetTheProbabilityOfThePositiveOne() {
    Run.well(data.train("--target=active", "--loss=logistic", "--epochs=40"));
    List<Double> yes = predicted("probability", pairs());
    Run.well(data.train("--target=active", "--loss=logistic", "--epochs=40", "--positive=no"));
    List<Double> no = predicted("probability", pairs());
    for (int i = 0; i < yes.size(); i++) {
      assertTrue(yes.get(i) >= 0 && yes.get(i) <= 1, "row " + (i + 1));
      assertEquals(1, yes.get(i) + no.get(i), 1e-6, "row " + (i + 1));
    }
  }

  @Test
  void severalClassesGetAProbabilityEach() {
    Run.well(data.train("--target=grade", "--loss=softmax"));
    Run run = Run.well(data.withModel("predict", pairs()));
    List<String> high = TinyData.column(run.out(), "probability_high");
    List<String> low = TinyData.column(run.out(), "probability_low");
    List<String> mid = TinyData.column(run.out(), "probability_mid");
    for (int i = 0; i < high.size(); i++) {
      double sum =
          Double.parseDouble(high.get(i))
              + Double.parseDouble(low.get(i))
              + Double.parseDouble(mid.get(i));
      assertEquals(1, sum, 1e-9, "row " + (i + 1));
    }
    assertTrue(List.of("high", "low", "mid").containsAll(TinyData.column(run.out(), "class")));
  }

  @Test
  void severalTargetsGetAColumnEach() {
    JsonNode trained = Run.well(data.train("--target=affinity,other", "--json")).json();
    assertTrue(trained.at("/metrics/train/mse").isNumber());
    Run run = Run.well(data.withModel("predict", pairs()));
    assertEquals(108, TinyData.column(run.out(), "predicted_affinity").size());
    assertEquals(108, TinyData.column(run.out(), "predicted_other").size());
  }

  @Test
  void inspectTellsWhatTheModelIsAndHowItWasMade() {
    Run.well(
        data.train(
            "--similarity=right=" + data.path("right_similarity.csv"),
            "--test-where=part = 'test'",
            "--seed=42"));
    String text = Run.well(data.withModel("inspect")).out().replaceAll(" +", " ");
    for (String part :
        List.of("left ⊗ right", "12 entities", "16 neurons", "affinity", "\nseed 42\n", "mse")) {
      assertTrue(text.contains(part), () -> "expected '" + part + "' in: " + text);
    }

    JsonNode root = Run.well(data.withModel("inspect", "--json")).json();
    assertEquals("left", root.at("/modes/0/name").asString());
    assertEquals("right", root.at("/modes/1/table").asString());
    assertEquals(12, root.at("/tables/0/entities").asInt());
    assertEquals("features", root.at("/tables/0/kind").asString());
    assertEquals("similarity", root.at("/tables/1/kind").asString());
    int parameters = root.at("/tables/0/rank").asInt() * root.at("/tables/1/rank").asInt() + 1;
    assertEquals(16 * parameters, root.at("/network/parameters").asInt());
    assertEquals(16, root.at("/network/neurons").asInt());
    assertEquals("regression", root.at("/target/task").asString());
    assertEquals("affinity", root.at("/target/names/0").asString());
    assertTrue(root.at("/provenance/data").asString().matches("[0-9a-f]{64}"));
    assertTrue(root.at("/metrics/test/ci").isNumber());
    assertTrue(root.at("/metrics/validation").isEmpty());
  }
}
