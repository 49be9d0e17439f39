package kronwood.measure;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class MetricsInputTest {
  @Test
  void lengthsThatDifferAreRefusedWithBothSizes() {
    refuses(() -> Metrics.regression(new double[3], new double[2]), "predicted", "3", "2");
    refuses(() -> Metrics.binary(new double[5], new int[4]), "probability", "5", "4");
    refuses(() -> Metrics.multiclass(new double[5], new int[2], 3), "5", "6", "2", "3");
  }

  @Test
  void noSamplesAreRefused() {
    refuses(() -> Metrics.regression(new double[0], new double[0]), "no samples");
    refuses(() -> Metrics.regression(new double[0], new double[0], 3), "no samples");
    refuses(() -> Metrics.binary(new double[0], new int[0]), "no samples");
    refuses(() -> Metrics.multiclass(new double[0], new int[0], 3), "no samples");
  }

  @Test
  void valuesThatAreNotFiniteAreRefusedWithTheirIndex() {
    double[] fine = {1, 2, 3};
    double[] bad = {1, Double.NaN, 3};
    double[] infinite = {1, 2, Double.NEGATIVE_INFINITY};
    refuses(() -> Metrics.regression(bad, fine), "predicted[1]", "NaN");
    refuses(() -> Metrics.regression(fine, bad), "actual[1]", "NaN");
    refuses(() -> Metrics.regression(infinite, fine), "predicted[2]", "-Infinity");
  }

  @Test
  void valuesThatAreNoProbabilitiesAreRefusedWithTheirIndex() {
    int[] labels = {0, 1};
    refuses(() -> Metrics.binary(new double[] {0, Double.NaN}, labels), "probability[1]", "NaN");
    refuses(() -> Metrics.binary(new double[] {-1e-9, 1}, labels), "probability[0]", "-1.0E-9");
    refuses(() -> Metrics.binary(new double[] {0, 1.5}, labels), "probability[1]", "1.5");
    refuses(
        () -> Metrics.multiclass(new double[] {0.5, 0.5, Double.NaN, 1}, labels, 2),
        "probabilities[2]",
        "NaN");
  }

  @Test
  void probabilitiesThatDoNotAddUpAreRefusedWithTheirSample() {
    refuses(
        () -> Metrics.multiclass(new double[] {0.5, 0.5, 0.5, 0.25}, new int[2], 2),
        "sample 1",
        "0.75");
    // What single precision leaves is no reason to refuse.
    Metrics.multiclass(new double[] {0.3f, 0.3f, 0.4f}, new int[] {2}, 3);
  }

  @Test
  void classesOutOfRangeAreRefusedWithTheirIndex() {
    refuses(() -> Metrics.binary(new double[2], new int[] {0, 2}), "labels[1]", "2", "0 to 1");
    refuses(
        () -> Metrics.multiclass(new double[] {1, 0, 0}, new int[] {-1}, 3),
        "classes[0]",
        "-1",
        "0 to 2");
    refuses(() -> Metrics.multiclass(new double[] {1}, new int[] {0}, 1), "classCount", "1", "2");
  }

  @Test
  void outputsThatDoNotFitAreRefused() {
    refuses(() -> Metrics.regression(new double[7], new double[7], 3), "7", "3");
    refuses(() -> Metrics.regression(new double[7], new double[7], 0), "outputs is 0", "1");
  }

  @Test
  void weightsThatDoNotFitAreRefused() {
    int[] labels = {0, 1};
    double[] values = {0, 1};
    refuses(() -> Metrics.binary(values, labels, new double[3]), "weights", "3", "2");
    refuses(() -> Metrics.regression(new double[4], new double[4], 2, new double[4]), "4", "2");
    refuses(() -> Metrics.binary(values, labels, new double[2]), "all 2 weights are 0");
    refuses(() -> Metrics.binary(values, labels, new double[] {1, -1}), "weights[1]", "-1.0");
    refuses(
        () ->
            Metrics.multiclass(new double[] {0, 1, 1, 0}, labels, 2, new double[] {Double.NaN, 1}),
        "weights[0]",
        "NaN");
    refuses(
        () -> Metrics.regression(values, values, 1, new double[] {1, Double.POSITIVE_INFINITY}),
        "weights[1]",
        "Infinity");
  }

  private static void refuses(Executable call, String... parts) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), "'" + message + "' lacks '" + part + "'");
    }
  }
}
