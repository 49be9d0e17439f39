package kronwood.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** What a training ends with, as arrays that tests compare. */
final class TrainingResults {
  private TrainingResults() {}

  /** Epoch, metrics, validation predictions (within the tolerance) and weights are the same. */
  static void assertAlike(
      TrainingResult expected, TrainingResult found, Scenario.Training training, double tolerance) {
    assertEquals(expected.course().epoch(), found.course().epoch());
    expected
        .metrics()
        .byPart()
        .forEach(
            (part, metrics) ->
                metrics.forEach(
                    (metric, value) ->
                        assertEquals(
                            value,
                            found.metrics().byPart().get(part).get(metric),
                            tolerance * (1 + Math.abs(value)),
                            part + " " + metric)));
    assertArrayEquals(
        expected.metrics().validationPredictions(),
        found.metrics().validationPredictions(),
        tolerance);
    assertArrayEquals(weights(expected, training), weights(found, training), 1e-9);
  }

  /** All weights of all units, then the output layer. */
  static double[] weights(TrainingResult result, Scenario.Training training) {
    int dimension = (int) training.problem().inputs().dimension();
    int neurons = training.network().neurons();
    int outputs = result.network().output().outputs();
    int units = result.network().output().units();
    double[] all = new double[units * dimension + neurons * outputs];
    double[] tensor = new double[dimension];
    for (int r = 0; r < units; r++) {
      result.network().engine().weights(r, tensor);
      System.arraycopy(tensor, 0, all, r * dimension, dimension);
      for (int c = 0; r < neurons && c < outputs; c++) {
        all[units * dimension + r * outputs + c] = result.network().output().weight(c, r);
      }
    }
    return all;
  }

  static double[] losses(TrainingResult result) {
    return result.course().epochs().stream().mapToDouble(EpochReport::loss).toArray();
  }
}
