package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kronwood.plan.EngineChoice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Trainings that work, and what is reported of them. */
class TrainCommandTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  @Test
  void jsonReportHasTheDocumentedKeys() {
    JsonNode root =
        Run.well(
                data.train(
                    "--train-where=part = 'train'",
                    "--validation-where=part = 'validation'",
                    "--test-where=part = 'test'",
                    "--engine=eager",
                    "--json"))
            .json();

    List<String> regression =
        List.of("mse", "rmse", "mae", "r2", "rm2", "pearson", "spearman", "ci");
    for (String part : List.of("train", "validation", "test")) {
      assertEquals(
          regression,
          List.copyOf(root.at("/metrics/" + part).propertyNames()),
          "metrics of " + part);
    }
    assertEquals(
        List.of("load", "initialise", "train", "evaluate"),
        List.copyOf(root.get("seconds").propertyNames()));
    for (String key : List.of("samples", "fired", "candidates", "innerProducts")) {
      assertTrue(root.at("/work/" + key).isIntegralNumber(), key);
    }
    assertEquals(3 * 64, root.at("/work/samples").asInt());
    assertEquals(3, root.get("epochs").asInt());
    assertEquals("eager", root.get("engine").asString());
    assertTrue(root.get("plan").asString().startsWith("eager"), root::toString);
    assertTrue(root.get("peakBytes").asLong() > 0);
    assertEquals(64, root.at("/samples/train").asInt());
    assertEquals(22, root.at("/samples/validation").asInt());
    assertEquals(22, root.at("/samples/test").asInt());
    assertEquals(3, root.get("losses").size());
    assertTrue(root.get("learningRate").asDouble() > 0);
    assertFalse(root.get("stopped").asBoolean());
    assertEquals(data.path("model.kron"), root.get("model").asString());
    assertTrue(root.get("warnings").isEmpty());
  }

  @Test
  void partsWithoutSamplesAreEmptyObjects() {
    JsonNode metrics = Run.well(data.train("--json")).json().get("metrics");
    assertEquals(List.of("train", "validation", "test"), List.copyOf(metrics.propertyNames()));
    assertFalse(metrics.get("train").isEmpty());
    assertTrue(metrics.get("validation").isObject() && metrics.get("validation").isEmpty());
    assertTrue(metrics.get("test").isObject() && metrics.get("test").isEmpty());
  }

  @Test
  void peopleGetATableOfMetricsAndTheModelsPath() {
    Run run = Run.well(data.train("--test-where=part = 'test'"));
    List<String> lines = run.out().lines().toList();
    assertEquals(List.of("train", "test"), List.of(lines.getFirst().strip().split(" +")));
    assertEquals(List.of("samples", "86", "22"), List.of(lines.get(1).split(" +")));
    assertTrue(lines.get(2).matches("mse +\\d+\\.\\d{4} +\\d+\\.\\d{4}"), run.out());
    assertEquals("model: " + data.path("model.kron"), lines.getLast());
    assertEquals("", run.err(), "--progress none");
    assertTrue(Files.exists(folder.resolve("model.kron")));
  }

  @Test
  void theSameCommandGivesTheSameModelWhateverTheThreads() throws IOException {
    Run.well(data.trainOnSimilarities("--threads=1"));
    JsonNode one = Run.well(data.withModel("evaluate", pairs(), "--json")).json();
    Run.well(data.trainOnSimilarities("--threads=3"));
    JsonNode three = Run.well(data.withModel("evaluate", pairs(), "--json")).json();
    assertEquals(one.get("metrics"), three.get("metrics"));
    byte[] first = Files.readAllBytes(folder.resolve("model.kron"));
    Run.well(data.trainOnSimilarities("--threads=3"));
    assertArrayEquals(first, Files.readAllBytes(folder.resolve("model.kron")));
  }

  private String pairs() {
    return "--pairs=" + data.path("pairs.csv");
  }

  @Test
  void trainingLearns() {
    JsonNode root =
        Run.well(data.train("--neurons=128", "--epochs=60", "--test-where=part = 'test'", "--json"))
            .json();
    assertTrue(root.at("/metrics/test/r2").asDouble() > 0.5, root::toString);
    assertTrue(
        root.get("losses").get(59).asDouble() < 0.5 * root.get("losses").get(0).asDouble(),
        root::toString);
  }

  @ParameterizedTest
  @EnumSource(EngineChoice.class)
  void everyEngineLearnsTheSame(EngineChoice engine) {
    JsonNode dense = Run.well(data.train("--engine=dense", "--json")).json();
    JsonNode other = Run.well(data.train("--engine=" + engine.key(), "--json")).json();
    for (int epoch = 0; epoch < 3; epoch++) {
      double expected = dense.get("losses").get(epoch).asDouble();
      assertEquals(expected, other.get("losses").get(epoch).asDouble(), 1e-6 * expected);
    }
    if (engine != EngineChoice.AUTO) {
      assertEquals(engine.key(), other.get("engine").asString());
    }
  }

  @Test
  void everyOptionIsAccepted() {
    Run.well(
        data.train(
            "--loss=huber",
            "--huber-delta=1.5",
            "--shift=0.7",
            "--no-paired",
            "--neurons=15",
            "--train-output",
            "--no-centre",
            "--constant=0.5",
            "--weight=weight",
            "--learning-rate=0.5",
            "--weight-decay=0.01",
            "--seed=-3",
            "--quiet"));
    String made = Run.well(data.withModel("inspect")).out().replaceAll(" +", " ");
    for (String part :
        List.of(
            "huber delta 1.5",
            "neurons 15",
            "shift 0.7",
            "paired false",
            "train output true",
            "learning rate 0.5",
            "seed -3",
            "centre false",
            "constant 0.5",
            "weight decay 0.01")) {
      assertTrue(made.contains("\n" + part + "\n"), () -> "expected '" + part + "' in: " + made);
    }
  }

  @Test
  void oneModeOfEntities() throws IOException {
    data.write("single.csv", "left,y\na1,1\na2,0\na3,2\na4,1\na5,0.5\n");
    JsonNode root = trainModes("left", "single.csv", "y", "left");
    assertEquals(5, root.at("/samples/train").asInt());
    Run run = Run.well(data.withModel("predict", "--pairs=" + data.path("single.csv")));
    assertEquals(5, TinyData.column(run.out(), "score").size());
  }

  @Test
  void threeModesOfEntities() {
    JsonNode root = trainModes("left,right,cell", "pairs.csv", "affinity", "left", "right", "cell");
    assertEquals(108, root.at("/samples/train").asInt());
    JsonNode model = Run.well(data.withModel("inspect", "--json")).json();
    assertEquals("cell", model.at("/modes/2/name").asString());
  }

  @Test
  void theSameEntityTwice() throws IOException {
    data.write("images.csv", data.read("left.csv"));
    StringBuilder pairs = new StringBuilder("image,digit\n");
    for (int i = 1; i <= TinyData.LEFT; i++) {
      pairs.append('a').append(i).append(",d").append(i % 3).append('\n');
    }
    data.write("digits.csv", pairs.toString());
    Run.well(
        "train",
        "--pairs=" + data.path("digits.csv"),
        "--target=digit",
        "--loss=softmax",
        "--modes=image,image",
        "--features=image=" + data.path("images.csv"),
        "--neurons=16",
        "--epochs=2",
        "--quiet",
        "--out=" + data.path("model.kron"));

    JsonNode model = Run.well(data.withModel("inspect", "--json")).json();
    assertEquals(2, model.get("modes").size());
    assertEquals(1, model.get("tables").size());
    Run run = Run.well(data.withModel("predict", "--pairs=" + data.path("digits.csv")));
    assertEquals(12, TinyData.column(run.out(), "probability_d2").size());
  }

  @Test
  void twoColumnsOfOneTable() throws IOException {
    data.write("same.csv", "one,two,same\na1,a2,0\na1,a1,1\na3,a3,1\na4,a1,0\na5,a7,0\na7,a7,1\n");
    Run.well(
        "train",
        "--pairs=" + data.path("same.csv"),
        "--target=same",
        "--loss=logistic",
        "--modes=one:thing,two:thing",
        "--features=thing=" + data.path("left.csv"),
        "--neurons=16",
        "--epochs=2",
        "--quiet",
        "--out=" + data.path("model.kron"));
    JsonNode model = Run.well(data.withModel("inspect", "--json")).json();
    assertEquals("one", model.at("/modes/0/name").asString());
    assertEquals("thing", model.at("/modes/1/table").asString());
  }

  private JsonNode trainModes(String modes, String pairs, String target, String... tables) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "train",
                "--pairs=" + data.path(pairs),
                "--target=" + target,
                "--modes=" + modes,
                "--neurons=16",
                "--epochs=2",
                "--quiet",
                "--json",
                "--out=" + data.path("model.kron")));
    for (String table : tables) {
      args.add("--features=" + table + "=" + data.path(table + ".csv"));
    }
    return Run.well(args.toArray(String[]::new)).json();
  }

  @Test
  void tablesMayComeFromSql() {
    JsonNode root =
        Run.well(
                data.train(
                    "--pairs=sql:SELECT * FROM '" + data.path("pairs.csv") + "' WHERE affinity > 5",
                    "--json"))
            .json();
    assertTrue(root.at("/samples/train").asInt() < TinyData.PAIRS, root::toString);
  }

  @Test
  void clippedSimilaritiesAreWarnedOf() throws IOException {
    data.write("odd.csv", data.read("left_similarity.csv").replaceFirst("\na1,[^,]*", "\na1,-3.5"));
    Run run = Run.well(data.train("--similarity=left=" + data.path("odd.csv"), "--json"));
    assertTrue(
        run.err().contains("warning: the similarities of table 'left' are not positive"),
        run.err());
    assertTrue(run.err().contains("negative eigenvalue"), run.err());
    assertEquals(1, run.json().get("warnings").size());
  }

  @Test
  void aPartThatIsUnexpectedlyEmptyIsWarnedOf() {
    Run run = Run.well(data.train("--test-where=part = 'tset'", "--json"));
    assertTrue(run.err().contains("warning: "), run.err());
    assertTrue(run.err().contains("--test-where"), run.err());
    assertTrue(run.json().at("/metrics/test").isEmpty());
  }

  @Test
  void noEpochsSaveTheUntrainedNetwork() {
    JsonNode root = Run.well(data.train("--epochs=0", "--json")).json();
    assertEquals(0, root.get("epochs").asInt());
    assertFalse(root.get("stopped").asBoolean());
  }

  @Test
  void plainProgressIsALinePerEpochOnStandardError() {
    Run run = Run.well(data.train("--progress=plain", "--test-where=part = 'test'"));
    List<String> lines = run.err().lines().toList();
    assertEquals(4, lines.size(), run.err());
    assertTrue(lines.get(0).contains("learning rate"), run.err());
    String number = "-?\\d+\\.\\d+";
    assertTrue(
        lines
            .get(3)
            .matches(
                "epoch 3/3  loss %s  test mse %s ci %s  \\d+ samples/s  fired %s visited %s  0:00 left"
                    .replace("%s", number)),
        run.err());
  }

  @Test
  void progressShowsTheMetricsOfTheTask() {
    Run binary =
        Run.well(
            data.train(
                "--target=active",
                "--loss=logistic",
                "--progress=plain",
                "--validation-where=part = 'validation'"));
    assertTrue(binary.err().contains("  validation auc "), binary.err());
    assertTrue(binary.err().contains(" aupr "), binary.err());
    Run several =
        Run.well(
            data.train(
                "--target=grade",
                "--loss=softmax",
                "--progress=plain",
                "--test-where=part = 'test'"));
    assertTrue(several.err().contains("  test accuracy "), several.err());
  }

  @Test
  void barProgressUpdatesOneLine() {
    Run run = Run.well(data.train("--progress=bar"));
    assertEquals(2, run.err().chars().filter(c -> c == '\n').count(), run.err());
    String[] updates = run.err().split("\r");
    assertTrue(updates.length >= 4, run.err());
    assertTrue(updates[0].contains("learning rate"), run.err());
    String last = updates[updates.length - 1];
    assertTrue(last.contains("epoch 3/3 [################]  loss "), last);
    assertTrue(last.endsWith(System.lineSeparator()), last);
  }

  @Test
  void automaticProgressReachesTheLastEpoch() {
    Run run = Run.well(data.train("--progress=auto"));
    assertTrue(run.err().contains("epoch 3/3"), run.err());
  }
}
