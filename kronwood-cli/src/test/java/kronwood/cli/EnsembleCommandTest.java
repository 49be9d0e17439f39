package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kronwood.cli.terminal.Text;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code --ensemble} from training to predictions with standard deviations. */
class EnsembleCommandTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  private String pairs() {
    return "--pairs=" + data.path("pairs.csv");
  }

  private static List<Double> numbers(Run run, String column) {
    return TinyData.column(run.out(), column).stream().map(Double::valueOf).toList();
  }

  @Test
  void deviationsGoFromTrainingToPredictionsAndEvaluation() throws IOException {
    Run trained = Run.well(data.train("--ensemble=4"));
    assertTrue(
        trained.out().lines().anyMatch(line -> line.startsWith("ensemble: 4 members of 4 neurons")),
        trained.out());
    assertTrue(trained.out().contains("sd = √("), trained.out());

    Run predicted = Run.well(data.withModel("predict", pairs()));
    assertTrue(predicted.out().lines().findFirst().orElseThrow().endsWith(",score,score_sd"));
    List<Double> scores = numbers(predicted, "score");
    List<Double> deviations = numbers(predicted, "score_sd");
    List<String> truth = TinyData.column(data.read("pairs.csv"), "affinity");
    int covered = 0;
    for (int i = 0; i < scores.size(); i++) {
      assertTrue(deviations.get(i) > 0);
      double error = Math.abs(scores.get(i) - Double.parseDouble(truth.get(i)));
      covered += error <= 1.6448536 * deviations.get(i) ? 1 : 0;
    }
    JsonNode metrics =
        Run.well(data.withModel("evaluate", pairs(), "--json")).json().at("/metrics/test");
    assertEquals((double) covered / scores.size(), metrics.get("cover90").asDouble(), 1e-12);
    for (String key : List.of("cover50", "nll", "sdrank")) {
      assertTrue(metrics.get(key).isNumber(), metrics::toString);
    }
    Run people = Run.well(data.withModel("evaluate", pairs()));
    assertTrue(people.out().lines().anyMatch(line -> line.startsWith("cover50 ")), people.out());

    Run grid = Run.well(data.withModel("predict", "--grid"));
    assertEquals(TinyData.PAIRS + 1, grid.out().lines().count());
    List<Double> gridDeviations = new ArrayList<>(numbers(grid, "score_sd"));
    List<Double> sorted = new ArrayList<>(deviations);
    gridDeviations.sort(null);
    sorted.sort(null);
    for (int i = 0; i < sorted.size(); i++) {
      assertEquals(sorted.get(i), gridDeviations.get(i), 1e-9);
    }
  }

  @Test
  void rankedCandidatesHaveTheDeviationsThatPredictGivesThem() throws IOException {
    Run.well(data.train("--ensemble=4"));
    Map<String, List<Double>> predicted = predicted("score", "score_sd");

    JsonNode ranked = Run.well(data.withModel("rank", "--given=left=a3", "--json")).json();
    assertEquals(9, ranked.get("ranking").size());
    for (JsonNode row : ranked.get("ranking")) {
      List<Double> expected = predicted.getOrDefault("a3 " + row.get("id").asString(), List.of());
      assertEquals(expected.getFirst(), row.get("score").asDouble(), 1e-9);
      assertEquals(expected.getLast(), row.get("score_sd").asDouble(), 1e-9);
    }

    Run people = Run.well(data.withModel("rank", "--given=left=a3", "--top=2"));
    List<String> lines = people.out().lines().toList();
    assertEquals("rank  right  score   score_sd", lines.getFirst());
    String best = ranked.at("/ranking/0/id").asString();
    List<Double> expected = predicted.getOrDefault("a3 " + best, List.of());
    assertEquals(
        "1     %s     %s  %s"
            .formatted(best, Text.number(expected.getFirst()), Text.number(expected.getLast())),
        lines.get(1));

    Run.well(data.withModel("rank", "--given=left=a3", "--top=2", "--out=" + data.path("top.csv")));
    String csv = data.read("top.csv");
    assertEquals("left,right,score,score_sd", csv.lines().findFirst().orElse(""));
    assertEquals(
        ranked.at("/ranking/1/score_sd").asDouble(),
        Double.parseDouble(TinyData.column(csv, "score_sd").get(1)),
        1e-9);
  }

  @Test
  void theDeviationIsThatOfTheOutputThatIsRankedBy() {
    Run.well(data.train("--ensemble=2", "--target=affinity,other"));
    Map<String, List<Double>> predicted = predicted("predicted_other", "other_sd");
    JsonNode ranked =
        Run.well(data.withModel("rank", "--given=right=b2", "--output=other", "--json")).json();
    for (JsonNode row : ranked.get("ranking")) {
      List<Double> expected = predicted.getOrDefault(row.get("id").asString() + " b2", List.of());
      assertEquals(expected.getFirst(), row.get("score").asDouble(), 1e-9);
      assertEquals(expected.getLast(), row.get("score_sd").asDouble(), 1e-9);
    }
    Run people = Run.well(data.withModel("rank", "--given=right=b2", "--output=other"));
    assertTrue(people.out().lines().findFirst().orElse("").matches("rank  left  other +other_sd"));
  }

  @Test
  void entitiesOfAModeTakenTwiceAreRankedWithDeviations() throws IOException {
    Run.well(data.train("--ensemble=2", "--modes=left,left,right"));
    JsonNode ranked = Run.well(data.withModel("rank", "--given=right=b2", "--json")).json();
    Map<String, List<Double>> predicted = predicted("score", "score_sd");
    for (JsonNode row : ranked.get("ranking")) {
      List<Double> expected = predicted.getOrDefault(row.get("id").asString() + " b2", List.of());
      assertEquals(expected.getLast(), row.get("score_sd").asDouble(), 1e-9);
    }
  }

  @Test
  void aSingleNetworkIsRankedWithoutDeviations() {
    Run.well(data.train());
    Run people = Run.well(data.withModel("rank", "--given=left=a3"));
    assertFalse(people.out().contains("_sd"), people.out());
    Run json = Run.well(data.withModel("rank", "--given=left=a3", "--json"));
    assertFalse(json.out().contains("_sd"), json.out());
  }

  /** A prediction and its deviation by the ids of the pair. */
  private Map<String, List<Double>> predicted(String score, String deviation) {
    Run run = Run.well(data.withModel("predict", pairs()));
    List<String> left = TinyData.column(run.out(), "left");
    List<String> right = TinyData.column(run.out(), "right");
    List<Double> scores = numbers(run, score);
    List<Double> deviations = numbers(run, deviation);
    Map<String, List<Double>> predicted = new HashMap<>();
    for (int i = 0; i < scores.size(); i++) {
      predicted.put(left.get(i) + " " + right.get(i), List.of(scores.get(i), deviations.get(i)));
    }
    return predicted;
  }

  @Test
  void aModelTellsItsMembersAndTheirCalibration() {
    JsonNode trained = Run.well(data.train("--ensemble=2", "--skip=0.5", "--json")).json();
    assertEquals(2, trained.at("/members").asInt());
    assertTrue(trained.at("/calibration/0/variance").isNumber(), trained::toString);
    JsonNode inspected = Run.well(data.withModel("inspect", "--json")).json();
    assertEquals(2, inspected.at("/network/members").asInt());
    assertEquals(trained.at("/calibration"), inspected.at("/network/calibration"));
    assertEquals("2", inspected.at("/provenance/ensemble").asString());
    Run people = Run.well(data.withModel("inspect"));
    assertTrue(people.out().contains("2 members of 8 neurons; sd = √("), people.out());
  }

  @Test
  void classesHaveTheSpreadOfTheirProbabilities() {
    Run.well(data.train("--ensemble=2", "--target=active", "--loss=logistic"));
    Run binary = Run.well(data.withModel("predict", pairs()));
    assertTrue(
        binary.out().lines().findFirst().orElseThrow().endsWith(",probability,probability_sd"));
    assertTrue(numbers(binary, "probability_sd").stream().anyMatch(sd -> sd > 0));
    assertFalse(Run.well(data.withModel("evaluate", pairs())).out().contains("cover50"));
    Run people = Run.well(data.withModel("inspect"));
    assertTrue(people.out().contains("8 neurons; sd is the spread between them"), people.out());

    Run.well(data.train("--ensemble=2", "--target=grade", "--loss=softmax"));
    Run classes = Run.well(data.withModel("predict", pairs()));
    assertTrue(
        classes
            .out()
            .lines()
            .findFirst()
            .orElseThrow()
            .endsWith("probability_high_sd,probability_low_sd,probability_mid_sd"),
        classes.out());
  }

  @Test
  void severalTargetsHaveADeviationEach() {
    Run.well(data.train("--ensemble=2", "--target=affinity,other", "--hide=left"));
    Run run = Run.well(data.withModel("predict", pairs()));
    assertTrue(
        run.out().lines().findFirst().orElseThrow().contains("affinity_sd,other_sd"), run.out());
    Run inspected = Run.well(data.withModel("inspect"));
    assertTrue(inspected.out().contains("sd of other = √("), inspected.out());
    assertTrue(inspected.out().contains("hidden by        left"), inspected.out());
  }

  private String[] validated(String... options) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "cv",
                pairs(),
                "--modes=left,right",
                "--features=left=" + data.path("left.csv"),
                "--features=right=" + data.path("right.csv"),
                "--neurons=8",
                "--epochs=2",
                "--folds=2",
                "--setting=A",
                "--progress=none",
                "--out=" + folder.resolve("folds")));
    args.addAll(List.of(options));
    return args.toArray(String[]::new);
  }

  @Test
  void crossValidationMeasuresTheDeviationsThatItsFilesHold() throws IOException {
    JsonNode report =
        Run.well(validated("--target=affinity", "--ensemble=2", "--json")).json().get("folds");
    for (JsonNode fold : report) {
      String csv = data.read("folds/A-1-" + fold.get("fold").asInt() + ".csv");
      assertEquals("row,left,right,affinity,score,score_sd", csv.lines().findFirst().orElse(""));
      List<String> truth = TinyData.column(csv, "affinity");
      List<String> scores = TinyData.column(csv, "score");
      List<String> deviations = TinyData.column(csv, "score_sd");
      int covered = 0;
      for (int i = 0; i < truth.size(); i++) {
        double error = Double.parseDouble(scores.get(i)) - Double.parseDouble(truth.get(i));
        double deviation = Double.parseDouble(deviations.get(i));
        assertTrue(deviation > 0);
        covered += Math.abs(error) <= 1.6448536 * deviation ? 1 : 0;
      }
      assertEquals((double) covered / truth.size(), fold.at("/metrics/cover90").asDouble(), 1e-12);
    }
  }

  @Test
  void filesOfFoldsHaveDeviationsOfClassesAndNoneOfASingleNetwork() throws IOException {
    Run.well(validated("--target=active", "--loss=logistic", "--ensemble=2"));
    String first = data.read("folds/A-1-1.csv").lines().findFirst().orElse("");
    assertEquals("row,left,right,active,probability,probability_sd", first);
    Run.well(validated("--target=affinity", "--out=" + folder.resolve("single")));
    String single = data.read("single/A-1-1.csv").lines().findFirst().orElse("");
    assertEquals("row,left,right,affinity,score", single);
  }

  @Test
  void ensemblesThatCannotBeAreRefused() {
    Run.refused(
        folder, data.train("--ensemble=3"), "--ensemble: found '3'", "16 neurons", "--neurons 18");
    Run.refused(folder, data.train("--ensemble=0"), "--ensemble", "'0'", ">= 1");
    Run.refused(folder, data.train("--hide=left"), "--hide", "--ensemble");
    Run.refused(
        folder,
        data.train("--ensemble=2", "--hide=middle"),
        "--hide: found 'middle'",
        "left, right");
    Run.refused(
        folder,
        data.train("--ensemble=8", "--hide=right"),
        "8 members needs at least 16 different entities",
        "found 9");
  }
}
