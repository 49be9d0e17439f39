package kronwood.fit;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import kronwood.data.Dataset;
import kronwood.data.EntityTuples;
import kronwood.data.Samples;
import kronwood.data.Targets;
import kronwood.gram.GramOptions;
import kronwood.loss.LogisticLoss;
import kronwood.loss.Loss;
import kronwood.loss.SoftmaxLoss;
import kronwood.loss.SquaredLoss;
import kronwood.measure.Metric;
import kronwood.measure.MetricReport;
import kronwood.measure.SpreadCalibration;
import kronwood.model.Model;
import kronwood.model.ModelNetwork;
import kronwood.model.ModelTarget;
import kronwood.model.PairEvaluation;
import kronwood.model.Predictions;
import kronwood.model.file.ModelFile;
import kronwood.model.file.ModelFileFixtures;
import kronwood.network.Ensemble;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.testing.Pairs;
import kronwood.testing.Problems;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelEnsembleTest {
  @TempDir Path folder;

  private static ModelOptions options(Loss loss, int members) {
    return new ModelOptions(
        GramOptions.DEFAULT,
        loss,
        new NetworkOptions(36, 0.2, true, false, 0.3, Ensemble.of(members), 5),
        TrainingOptions.plain(8, 5, OptionalDouble.of(0.3), 0, EngineChoice.EAGER, 1),
        1e9);
  }

  private static Pairs pairs(Random random, Targets targets) {
    Pairs drawn =
        Pairs.of(
            random, Problems.denseFeatures(random, 15, 40), Problems.similarities(random, 14, 20));
    return new Pairs(
        Dataset.of(drawn.data().modes(), Samples.of(drawn.data().samples().tuples(), targets)),
        drawn.split());
  }

  private static TrainedModel fit(Pairs pairs, Loss loss, int members) {
    return ModelTraining.fit(
        pairs.data(), pairs.split(), options(loss, members), TrainingListener.NONE);
  }

  /** What the members predict, one after the other, each as a model of its own. */
  private static double[][] apart(Model model, EntityTuples tuples) {
    ModelNetwork network = model.network();
    int members = network.members();
    int neurons = network.memberNeurons();
    int outputs = network.outputs();
    double[][] predictions = new double[members][];
    for (int e = 0; e < members; e++) {
      float[][] weights = new float[neurons][];
      float[] output = new float[outputs * neurons];
      float[][] linear = new float[outputs][];
      double[] offset = new double[outputs];
      double[] scale = new double[outputs];
      for (int r = 0; r < neurons; r++) {
        weights[r] = network.weights()[e * neurons + r];
        for (int c = 0; c < outputs; c++) {
          output[c * neurons + r] = network.output()[c * network.neurons() + e * neurons + r];
        }
      }
      for (int c = 0; c < outputs; c++) {
        linear[c] = network.linear()[e * outputs + c];
        offset[c] = model.target().offset()[e * outputs + c];
        scale[c] = model.target().scale()[e * outputs + c];
      }
      Model alone =
          new Model(
              model.modeNames(),
              model.tableOfMode(),
              model.tables(),
              new ModelNetwork(network.shift(), weights, output, linear),
              new ModelTarget(
                  model.target().loss(),
                  model.target().names(),
                  model.target().classes(),
                  offset,
                  scale),
              model.provenance());
      predictions[e] = alone.predictor(1).predict(tuples);
    }
    return predictions;
  }

  private static void assertIsTheMeanOfItsMembers(Pairs pairs, Loss loss, int members) {
    TrainedModel trained = fit(pairs, loss, members);
    Model model = trained.model();
    EntityTuples tuples = pairs.data().samples().tuples().select(pairs.split().test());
    double[][] apart = apart(model, tuples);
    Predictions found = model.predictor(2).predictWithDeviations(tuples);
    int outputs = model.network().outputs();
    double largest = 0;
    for (int k = 0; k < found.values().length; k++) {
      double mean = 0;
      for (double[] member : apart) {
        mean += member[k] / members;
      }
      double variance = 0;
      for (double[] member : apart) {
        variance += Math.pow(member[k] - mean, 2) / (members - 1);
      }
      SpreadCalibration calibration =
          model.target().calibration().isEmpty()
              ? SpreadCalibration.NONE
              : model.target().calibration().get(k % outputs);
      assertEquals(mean, found.values()[k], 1e-9 * Math.max(1, Math.abs(mean)));
      assertEquals(calibration.deviation(variance), found.deviations()[k], 1e-9);
      largest = Math.max(largest, found.deviations()[k]);
    }
    assertTrue(largest > 0);
    assertArrayEquals(found.values(), model.predictor(1).predict(tuples));
    MetricReport report =
        PairEvaluation.of(pairs.data().samples(), pairs.split().test(), found.values());
    trained
        .result()
        .metrics()
        .test()
        .values()
        .forEach((metric, value) -> assertEquals(value, report.get(metric), 1e-4, metric.key()));
    for (int i = 0; i < tuples.size(); i++) {
      Predictions given =
          model
              .predictor(1)
              .given(1, tuples.entity(i, 0), 0)
              .predictWithDeviations(new int[] {tuples.entity(i, 1)});
      for (int c = 0; c < outputs; c++) {
        double expected = found.values()[i * outputs + c];
        assertEquals(expected, given.values()[c], 1e-10 * Math.max(1, Math.abs(expected)));
        assertEquals(found.deviations()[i * outputs + c], given.deviations()[c], 1e-9);
      }
    }
  }

  @Test
  void predictionsAreTheMeanOverMembersAndDeviationsTheirCalibratedSpread() {
    Random random = new Random(1);
    assertIsTheMeanOfItsMembers(
        pairs(random, Problems.realTargets(random, 60, 2)), new SquaredLoss(), 3);
    assertIsTheMeanOfItsMembers(
        pairs(random, Problems.realTargets(random, 60, 1)), new SquaredLoss(), 9);
    assertIsTheMeanOfItsMembers(pairs(random, Pairs.labels(random, 2)), new LogisticLoss(), 2);
    assertIsTheMeanOfItsMembers(pairs(random, Pairs.labels(random, 4)), new SoftmaxLoss(), 6);
  }

  @Test
  void anEnsembleSurvivesAFile() throws IOException {
    Random random = new Random(2);
    Pairs pairs = pairs(random, Problems.realTargets(random, 60, 2));
    Model model = fit(pairs, new SquaredLoss(), 3).model();
    Path file = folder.resolve("model.kron");
    ModelFile.save(model, file);
    Model loaded = ModelFile.load(file);
    ModelFileFixtures.assertSame(model, loaded);
    EntityTuples tuples = pairs.data().samples().tuples();
    Predictions expected = model.predictor(1).predictWithDeviations(tuples);
    Predictions found = loaded.predictor(1).predictWithDeviations(tuples);
    assertArrayEquals(expected.values(), found.values());
    assertArrayEquals(expected.deviations(), found.deviations());
    assertEquals("3", model.provenance().facts().get("ensemble"));
  }

  @Test
  void aSingleNetworkHasNoDeviations() {
    Random random = new Random(3);
    Pairs pairs = pairs(random, Problems.realTargets(random, 60, 1));
    Model model = fit(pairs, new SquaredLoss(), 1).model();
    Predictions found = model.predictor(1).predictWithDeviations(pairs.data().samples().tuples());
    assertFalse(found.hasDeviations());
    assertEquals(0, found.deviations().length);
    assertFalse(
        PairEvaluation.of(pairs.data().samples(), Problems.range(0, 60), found)
            .contains(Metric.NLL));
  }

  @Test
  void heldOutTestsTellHowGoodDeviationsAre() {
    Random random = new Random(4);
    Pairs pairs = pairs(random, Problems.realTargets(random, 60, 1));
    MetricReport report =
        HeldOutPredictions.predict(
                pairs.data(), pairs.split(), options(new SquaredLoss(), 2), TrainingListener.NONE)
            .metrics();
    for (Metric metric : List.of(Metric.COVER50, Metric.COVER90, Metric.NLL)) {
      assertTrue(report.isDefined(metric), metric.key());
    }
    assertTrue(report.contains(Metric.SDRANK));
    assertTrue(report.get(Metric.COVER50) <= report.get(Metric.COVER90));
  }

  @Test
  void partsThatDoNotFitAreRefused() {
    float[][] weights = {{1}, {2}, {3}, {4}};
    float[] output = {1, 1, 1, 1};
    assertRefused(
        () -> new ModelNetwork(0, weights, output, new float[0][], 3),
        "3 members do not divide 4 neurons");
    assertRefused(
        () -> new ModelNetwork(0, weights, output, new float[1][1], 2),
        "1 linear outputs, but 2 outputs");
    assertRefused(
        () ->
            new ModelTarget(
                new SquaredLoss(),
                List.of("a", "b"),
                List.of(),
                new double[4],
                new double[4],
                List.of(SpreadCalibration.NONE)),
        "1 calibrations for 2 outputs");
    assertRefused(
        () ->
            new ModelTarget(
                new SquaredLoss(), List.of("a", "b"), List.of(), new double[3], new double[3]),
        "3 outputs");
  }
}
