package kronwood.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kronwood.measure.Spread;
import kronwood.report.chart.Axis;
import kronwood.report.chart.Chart;
import kronwood.report.page.Cell;
import kronwood.report.page.Figure;
import kronwood.report.page.Part;
import kronwood.report.page.Section;
import kronwood.report.page.Table;
import kronwood.train.TrainingEvent;

/** The results of a cross-validation. */
final class FoldSections {
  private static final List<String> DRAWN = List.of("mse", "ci", "ic", "auc", "aupr", "accuracy");

  private final List<TrainingEvent.FoldDone> folds;
  private final List<String> settings;
  private final Set<String> keys = new LinkedHashSet<>();

  FoldSections(List<TrainingEvent.FoldDone> folds) {
    this.folds = folds;
    this.settings = folds.stream().map(TrainingEvent.FoldDone::setting).distinct().toList();
    folds.forEach(fold -> keys.addAll(fold.metrics().keySet()));
  }

  private double[] values(String setting, String key) {
    List<Double> values = new ArrayList<>();
    for (TrainingEvent.FoldDone fold : folds) {
      Double value = fold.metrics().get(key);
      if (fold.setting().equals(setting) && value != null) {
        values.add(value);
      }
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The most important number, in words. */
  String summary() {
    List<String> said = new ArrayList<>();
    for (String key : DRAWN) {
      if (keys.contains(key) && said.isEmpty()) {
        for (String setting : settings) {
          Spread spread = Spread.of(values(setting, key));
          said.add(
              "%s %s ± %s in %s"
                  .formatted(
                      key, Cell.text(spread.mean()), Cell.text(spread.deviation()), setting));
        }
      }
    }
    return "%d test parts: %s.".formatted(folds.size(), String.join("; ", said));
  }

  Section metrics() {
    List<Part> parts = new ArrayList<>();
    List<List<Cell>> rows = new ArrayList<>();
    for (String setting : settings) {
      for (String key : keys) {
        Spread spread = Spread.of(values(setting, key));
        rows.add(
            List.of(
                Cell.of(setting),
                Cell.of(key),
                Cell.of(ModelSections.direction(key)),
                Cell.of(spread.mean()),
                Cell.of(spread.deviation()),
                Cell.of((long) spread.count()),
                Cell.of((long) spread.undefined())));
      }
    }
    parts.add(
        new Table(
            "Mean and standard deviation over test parts",
            List.of(
                "setting", "metric", "direction", "mean", "deviation", "test parts", "undefined"),
            rows));
    DRAWN.stream().filter(keys::contains).forEach(key -> parts.add(figure(key)));
    return new Section("metrics", "How good the predictions are", parts);
  }

  private Figure figure(String key) {
    List<double[]> all = new ArrayList<>();
    for (String setting : settings) {
      all.add(values(setting, key));
    }
    String title = key + " of each test part";
    String finding =
        "A point is a test part; the settings differ in which entities are new ("
            + ModelSections.direction(key)
            + ").";
    Chart chart =
        new Chart(
            title,
            finding,
            Axis.of("setting", settings),
            Axis.around(key + ", " + ModelSections.direction(key), all.toArray(double[][]::new)));
    List<List<Cell>> rows = new ArrayList<>();
    double[] xs = new double[all.stream().mapToInt(values -> values.length).sum()];
    double[] ys = new double[xs.length];
    double[] at = new double[settings.size()];
    double[] means = new double[at.length];
    double[] lows = new double[at.length];
    double[] highs = new double[at.length];
    int filled = 0;
    for (int s = 0; s < at.length; s++) {
      Spread spread = Spread.of(all.get(s));
      at[s] = s + 0.15;
      means[s] = spread.mean();
      lows[s] = spread.mean() - spread.deviation();
      highs[s] = spread.mean() + spread.deviation();
      for (double value : all.get(s)) {
        xs[filled] = s - 0.1;
        ys[filled++] = value;
        rows.add(List.of(Cell.of(settings.get(s)), Cell.of(value)));
      }
    }
    chart.points("test part", xs, ys);
    chart.whiskers(at, lows, highs).points("mean ± standard deviation", at, means);
    return new Figure(title, finding, chart.svg(), new Table(title, List.of("setting", key), rows));
  }

  Section each() {
    List<String> heads =
        new ArrayList<>(List.of("setting", "repeat", "fold", "trained", "tested", "epoch"));
    heads.addAll(keys);
    heads.add("seconds");
    List<List<Cell>> rows = new ArrayList<>();
    for (TrainingEvent.FoldDone fold : folds) {
      List<Cell> row =
          new ArrayList<>(
              List.of(
                  Cell.of(fold.setting()),
                  Cell.of((long) fold.repeat()),
                  Cell.of((long) fold.fold()),
                  Cell.of((long) fold.trainSamples()),
                  Cell.of((long) fold.testSamples()),
                  Cell.of((long) fold.epoch())));
      keys.forEach(key -> row.add(Cell.of(fold.metrics().getOrDefault(key, Double.NaN))));
      row.add(Cell.of(fold.seconds()));
      rows.add(row);
    }
    return new Section("folds", "Each test part", List.of(new Table("Test parts", heads, rows)));
  }

  Section work(List<String> plansOfFolds) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (String setting : settings) {
      seconds.put(
          "setting " + setting,
          folds.stream()
              .filter(fold -> fold.setting().equals(setting))
              .mapToDouble(TrainingEvent.FoldDone::seconds)
              .sum());
    }
    List<List<Cell>> plans =
        plansOfFolds.stream().distinct().map(plan -> Arrays.asList(Cell.of(plan))).toList();
    return new Section(
        "work",
        "Time and work",
        List.of(
            TrainingSections.seconds(seconds),
            new Table("Plans of the trainings", List.of("plan"), plans)));
  }
}
