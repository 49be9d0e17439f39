package kronwood.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTest {
  @Test
  void keysAreTheDocumentedOnesInTheirOrder() {
    assertEquals(
        List.of(
            "mse",
            "rmse",
            "mae",
            "r2",
            "rm2",
            "pearson",
            "spearman",
            "ci",
            "accuracy",
            "logloss",
            "auc",
            "aupr",
            "f1",
            "ece",
            "ic",
            "cover50",
            "cover90",
            "nll",
            "sdrank"),
        Arrays.stream(Metric.values()).map(Metric::key).toList());
  }

  @Test
  void everyKeyLeadsBackToItsMetric() {
    for (Metric metric : Metric.values()) {
      assertSame(metric, Metric.ofKey(metric.key()));
    }
  }

  @Test
  void unknownKeyIsRefusedWithTheListOfKeys() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Metric.ofKey("MSE")).getMessage();
    assertTrue(message.contains("'MSE'") && message.contains("mse rmse mae"), message);
  }

  @Test
  void onlyErrorsAndLossesAreBetterWhenLower() {
    EnumSet<Metric> lowerIsBetter = EnumSet.noneOf(Metric.class);
    for (Metric metric : Metric.values()) {
      if (!metric.higherIsBetter()) {
        lowerIsBetter.add(metric);
      }
    }
    assertEquals(
        EnumSet.of(Metric.MSE, Metric.RMSE, Metric.MAE, Metric.LOGLOSS, Metric.ECE, Metric.NLL),
        lowerIsBetter);
  }
}
