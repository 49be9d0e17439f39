package kronwood.trial;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import kronwood.candidate.JackknifeValue;
import kronwood.data.ClassTargets;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.fault.InputException;
import kronwood.loss.Evaluation;
import kronwood.loss.Goal;
import kronwood.loss.Loss;
import kronwood.loss.Task;
import kronwood.measure.Metric;
import kronwood.measure.MetricReport;
import kronwood.measure.RankingMetrics;
import kronwood.measure.RankingReport;
import kronwood.model.PairEvaluation;
import org.jspecify.annotations.Nullable;

/**
 * Judges outputs for the validation samples of several divisions by a {@link Goal}: its mean over
 * the divisions on which it is defined.
 *
 * <p>For rankings, the candidates of an entity of the first mode are its validation samples.
 *
 * <p>The standard error of a value comes from the jackknife: samples are in {@value #GROUPS}
 * groups, all samples of a cluster in one, and the value is computed once more without each group
 * (B. Efron, C. Stein, "The jackknife estimate of variance", Annals of Statistics 9, 1981). Cost:
 * {@value #GROUPS} times that of the metric for each way to cluster.
 */
final class GoalMetric {
  private static final int GROUPS = 10;

  private final Goal goal;
  private final List<Validation.Part> parts;
  private final Loss loss;
  private final int outputs;

  /** For each way to cluster the group of each sample of all divisions. */
  private final int[][] groups;

  /**
   * Makes ready.
   *
   * @param outputs numbers per sample
   * @param clusters as {@link Validation} has them
   * @throws InputException if no entity has as many validation samples as a ranking looks at
   */
  GoalMetric(Goal goal, List<Validation.Part> parts, Loss loss, int outputs, int[][] clusters) {
    this.goal = goal;
    this.parts = List.copyOf(parts);
    this.loss = loss;
    this.outputs = outputs;
    if (goal.isRanking()) {
      int longest =
          parts.stream()
              .flatMap(part -> lists(part, part.listed()).values().stream())
              .mapToInt(list -> list.length)
              .max()
              .orElse(0);
      if (goal.k() > longest) {
        throw new InputException(
            "%s: no entity has more than %d validation samples to rank, take at most %d"
                .formatted(goal.key(), longest, longest));
      }
      this.groups = new int[][] {byEntity()};
    } else {
      this.groups =
          Arrays.stream(clusters)
              .map(way -> Arrays.stream(way).map(cluster -> cluster % GROUPS).toArray())
              .toArray(int[][]::new);
    }
  }

  /** All samples of an entity of the first mode are in one group: lists are not torn. */
  private int[] byEntity() {
    return parts.stream()
        .flatMapToInt(
            part ->
                Arrays.stream(part.listed())
                    .map(sample -> part.samples().tuples().entity(sample, 0) % GROUPS))
        .toArray();
  }

  Goal goal() {
    return goal;
  }

  /** The value, the less the better: of a metric that should be large it is the negative. */
  double cost(double[] values) {
    return sign() * value(values, null, 0);
  }

  /** The value, and what it is without each group. */
  JackknifeValue judge(double[] values) {
    double[][] without = new double[groups.length][GROUPS];
    for (int way = 0; way < groups.length; way++) {
      for (int group = 0; group < GROUPS; group++) {
        without[way][group] = value(values, groups[way], group);
      }
    }
    return new JackknifeValue(value(values, null, 0), goal.higherIsBetter(), without);
  }

  private int sign() {
    return goal.higherIsBetter() ? -1 : 1;
  }

  /** Mean over the divisions; of samples that are not in a group, if groups are given. */
  private double value(double[] values, int @Nullable [] groupOf, int left) {
    double sum = 0;
    int defined = 0;
    int from = 0;
    for (Validation.Part part : parts) {
      int first = from;
      int[] kept =
          IntStream.range(0, part.listed().length)
              .filter(i -> groupOf == null || groupOf[first + i] != left)
              .toArray();
      from += part.listed().length;
      double value = kept.length == 0 ? Double.NaN : value(part, kept, first, values);
      if (!Double.isNaN(value)) {
        sum += value;
        defined++;
      }
    }
    return defined == 0 ? Double.NaN : sum / defined;
  }

  private double value(Validation.Part part, int[] kept, int first, double[] values) {
    double[] predictions = new double[kept.length * outputs];
    for (int i = 0; i < kept.length; i++) {
      for (int c = 0; c < outputs; c++) {
        double f = values[(first + kept[i]) * outputs + c];
        predictions[i * outputs + c] =
            loss.task() == Task.REGRESSION
                ? f * part.targets().scale(c) + part.targets().offset(c)
                : f;
      }
      if (loss.task() != Task.REGRESSION) {
        loss.link(predictions, i * outputs, outputs);
      }
    }
    int[] listed = Arrays.stream(kept).map(i -> part.listed()[i]).toArray();
    if (goal.isRanking()) {
      return ranking(part, listed, predictions);
    }
    Metric metric = Objects.requireNonNull(goal.metric());
    MetricReport report =
        metric == Metric.IC
            ? PairEvaluation.of(part.samples(), listed, predictions)
            : Evaluation.of(part.samples(), listed, predictions);
    return report.get(metric);
  }

  private double ranking(Validation.Part part, int[] listed, double[] predictions) {
    int k = goal.k() == RankingMetrics.WHOLE ? 1 : goal.k();
    RankingMetrics metrics = new RankingMetrics(List.of(k), Math.max(k, listed.length));
    for (int[] list : lists(part, listed).values()) {
      boolean[] relevant = new boolean[list.length];
      for (int i = 0; i < list.length; i++) {
        relevant[i] = isRelevant(part.samples(), listed[list[i]]);
      }
      metrics.add(list, Arrays.stream(list).mapToDouble(i -> predictions[i]).toArray(), relevant);
    }
    RankingReport report = metrics.report();
    return report.get(goal.key());
  }

  private boolean isRelevant(Samples samples, int sample) {
    return switch (samples.targets()) {
      case ClassTargets classes -> classes.label(sample) == 1;
      case RealTargets real -> real.value(sample, 0) >= goal.relevant();
    };
  }

  /** For each entity of the first mode the positions of its samples in the list. */
  private static Map<Integer, int[]> lists(Validation.Part part, int[] listed) {
    Map<Integer, IntStream.Builder> builders = new TreeMap<>();
    for (int i = 0; i < listed.length; i++) {
      builders
          .computeIfAbsent(part.samples().tuples().entity(listed[i], 0), _ -> IntStream.builder())
          .add(i);
    }
    Map<Integer, int[]> lists = new TreeMap<>();
    builders.forEach((entity, list) -> lists.put(entity, list.build().toArray()));
    return lists;
  }
}
