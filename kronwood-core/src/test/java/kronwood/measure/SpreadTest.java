package kronwood.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void aWorkedExample() {
    // Mean 4; deviations −2, 0, 2: √(8 / 2) = 2.
    assertEquals(new Spread(4, 2, 3, 0), Spread.of(new double[] {2, 4, 6}));
  }

  @Test
  void undefinedValuesAreCountedApart() {
    assertEquals(new Spread(4, 2, 3, 2), Spread.of(new double[] {2, Double.NaN, 4, Double.NaN, 6}));
  }

  @Test
  void oneValueHasNoDeviation() {
    assertEquals(new Spread(3, Double.NaN, 1, 0), Spread.of(new double[] {3}));
    assertEquals(new Spread(Double.NaN, Double.NaN, 0, 0), Spread.of(new double[0]));
  }

  @Test
  void aReportTakesAnotherMetric() {
    MetricReport report = new MetricReport(Map.of(Metric.MSE, 2.0)).with(Metric.IC, 0.75);
    assertEquals(Map.of(Metric.MSE, 2.0, Metric.IC, 0.75), report.values());
  }
}
