package kronwood.trial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kronwood.candidate.JackknifeValue;
import kronwood.candidate.Score;
import kronwood.data.Samples;
import kronwood.data.Setting;
import kronwood.fit.ModelOptions;
import kronwood.loss.EncodedTargets;
import kronwood.loss.Goal;
import kronwood.loss.Loss;
import kronwood.loss.Task;
import kronwood.measure.Metric;
import kronwood.measure.MetricReport;
import kronwood.measure.Metrics;
import org.jspecify.annotations.Nullable;

/**
 * The validation samples of all divisions, one after another.
 *
 * @param loss what choices are judged by
 * @param hasOffset whether outputs may be off by the same number: those of two classes, unless
 *     exchanging two entities must turn their sign. Targets that are numbers are centred before
 * @param outputs numbers per sample, C
 * @param targets encoded, a row of C per sample
 * @param weights relative to their sum
 * @param ends for each division where its samples end
 * @param clusters for each way to cluster samples the number of each one's, see {@link Score}
 * @param judge computes another metric than the loss, null if choices are judged by the loss
 */
@SuppressWarnings("ArrayRecordComponent") // not changed
public record Validation(
    Loss loss,
    boolean hasOffset,
    int outputs,
    double[] targets,
    double[] weights,
    int[] ends,
    int[][] clusters,
    @Nullable GoalMetric judge) {
  private static final int ALL_MODES = -1;
  private static final List<Metric> RANKING = List.of(Metric.AUPR, Metric.AUC);

  /** Judged by the loss. */
  public Validation(
      Loss loss,
      boolean hasOffset,
      int outputs,
      double[] targets,
      double[] weights,
      int[] ends,
      int[][] clusters) {
    this(loss, hasOffset, outputs, targets, weights, ends, clusters, null);
  }

  /**
   * The validation samples of one division.
   *
   * @param listed which they are
   * @param samples all samples
   * @param targets of all, encoded as the division's training samples have them
   */
  @SuppressWarnings("ArrayRecordComponent") // not changed
  public record Part(int[] listed, Samples samples, EncodedTargets targets) {}

  /** The validation samples of divisions in a setting, by whose new entities they cluster. */
  public static Validation of(List<InnerSplit> divisions, Setting setting, ModelOptions options) {
    return ofParts(divisions.stream().map(InnerSplit::part).toList(), setting, options);
  }

  /**
   * The same, judged by a goal.
   *
   * @throws kronwood.fault.InputException if no entity has as many samples as a ranking looks at
   */
  public static Validation of(
      List<InnerSplit> divisions, Setting setting, ModelOptions options, Goal goal) {
    List<Part> parts = divisions.stream().map(InnerSplit::part).toList();
    Validation all = ofParts(parts, setting, options);
    return goal.isLoss()
        ? all
        : new Validation(
            all.loss,
            all.hasOffset,
            all.outputs,
            all.targets,
            all.weights,
            all.ends,
            all.clusters,
            new GoalMetric(goal, parts, all.loss, all.outputs, all.clusters));
  }

  /** The same of samples that are listed. */
  public static Validation ofParts(List<Part> divisions, Setting setting, ModelOptions options) {
    int outputs = divisions.getFirst().targets().outputs();
    int size = divisions.stream().mapToInt(division -> division.listed().length).sum();
    double[] targets = new double[Math.multiplyExact(size, outputs)];
    double[] weights = new double[size];
    List<Integer> modes = setting.isRandom() ? List.of(ALL_MODES) : setting.newModes();
    int[][] clusters = new int[modes.size()][size];
    List<Map<Integer, Integer>> numbers = new ArrayList<>();
    modes.forEach(_ -> numbers.add(new HashMap<>()));
    int[] ends = new int[divisions.size()];
    int row = 0;
    for (int d = 0; d < ends.length; d++) {
      Part division = divisions.get(d);
      EncodedTargets encoded = division.targets();
      for (int sample : division.listed()) {
        System.arraycopy(encoded.values(), sample * outputs, targets, row * outputs, outputs);
        weights[row] = division.samples().weight(sample);
        for (int way = 0; way < clusters.length; way++) {
          int cluster = cluster(division.samples(), sample, modes.get(way));
          Map<Integer, Integer> known = numbers.get(way);
          clusters[way][row] = known.computeIfAbsent(cluster, _ -> known.size());
        }
        row++;
      }
      ends[d] = row;
    }
    double sum = Arrays.stream(weights).sum();
    for (int i = 0; i < size; i++) {
      weights[i] /= sum;
    }
    Loss loss = options.loss();
    boolean hasOffset = loss.task() == Task.BINARY && !options.structure().isOdd();
    return new Validation(loss, hasOffset, outputs, targets, weights, ends, clusters);
  }

  /** Samples of one entity of a new mode belong together; where none is new, none do. */
  private static int cluster(Samples samples, int sample, int mode) {
    return mode == ALL_MODES ? sample : samples.tuples().entity(sample, mode);
  }

  /**
   * Mean loss of outputs.
   *
   * @param values a row of C for each sample
   */
  public double error(double[] values) {
    double[] f = new double[outputs];
    double[] gradient = new double[outputs];
    double sum = 0;
    for (int i = 0; i < size(); i++) {
      System.arraycopy(values, i * outputs, f, 0, outputs);
      sum += weights[i] * loss.evaluate(f, targets, i * outputs, gradient);
    }
    return sum;
  }

  /** What is to be small: the mean loss, or what outputs are judged by. */
  double cost(double[] values) {
    return judge == null ? error(values) : judge.cost(values);
  }

  /** What outputs are judged by, null if that is the loss. */
  @Nullable JackknifeValue judged(double[] values) {
    return judge == null ? null : judge.judge(values);
  }

  /** How well outputs do, by their loss alone. */
  public Score score(double[] values) {
    double[] losses = new double[size()];
    double[] f = new double[outputs];
    double[] gradient = new double[outputs];
    for (int i = 0; i < losses.length; i++) {
      System.arraycopy(values, i * outputs, f, 0, outputs);
      losses[i] = weights[i] * loss.evaluate(f, targets, i * outputs, gradient);
    }
    return new Score(losses, clusters, new double[0]);
  }

  /**
   * How well outputs rank the samples of two classes: of each metric the mean over the divisions
   * that have both; empty of other targets.
   *
   * @param values one for each sample
   */
  double[] ranking(double[] values) {
    if (loss.task() != Task.BINARY) {
      return new double[0];
    }
    double[] probability = values.clone();
    loss.link(probability, 0, probability.length);
    double[] sums = new double[RANKING.size()];
    int count = 0;
    int from = 0;
    for (int to : ends) {
      int[] labels = new int[to - from];
      for (int i = from; i < to; i++) {
        labels[i - from] = targets[i] > 0.5 ? 1 : 0;
      }
      if (Arrays.stream(labels).distinct().count() > 1) {
        MetricReport found = Metrics.binary(Arrays.copyOfRange(probability, from, to), labels);
        Arrays.setAll(sums, m -> sums[m] + found.get(RANKING.get(m)));
        count++;
      }
      from = to;
    }
    for (int m = 0; m < sums.length; m++) {
      sums[m] /= Math.max(1, count);
    }
    return sums;
  }

  /** Number of samples. */
  public int size() {
    return weights.length;
  }
}
