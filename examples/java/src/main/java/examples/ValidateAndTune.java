package examples;

import java.util.List;
import kronwood.Kronwood;
import kronwood.TrainingData;
import kronwood.TrainingTables;
import kronwood.data.Setting;
import kronwood.fit.ModelOptions;
import kronwood.validate.FoldResult;

/** Cross-validates for known and for new entities, then lets choices be made. */
public final class ValidateAndTune {
  /** Runs. */
  public static void main(String[] args) {
    TrainingData data =
        new TrainingTables("examples/pairs/pairs.csv", "left", "right")
            .target("affinity")
            .features("left", "examples/pairs/left.csv")
            .similarity("right", "examples/pairs/right_similarity.csv")
            .testWhere("fold = 'test'")
            .read();
    ModelOptions options = Kronwood.options(data);
    for (Setting setting : List.of(Setting.A, Setting.D)) {
      double sum = 0;
      List<FoldResult> folds = Kronwood.crossValidate(data, options, setting, 3);
      for (FoldResult fold : folds) {
        sum += fold.metrics().getOrDefault("mse", Double.NaN);
      }
      System.out.printf("setting %s: error %.3f%n", setting.name(), sum / folds.size());
    }
    Kronwood.Tuned tuned = Kronwood.tune(data, options, 6);
    System.out.printf("tuned: test error %.3f%n", tuned.model().metrics("test").get("mse"));
  }
}
