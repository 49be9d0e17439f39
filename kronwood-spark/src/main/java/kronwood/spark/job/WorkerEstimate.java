package kronwood.spark.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kronwood.fault.InputException;
import kronwood.fit.ModelOptions;
import kronwood.fit.TrainingInputs;
import kronwood.network.NeuronRange;
import kronwood.plan.EnginePlan;
import kronwood.train.TrainingProblem;
import org.apache.spark.sql.SparkSession;

/**
 * How long a step takes when several workers share the neurons, by a model:
 *
 * <pre>
 *   step(W) = S · τ / (W · cores) + log₂ W · h
 * </pre>
 *
 * for S samples a step, τ the planner's estimate of a sample's time on one core, and h = 75 µs for
 * a round of the exchange on a fast network. It leaves out what every worker does by itself, so it
 * is an upper bound of the gain. More workers are chosen as long as each is used to at least half
 * and holds at least 128 neurons.
 *
 * @param lines the estimate of each number of workers, from one on
 * @param workers what is chosen
 * @param batch samples of a step
 */
public record WorkerEstimate(List<Line> lines, int workers, int batch) {
  private static final double ROUND_NANOS = 75_000;
  private static final int LEAST_NEURONS = 128;
  private static final double LEAST_EFFICIENCY = 0.5;

  /** Samples of a step where the spectrum chooses their number: a guess. */
  private static final int GUESSED_BATCH = 64;

  /**
   * An estimate.
   *
   * @param workers number of workers
   * @param stepSeconds time of a step
   * @param speedUp times as fast as one worker, at most
   */
  public record Line(int workers, double stepSeconds, double speedUp) {}

  public static WorkerEstimate of(
      SparkSession spark, PreparedData data, TrainingSettings settings) {
    PreparedData.Contents contents = data.contents();
    int cores = spark.sparkContext().getConf().getInt("spark.task.cpus", 1);
    ModelOptions options = settings.options(cores, Double.POSITIVE_INFINITY, 0);
    TrainingProblem problem = TrainingInputs.problem(contents.data(), contents.split(), options);
    EnginePlan plan =
        EnginePlan.of(
            problem.inputs(),
            options.network(),
            options.training().workload(),
            Double.POSITIVE_INFINITY);
    int batch = options.training().batch() == 0 ? GUESSED_BATCH : options.training().batch();
    NeuronRange neurons = NeuronRange.of(options.network());
    return of(
        batch * plan.nanosPerSample() / options.training().threads(),
        batch,
        options.network().neurons(),
        neurons.distinct(),
        ClusterChecks.slots(spark));
  }

  /** By the time of a step on one worker. */
  static WorkerEstimate of(double stepNanos, int batch, int neurons, int distinct, int slots) {
    List<Line> lines = new ArrayList<>();
    int chosen = 1;
    int rounds = 0;
    for (int workers = 1; workers <= slots && divides(distinct, workers); workers *= 2) {
      double nanos = stepNanos / workers + rounds++ * ROUND_NANOS;
      double speedUp = stepNanos / nanos;
      lines.add(new Line(workers, nanos * 1e-9, speedUp));
      if (neurons / workers >= LEAST_NEURONS && speedUp / workers >= LEAST_EFFICIENCY) {
        chosen = workers;
      }
    }
    return new WorkerEstimate(List.copyOf(lines), chosen, batch);
  }

  private static boolean divides(int distinct, int workers) {
    try {
      NeuronRange all = new NeuronRange(0, distinct, distinct);
      return all.divided(workers).size() == workers;
    } catch (InputException tooFewNeurons) {
      return false;
    }
  }

  /** For people: a line for each number of workers, and the choice. */
  public String text() {
    StringBuilder text = new StringBuilder("workers = auto: estimated time of a step of ");
    text.append(batch).append(" samples\n");
    for (Line line : lines) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %d %s %.3f ms, %.1f times as fast at most%n",
              line.workers,
              line.workers == 1 ? "worker: " : "workers:",
              1e3 * line.stepSeconds,
              line.speedUp));
    }
    text.append("chosen: ").append(workers);
    if (workers == 1 && lines.size() > 1) {
      text.append(", as the exchange between workers would take most of what they gain");
    }
    return text.toString();
  }
}
