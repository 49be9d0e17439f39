package kronwood.loss;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import kronwood.fault.InputException;
import kronwood.measure.Metric;
import kronwood.measure.RankingMetric;
import kronwood.measure.RankingMetrics;
import org.jspecify.annotations.Nullable;

/**
 * What choices are judged by on validation samples: the mean loss, or a metric.
 *
 * @param key the name, such as {@code ci} or {@code ndcg@20}
 * @param metric the metric of all samples, or null
 * @param ranking the metric of each entity's samples, or null
 * @param k at which k it looks, {@link RankingMetrics#WHOLE} for whole lists
 * @param relevant least relevant target where targets are numbers, NaN for two classes
 */
public record Goal(
    String key, @Nullable Metric metric, @Nullable RankingMetric ranking, int k, double relevant) {
  /** The mean loss. */
  public static final Goal LOSS = new Goal("loss", null, null, 0, Double.NaN);

  private static final Set<Metric> OF_NUMBERS =
      EnumSet.of(
          Metric.MSE,
          Metric.RMSE,
          Metric.MAE,
          Metric.R2,
          Metric.RM2,
          Metric.PEARSON,
          Metric.SPEARMAN,
          Metric.CI);

  private static final Set<Metric> OF_CLASSES =
      EnumSet.of(Metric.ACCURACY, Metric.LOGLOSS, Metric.AUC, Metric.AUPR, Metric.F1, Metric.ECE);

  /** Those that look at the order of predictions alone, or at lines through them. */
  private static final Set<Metric> OF_ANY_SCALE =
      EnumSet.of(Metric.PEARSON, Metric.SPEARMAN, Metric.CI, Metric.IC, Metric.AUC, Metric.AUPR);

  /**
   * The goal of a name, as typed by a person.
   *
   * @param task what is predicted
   * @param modes number of modes
   * @param relevant least relevant target where targets are numbers, NaN if that is not known
   * @throws InputException if the task has no such metric; the message lists those that it has
   */
  public static Goal of(String name, Task task, int modes, double relevant) {
    String key = name.toLowerCase(Locale.ROOT);
    if (key.equals(LOSS.key)) {
      return LOSS;
    }
    for (Metric metric : metrics(task, modes)) {
      if (metric.key().equals(key) || (metric == Metric.AUC && key.equals("auroc"))) {
        return new Goal(metric.key(), metric, null, 0, Double.NaN);
      }
    }
    boolean ranks = modes == 2 && task != Task.MULTICLASS;
    int at = key.indexOf('@');
    for (RankingMetric metric : ranks ? RankingMetric.values() : new RankingMetric[0]) {
      if (metric == RankingMetric.COVERAGE
          || !metric.key().equals(at < 0 ? key : key.substring(0, at))) {
        continue;
      }
      if (task == Task.REGRESSION && Double.isNaN(relevant)) {
        throw new InputException(
            "'" + name + "' needs to know from which number on a target is relevant");
      }
      if (at < 0 && metric.hasWhole()) {
        return new Goal(key, null, metric, RankingMetrics.WHOLE, relevant);
      }
      String digits = at < 0 ? "" : key.substring(at + 1);
      if (digits.matches("[1-9][0-9]{0,8}")) {
        return new Goal(key, null, metric, Integer.parseInt(digits), relevant);
      }
    }
    List<String> names = new ArrayList<>(List.of(LOSS.key));
    metrics(task, modes).forEach(metric -> names.add(metric.key()));
    throw new InputException(
        "found '%s', expected one of %s%s"
            .formatted(
                name,
                String.join(" ", names),
                ranks
                    ? "; or a metric of each entity's ranking: map, mrr, or at a number such as 20"
                        + " precision@20 recall@20 hit@20 ndcg@20 map@20 mrr@20"
                    : ""));
  }

  private static List<Metric> metrics(Task task, int modes) {
    List<Metric> metrics = new ArrayList<>(task == Task.REGRESSION ? OF_NUMBERS : OF_CLASSES);
    if (modes == 2 && task != Task.MULTICLASS) {
      metrics.add(Metric.IC);
    }
    return metrics;
  }

  /** Whether it is the mean loss. */
  public boolean isLoss() {
    return metric == null && ranking == null;
  }

  /** Whether each entity's samples are ranked. */
  public boolean isRanking() {
    return ranking != null;
  }

  /** Whether a larger value is better. */
  public boolean higherIsBetter() {
    return ranking != null || (metric != null && metric.higherIsBetter());
  }

  /** Whether it stays the same if all outputs are multiplied by a number above 0. */
  public boolean isOfAnyScale() {
    return ranking != null || (metric != null && OF_ANY_SCALE.contains(metric));
  }

  @Override
  public String toString() {
    return Double.isNaN(relevant) ? key : key + ", relevant from " + relevant;
  }
}
