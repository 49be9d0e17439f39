package kronwood.train;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import kronwood.data.ClassTargets;
import kronwood.data.EntityTuples;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.data.Targets;
import kronwood.engine.BatchCoefficients;
import kronwood.engine.WorkCounters;
import kronwood.input.StructuredInputs;
import kronwood.loss.Evaluation;
import kronwood.loss.SquaredLoss;
import kronwood.measure.Metric;
import kronwood.measure.MetricReport;
import kronwood.testing.Problems;
import org.junit.jupiter.api.Test;

/** Problems, what is counted while solving them, and how the solution is measured. */
class TrainingProblemTest {
  private static final int[] NONE = {};
  private static final EntityTuples FOUR = EntityTuples.of(1, new int[] {0, 1, 0, 1});
  private static final Targets REAL = RealTargets.of(List.of("y"), new float[] {1, 2, 3, 4});
  private static final StructuredInputs INPUTS =
      StructuredInputs.of(List.of(Problems.factorTable(new Random(1), 2, 2)), new int[] {0}, FOUR);

  @Test
  void thereIsOneInputPerSample() {
    Samples three = Samples.of(FOUR, REAL).select(new int[] {0, 1, 2});
    assertRefused(
        () -> new TrainingProblem(INPUTS, three, Split.trainOnAll(3), new SquaredLoss()),
        "4 inputs",
        "3 samples");
  }

  @Test
  void someTrainingSampleMustHaveWeight() {
    Samples samples = Samples.weighted(FOUR, REAL, new float[] {0, 0, 1, 1});
    Split split = new Split(new int[] {0, 1}, NONE, new int[] {2, 3});
    assertRefused(
        () -> new TrainingProblem(INPUTS, samples, split, new SquaredLoss()),
        "all training samples have weight 0");
    Split other = new Split(new int[] {0, 2}, NONE, new int[] {1, 3});
    assertDoesNotThrow(() -> new TrainingProblem(INPUTS, samples, other, new SquaredLoss()));
  }

  @Test
  void theSplitNamesOnlySamplesThatExist() {
    Samples samples = Samples.of(FOUR, REAL);
    assertRefused(
        () ->
            new TrainingProblem(
                INPUTS, samples, new Split(new int[] {0, 4}, NONE, NONE), new SquaredLoss()),
        "4");
    assertRefused(
        () ->
            new TrainingProblem(
                INPUTS, samples, new Split(new int[] {0}, NONE, new int[] {7}), new SquaredLoss()),
        "7");
  }

  @Test
  void realPredictionsAreMeasuredAgainstTheListedSamples() {
    MetricReport report =
        Evaluation.of(Samples.of(FOUR, REAL), new int[] {3, 1}, new double[] {3, 2.5});
    assertEquals((1 + 0.25) / 2, report.get(Metric.MSE), 1e-15);
    assertEquals(0.75, report.get(Metric.MAE), 1e-15);
  }

  @Test
  void sampleWeightsCountWhereAMetricHasAWeightedForm() {
    Samples samples = Samples.weighted(FOUR, REAL, new float[] {5, 3, 5, 1});
    MetricReport report = Evaluation.of(samples, new int[] {3, 1}, new double[] {3, 2.5});
    assertEquals((1 + 3 * 0.25) / 4, report.get(Metric.MSE), 1e-15);
  }

  @Test
  void probabilitiesOfTwoClassesMayComeAsOneNumberOrAsTwo() {
    Targets two = ClassTargets.of("c", List.of("no", "yes"), new int[] {0, 1, 1, 0});
    Samples samples = Samples.of(FOUR, two);
    int[] listed = {0, 1, 2};
    MetricReport one = Evaluation.of(samples, listed, new double[] {0.25, 0.5, 0.875});
    MetricReport both =
        Evaluation.of(samples, listed, new double[] {0.75, 0.25, 0.5, 0.5, 0.125, 0.875});
    double expected = -(Math.log(0.75) + Math.log(0.5) + Math.log(0.875)) / 3;
    assertEquals(expected, one.get(Metric.LOGLOSS), 1e-15);
    assertEquals(expected, both.get(Metric.LOGLOSS), 1e-15);
    assertEquals(1, one.get(Metric.AUC), 1e-15);
  }

  @Test
  void countersAreSumsAndDifferences() {
    WorkCounters earlier = new WorkCounters(1, 2, 3, 4, 5);
    WorkCounters later = new WorkCounters(10, 20, 30, 40, 50);
    assertEquals(new WorkCounters(9, 18, 27, 36, 45), later.since(earlier));
    assertEquals(new WorkCounters(11, 22, 33, 44, 55), later.plus(earlier));
    assertEquals(later, later.since(WorkCounters.NONE));
  }

  @Test
  void coefficientsAreKeptSampleBySample() {
    BatchCoefficients batch = new BatchCoefficients();
    for (int round = 0; round < 2; round++) {
      batch.clear();
      assertEquals(0, batch.size());
      for (int j = 0; j < 40; j++) {
        batch.beginSample(100 + j);
        // No neuron fires on sample 1.
        for (int r = 0; r < 20 && j != 1; r++) {
          batch.add(r, j + r / 100.0, 7);
        }
      }
      assertEquals(40, batch.samples());
      assertEquals(39 * 20, batch.size());
      assertEquals(20, batch.start(1));
      assertEquals(20, batch.end(1));
      assertEquals(20, batch.start(2));
      assertEquals(139, batch.sample(39));
      assertEquals(19, batch.neuron(batch.end(39) - 1));
      assertEquals(39.19, batch.coefficient(batch.end(39) - 1), 1e-12);
    }
  }
}
