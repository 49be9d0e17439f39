package kronwood.measure;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UncertaintyTest {
  private static final MetricReport EMPTY = new MetricReport(Map.of());

  private static MetricReport of(double[] predicted, double[] deviation, double[] actual) {
    return Uncertainty.addTo(EMPTY, predicted, deviation, actual, 1);
  }

  @Test
  void fourSamplesByHand() {
    // Errors 0, 1, 3, 2 in units of the deviations 1, 2, 2, 1: 0, 0.5, 1.5, 2.
    MetricReport report =
        of(new double[] {5, 5, 5, 5}, new double[] {1, 2, 2, 1}, new double[] {5, 6, 2, 3});
    assertEquals(0.5, report.get(Metric.COVER50));
    assertEquals(0.75, report.get(Metric.COVER90));
    double squares = 0.5 * (0 + 0.25 + 2.25 + 4);
    double logs = 2 * Math.log(2) + 2 * Math.log(2 * Math.PI);
    assertEquals((squares + logs) / 4, report.get(Metric.NLL), 1e-14);
    // Ranks of the deviations 1½ 3½ 3½ 1½, of the errors 1 2 4 3: centred −1 1 1 −1 and
    // −1½ −½ 1½ ½, product 1½ − ½ + 1½ − ½ = 2, norms 2 and √5.
    assertEquals(2 / (2 * Math.sqrt(5)), report.get(Metric.SDRANK), 1e-14);
  }

  @Test
  void outputsAreMeasuredEachAndAveraged() {
    double[] predicted = {5, 1, 5, 1};
    double[] deviation = {1, 10, 1, 10};
    double[] actual = {5, 100, 9, 1};
    MetricReport report = Uncertainty.addTo(EMPTY, predicted, deviation, actual, 2);
    MetricReport first = of(new double[] {5, 5}, new double[] {1, 1}, new double[] {5, 9});
    MetricReport second = of(new double[] {1, 1}, new double[] {10, 10}, new double[] {100, 1});
    assertEquals(0.5, report.get(Metric.COVER90));
    assertEquals(
        (first.get(Metric.NLL) + second.get(Metric.NLL)) / 2, report.get(Metric.NLL), 1e-13);
  }

  @Test
  void normalErrorsAreCoveredAsOftenAsTheirNameSays() {
    Random random = new Random(4);
    int n = 100_000;
    double[] predicted = new double[n];
    double[] deviation = new double[n];
    double[] actual = new double[n];
    for (int i = 0; i < n; i++) {
      predicted[i] = random.nextGaussian();
      deviation[i] = 0.1 + random.nextDouble();
      actual[i] = predicted[i] + deviation[i] * random.nextGaussian();
    }
    MetricReport report = of(predicted, deviation, actual);
    assertEquals(0.5, report.get(Metric.COVER50), 0.006);
    assertEquals(0.9, report.get(Metric.COVER90), 0.004);
    assertTrue(report.get(Metric.SDRANK) > 0.3 && report.get(Metric.SDRANK) < 0.6);
    for (int i = 0; i < n; i++) {
      deviation[i] *= 2;
    }
    assertTrue(of(predicted, deviation, actual).get(Metric.NLL) > report.get(Metric.NLL));
  }

  @Test
  void whatIsNotDefinedIsNotANumber() {
    MetricReport report = of(new double[] {1, 2}, new double[] {0, 0}, new double[] {1, 3});
    assertEquals(0.5, report.get(Metric.COVER50), "an exact prediction is covered");
    assertTrue(Double.isNaN(report.get(Metric.NLL)));
    assertTrue(Double.isNaN(report.get(Metric.SDRANK)));
  }

  @Test
  void deviationsThatDoNotFitAreRefused() {
    assertRefused(
        () -> of(new double[2], new double[1], new double[2]),
        "deviation has 1 values, expected 2");
    assertRefused(
        () -> of(new double[2], new double[] {1, -1}, new double[2]), "-1.0 at 1", ">= 0");
    assertRefused(() -> of(new double[1], new double[] {Double.NaN}, new double[1]), "deviation");
  }
}
