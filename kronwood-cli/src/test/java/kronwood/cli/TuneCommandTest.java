package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Choices made on validation rows, as asked for on the command line. */
class TuneCommandTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  @Test
  void theReportTellsWhatWasTriedAndTheModelKeepsIt() {
    JsonNode root =
        Run.well(data.train("--tune=6", "--tune-folds=2", "--neurons=16", "--json")).json();

    JsonNode tuning = root.get("tuning");
    assertEquals(2, tuning.get("divisions").asInt());
    assertEquals("A", tuning.get("setting").asString());
    assertTrue(tuning.get("trials").size() >= 2, tuning::toString);
    assertTrue(
        tuning.get("loss").asDouble() <= tuning.get("linearLoss").asDouble() + 1e-9,
        tuning::toString);
    Run inspected = Run.well("inspect", "--model", data.path("model.kron"));
    assertTrue(inspected.out().contains("tuned inputs"), inspected::out);
    Run predicted =
        Run.well(
            "evaluate",
            "--model=" + data.path("model.kron"),
            "--pairs=" + data.path("pairs.csv"),
            "--where=part = 'test'",
            "--json");
    assertEquals(
        root.at("/metrics/test/mse").asDouble(),
        predicted.json().at("/metrics/mse").asDouble(),
        1e-6);
  }

  @Test
  void trialsAreToldAsTheyAreMadeUnlessQuiet() {
    String[] options = {"--tune=3", "--tune-folds=1", "--neurons=8"};
    Run told =
        Run.well(
            Arrays.stream(data.train(options))
                .filter(option -> !option.equals("--progress=none"))
                .toArray(String[]::new));
    assertTrue(told.err().contains("tune: linear, as given: "), told::err);
    assertTrue(told.out().contains("× linear model"), told::out);

    Run quiet = Run.well(data.train(options));
    assertFalse(quiet.err().contains("tune:"), quiet::err);
  }

  @Test
  void choicesMayBeJudgedByAMetric() {
    JsonNode numbers =
        Run.well(data.train("--tune=3", "--tune-folds=2", "--neurons=8", "--tune-for=ci", "--json"))
            .json()
            .get("tuning");
    assertEquals("ci", numbers.get("goal").asString());
    double loss = numbers.get("loss").asDouble();
    assertTrue(loss > 0.5 && loss <= 1, numbers::toString);
    for (JsonNode trial : numbers.get("trials")) {
      assertTrue(trial.get("loss").asDouble() <= 1, numbers::toString);
    }
    String[] ranking = {
      "--target=active",
      "--loss=logistic",
      "--tune=3",
      "--tune-folds=2",
      "--neurons=8",
      "--tune-for=ndcg@3"
    };
    Run ranked = Run.well(data.train(ranking));
    assertTrue(ranked.out().contains("validation ndcg@3 0."), ranked::out);
    Run inspected = Run.well("inspect", "--model", data.path("model.kron"));
    assertTrue(inspected.out().contains("validation ndcg@3"), inspected::out);
  }

  @Test
  void metricsThatCannotBeTunedForAreRefused() {
    String[][] refused = {
      {"--tune-for=ci", "--tune-for: is for --tune BUDGET, which is missing"},
      {"--tune=2", "--tune-for=aupr", "--tune-for: found 'aupr', expected one of loss mse rmse"},
      {"--tune=2", "--tune-for=ndcg@3", "say --relevant X"},
      {
        "--tune=2",
        "--tune-for=ndcg@10",
        "--relevant=5",
        " validation samples to rank, take at most "
      }
    };
    for (String[] options : refused) {
      Run run = Run.of(data.train(Arrays.copyOf(options, options.length - 1)));
      assertEquals(2, run.code(), run::err);
      assertTrue(run.err().contains(options[options.length - 1]), run::err);
    }
  }

  @Test
  void foldsAreTunedEachInItsOwnSetting() {
    String[] plain = {"--setting=B", "--folds=3", "--neurons=8", "--epochs=2", "--json"};
    String[] tuned = {
      "--setting=B",
      "--folds=3",
      "--neurons=8",
      "--epochs=2",
      "--tune=3",
      "--tune-folds=1",
      "--json"
    };
    double untuned = Run.well(data.cv(plain)).json().at("/settings/0/metrics/mse/mean").asDouble();
    JsonNode root = Run.well(data.cv(tuned)).json();

    assertEquals(3, root.get("folds").size());
    assertNotEquals(untuned, root.at("/settings/0/metrics/mse/mean").asDouble());
  }

  @Test
  void anEnsembleIsTunedAndPredictsWithADeviation() {
    Run.well(data.train("--tune=2", "--tune-folds=2", "--neurons=16", "--ensemble=2"));
    Run inspected = Run.well("inspect", "--model", data.path("model.kron"));
    assertTrue(inspected.out().contains("2 members of "), inspected::out);
    assertTrue(inspected.out().contains("tuned inputs"), inspected::out);
  }

  @Test
  void aTrainingWithCheckpointsIsTunedOnce() {
    String checkpoint = "--checkpoint=" + folder.resolve("saved");
    String[] options = {"--tune=3", "--tune-folds=2", "--neurons=16", checkpoint, "--json"};
    JsonNode first = Run.well(data.train(options)).json();
    String[] again = Arrays.copyOf(options, options.length + 1);
    again[options.length] = "--resume";
    JsonNode resumed = Run.well(data.train(again)).json();

    assertEquals(first.get("tuning"), resumed.get("tuning"));
    assertEquals(first.get("metrics"), resumed.get("metrics"));
    again[0] = "--tune=4";
    Run.refused(folder, data.train(again), "budget of choices", "3 trials", "4 trials");
  }

  @Test
  void whatCannotBeUnderstoodIsRefused() {
    Run.refused(folder, data.train("--tune=soon"), "--tune", "'soon'", "60s, 5m or 1h");
    Run.refused(folder, data.train("--tune=0s"), "--tune", "'0s'");
    Run.refused(folder, data.train("--tune=3", "--skip=1"), "--skip", "--tune");
    Run.refused(folder, data.train("--tune-setting=B"), "--tune-setting", "--tune BUDGET");
    Run.refused(
        folder, data.train("--tune=3", "--tune-setting=X"), "--tune-setting", "A, B, C and D");
  }
}
