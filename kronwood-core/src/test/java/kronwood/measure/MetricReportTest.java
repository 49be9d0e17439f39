package kronwood.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricReportTest {
  @Test
  void iteratesInTheOrderOfTheMetricsWhateverTheOrderItWasGiven() {
    Map<Metric, Double> shuffled = new LinkedHashMap<>();
    shuffled.put(Metric.CI, 0.5);
    shuffled.put(Metric.MSE, 2.0);
    shuffled.put(Metric.R2, Double.NaN);
    assertEquals(
        List.of(Metric.MSE, Metric.R2, Metric.CI),
        List.copyOf(new MetricReport(shuffled).values().keySet()));
  }

  @Test
  void neitherItsSourceNorItsReaderCanChangeIt() {
    Map<Metric, Double> source = new HashMap<>(Map.of(Metric.MSE, 2.0));
    MetricReport report = new MetricReport(source);
    source.put(Metric.MSE, 3.0);
    assertEquals(2.0, report.get(Metric.MSE));
    assertThrows(UnsupportedOperationException.class, () -> report.values().put(Metric.MSE, 3.0));
  }

  @Test
  void tellsUndefinedFromUnfit() {
    MetricReport report = new MetricReport(Map.of(Metric.MSE, 2.0, Metric.CI, Double.NaN));
    assertTrue(report.contains(Metric.CI));
    assertFalse(report.isDefined(Metric.CI));
    assertEquals(Double.NaN, report.get(Metric.CI));
    assertTrue(report.isDefined(Metric.MSE));
    assertFalse(report.contains(Metric.AUC));
    assertFalse(report.isDefined(Metric.AUC));
    String message =
        assertThrows(IllegalArgumentException.class, () -> report.get(Metric.AUC)).getMessage();
    assertTrue(message.contains("'auc'") && message.contains("mse ci"), message);
  }

  @Test
  void equalValuesMakeEqualReportsAndNanEqualsItself() {
    MetricReport report = new MetricReport(Map.of(Metric.MSE, 2.0, Metric.CI, Double.NaN));
    assertEquals(new MetricReport(Map.of(Metric.CI, Double.NaN, Metric.MSE, 2.0)), report);
    assertNotEquals(new MetricReport(Map.of(Metric.MSE, 2.0)), report);
  }

  @Test
  void mayBeEmpty() {
    assertTrue(new MetricReport(Map.of()).values().isEmpty());
  }

  @Test
  void readsWell() {
    assertEquals(
        "mse=0.250000 ci=NaN",
        new MetricReport(Map.of(Metric.CI, Double.NaN, Metric.MSE, 0.25)).toString());
  }
}
