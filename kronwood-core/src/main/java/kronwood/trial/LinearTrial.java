package kronwood.trial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kronwood.candidate.Score;
import kronwood.data.ClassTargets;
import kronwood.data.Targets;
import kronwood.fit.ModelOptions;
import kronwood.linear.KroneckerOperator;
import kronwood.linear.KroneckerRidge;
import kronwood.linear.RidgeOptions;
import kronwood.linear.RidgePath;
import kronwood.linear.RidgeProblem;
import kronwood.loss.EncodedTargets;
import kronwood.math.Parallel;
import kronwood.train.TrainingProblem;

/**
 * The linear model of one form of the inputs, on validation samples.
 *
 * <p>It is ridge regression on the encoded targets; for classes on numbers that are 1 for the
 * sample's class and negative for the others.
 *
 * @param lambda the λ chosen for each output, relative to the mean squared norm of the inputs
 * @param outputs predictions for the validation samples, a row of C each
 * @param score of the outputs, once they are scaled to fit
 */
@SuppressWarnings("ArrayRecordComponent") // not changed
public record LinearTrial(double[] lambda, double[] outputs, Score score) {
  /** About how many products a search takes. */
  private static final double PRODUCTS = 150;

  /** Multiplications of a vector kernel in a second. */
  private static final double MULTIPLICATIONS_PER_SECOND = 3e9;

  /** Fits on each division, and chooses λ for all of them together. */
  public static LinearTrial of(
      List<TrainingProblem> problems,
      List<InnerSplit> divisions,
      Validation validation,
      ModelOptions options,
      Parallel parallel) {
    int outputs = validation.outputs();
    RidgeOptions ridge = ridgeOptions(options.memory());
    List<RidgePath> paths = new ArrayList<>();
    double[][] errors = new double[outputs][ridge.count()];
    for (int d = 0; d < divisions.size(); d++) {
      InnerSplit division = divisions.get(d);
      RidgePath path =
          KroneckerRidge.path(
              ridgeProblem(problems.get(d), division.targets()),
              division.split().train(),
              division.split().validation(),
              ridge,
              parallel);
      paths.add(path);
      for (int c = 0; c < outputs; c++) {
        for (int s = 0; s < ridge.count(); s++) {
          errors[c][s] += path.trial(c, s).validationError() * division.split().validation().length;
        }
      }
    }
    double[] lambda = new double[outputs];
    double[] values = new double[validation.size() * outputs];
    for (int c = 0; c < outputs; c++) {
      int best = least(judged(paths, ridge.count(), validation, errors[c]));
      lambda[c] = ridge.relative(best);
      int row = 0;
      for (RidgePath path : paths) {
        for (double value : path.predictions()[c][best]) {
          values[row++ * outputs + c] = value;
        }
      }
    }
    return new LinearTrial(lambda, values, Blend.ofLinear(validation, values).score());
  }

  /**
   * The criterion at each λ: the squared errors, or for a single output the goal. One that depends
   * on the scale of outputs is measured once they are scaled to fit.
   */
  private static double[] judged(
      List<RidgePath> paths, int count, Validation validation, double[] errors) {
    GoalMetric judge = validation.judge();
    if (judge == null || validation.outputs() > 1) {
      return errors;
    }
    double[] costs = new double[count];
    for (int s = 0; s < count; s++) {
      int which = s;
      double[] values =
          paths.stream()
              .flatMapToDouble(path -> Arrays.stream(path.predictions()[0][which]))
              .toArray();
      if (!judge.goal().isOfAnyScale()) {
        Blend scaled = Blend.ofLinear(validation, values);
        Arrays.setAll(values, i -> scaled.linear() * values[i] + scaled.offset());
      }
      double cost = judge.cost(values);
      costs[s] = Double.isNaN(cost) ? Double.POSITIVE_INFINITY : cost;
    }
    return costs;
  }

  /**
   * The same model on the first of the divisions that it was fitted on, with the λ that was chosen
   * on all of them.
   */
  public LinearTrial on(Validation first) {
    double[] some = Arrays.copyOf(outputs, first.size() * first.outputs());
    return new LinearTrial(lambda, some, Blend.ofLinear(first, some).score());
  }

  /** Seconds that a fit on a division may take, before any was made. */
  public static double expectedSeconds(
      TrainingProblem problem, InnerSplit division, double memory) {
    return expectedSeconds(problem, division.split().train(), division.targets().outputs(), memory);
  }

  /** The same for training samples and a number of outputs. */
  public static double expectedSeconds(
      TrainingProblem problem, int[] train, int outputs, double memory) {
    try (Parallel parallel = Parallel.of(1)) {
      double product =
          KroneckerOperator.cost(
              problem.inputs(), train, train, ridgeOptions(memory).memory(), parallel);
      return PRODUCTS * outputs * product / MULTIPLICATIONS_PER_SECOND;
    }
  }

  /** How the linear model of a trial is fitted: every system is solved. */
  public static RidgeOptions ridgeOptions(double memory) {
    return RidgeOptions.DEFAULT.withoutEarlyStopping().within(memory);
  }

  /** The number of the least error; of equal ones that with the stronger regularisation. */
  public static int least(double[] errors) {
    int best = 0;
    for (int s = 1; s < errors.length; s++) {
      if (!(errors[s] > errors[best])) {
        best = s;
      }
    }
    return best;
  }

  /** What ridge regression is to learn. */
  public static RidgeProblem ridgeProblem(TrainingProblem problem, EncodedTargets targets) {
    int samples = problem.samples().size();
    double[] weights = new double[samples];
    for (int i = 0; i < samples; i++) {
      weights[i] = problem.samples().weight(i);
    }
    return new RidgeProblem(
        problem.inputs(),
        targets.outputs(),
        numbers(problem.samples().targets(), targets),
        weights);
  }

  /** Targets as ridge regression learns them, a row of C for each sample. */
  public static double[] numbers(Targets targets, EncodedTargets encoded) {
    double[] values = encoded.values().clone();
    if (targets instanceof ClassTargets classes) {
      // One class against all others: 1 and −1 of two, 1 and −1/(C − 1) of C.
      double others = 1.0 / Math.max(1, classes.classes().size() - 1);
      for (int i = 0; i < values.length; i++) {
        values[i] = values[i] * (1 + others) - others;
      }
    }
    return values;
  }
}
