package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  @Test
  void crossValidationMeasuresDeviations() {
    JsonNode report =
        Run.well(
                "cv",
                pairs(),
                "--target=affinity",
                "--modes=left,right",
                "--features=left=" + data.path("left.csv"),
                "--features=right=" + data.path("right.csv"),
                "--neurons=8",
                "--epochs=2",
                "--ensemble=2",
                "--folds=2",
                "--setting=A",
                "--json")
            .json();
    assertTrue(report.toString().contains("\"cover90\""), report::toString);
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
