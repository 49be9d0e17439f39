package kronwood.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kronwood.fault.InputException;
import kronwood.math.Parallel;

/**
 * Ridge regression with structured inputs, in the coefficients of its samples:
 *
 * <pre>
 *   minimise  Σ_i w_i (⟨W, x_i⟩ − y_i)² + λ ‖W‖²,     W = Σ_i α_i x_i,
 *   α = √w ∘ β,     (√w K √w + λ I) β = √w ∘ y,       K_ij = ⟨x_i, x_j⟩
 * </pre>
 *
 * <p>with weights relative to their mean, by conjugate gradients on all λ at once ({@link
 * ShiftedSystems}), each iteration one product with K ({@link KroneckerOperator}). The errors on
 * validation samples are known after every iteration for every λ at no further product, and the
 * search ends when they have long ceased to fall. Stopping early is a regulariser of its own, which
 * the choice may take into account.
 *
 * <p>Several outputs are fitted one after another, each with its own λ. Memory: 16 · {@link
 * RidgeOptions#count()} bytes per sample, and what the operator takes.
 */
public final class KroneckerRidge {
  /**
   * The search ends after so many iterations without a notably better validation error, or half as
   * many as the best had taken if that is more.
   */
  private static final int PATIENCE = 20;

  /** A validation error must be better by this share to count as such. */
  private static final double NOTABLE = 1e-4;

  /** A solution whose residual is this share of the right-hand side predicts like the final one. */
  private static final double SETTLED = 1e-3;

  /** What the cost of preparing an operator is divided by when its plan is chosen. */
  private static final int EXPECTED_ITERATIONS = 50;

  private final RidgeProblem problem;
  private final RidgeOptions options;
  private final Parallel parallel;

  private KroneckerRidge(RidgeProblem problem, RidgeOptions options, Parallel parallel) {
    this.problem = problem;
    this.options = options;
    this.parallel = parallel;
  }

  /**
   * Chooses λ, and with early stopping the number of iterations, by fits on the training samples
   * and their errors on the validation samples; then fits on both together.
   *
   * @param parallel where to run; not closed. The result does not depend on its threads
   * @throws InputException if either selection is empty or has only weights 0, or names a sample
   *     that does not exist or has a target or weight out of range
   */
  public static RidgeFit fit(
      RidgeProblem problem,
      int[] train,
      int[] validation,
      RidgeOptions options,
      Parallel parallel) {
    problem.check("training", train);
    problem.check("validation", validation);
    KroneckerRidge ridge = new KroneckerRidge(problem, options, parallel);
    List<RidgeTrial> trials = ridge.search(train, validation);
    double[] lambda = new double[problem.outputs()];
    int[] iterations = new int[problem.outputs()];
    for (int c = 0; c < lambda.length; c++) {
      RidgeTrial best = ridge.best(trials, c);
      lambda[c] = best.lambda();
      iterations[c] =
          options.earlyStopping() && best.residual() > options.tolerance()
              ? best.iterations()
              : options.iterations();
    }
    return ridge.refit(concatenated(train, validation), lambda, iterations, trials);
  }

  /**
   * Fits on the training samples with every strength of regularisation, and predicts the validation
   * samples with each, so that a choice can be made on several divisions of the samples together.
   *
   * @param options of which early stopping is not used
   * @throws InputException as {@link #fit}
   */
  public static RidgePath path(
      RidgeProblem problem,
      int[] train,
      int[] validation,
      RidgeOptions options,
      Parallel parallel) {
    problem.check("training", train);
    problem.check("validation", validation);
    return new KroneckerRidge(problem, options.withoutEarlyStopping(), parallel)
        .path(train, validation);
  }

  /**
   * Fits with given strengths of regularisation.
   *
   * @param lambda λ of each output, positive
   * @param options of which only iterations, tolerance and memory are used
   * @throws InputException if there are not as many λ as outputs or one is not positive, or as for
   *     {@link #fit}
   */
  public static RidgeFit solve(
      RidgeProblem problem,
      int[] samples,
      double[] lambda,
      RidgeOptions options,
      Parallel parallel) {
    problem.check("training", samples);
    if (lambda.length != problem.outputs()) {
      throw new InputException(
          lambda.length + " values of λ for " + problem.outputs() + " outputs");
    }
    for (double l : lambda) {
      if (!(l > 0) || Double.isInfinite(l)) {
        throw new InputException("λ is " + l + ", expected a positive number");
      }
    }
    int[] iterations = new int[lambda.length];
    Arrays.fill(iterations, options.iterations());
    return new KroneckerRidge(problem, options, parallel)
        .refit(samples.clone(), lambda.clone(), iterations, List.of());
  }

  /**
   * The trial of least error, of equal ones that with the larger λ. Where systems are to be solved,
   * only settled ones count, if there are any: before that all small λ look alike.
   */
  private RidgeTrial best(List<RidgeTrial> trials, int output) {
    List<RidgeTrial> candidates =
        trials.stream().filter(trial -> trial.output() == output).toList();
    if (!options.earlyStopping()) {
      List<RidgeTrial> settled =
          candidates.stream().filter(trial -> trial.residual() <= SETTLED).toList();
      candidates = settled.isEmpty() ? candidates : settled;
    }
    RidgeTrial best = candidates.getFirst();
    for (RidgeTrial trial : candidates) {
      if (!(trial.validationError() > best.validationError())) {
        best = trial;
      }
    }
    return best;
  }

  private static int[] concatenated(int[] a, int[] b) {
    int[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private List<RidgeTrial> search(int[] train, int[] validation) {
    return path(train, validation).trials();
  }

  private RidgePath path(int[] train, int[] validation) {
    double[] lambdas = options.lambdas(problem.meanSquaredNorm(train));
    double[] rootWeight = problem.rootWeights(train);
    ShiftedSystems.LinearMap map = map(concatenated(train, validation), train, rootWeight);
    List<RidgeTrial> trials = new ArrayList<>();
    double[][][] predictions = new double[problem.outputs()][lambdas.length][];
    for (int c = 0; c < problem.outputs(); c++) {
      ShiftedSystems systems =
          new ShiftedSystems(
              map,
              rightHandSide(train, c, rootWeight),
              validation.length,
              lambdas,
              options.tolerance(),
              parallel);
      trials.addAll(search(systems, lambdas, validation, c));
      Arrays.setAll(predictions[c], systems::follower);
    }
    return new RidgePath(lambdas, trials, predictions);
  }

  private List<RidgeTrial> search(
      ShiftedSystems systems, double[] lambdas, int[] validation, int output) {
    RidgeTrial[] best = new RidgeTrial[lambdas.length];
    RidgeTrial[] last = new RidgeTrial[lambdas.length];
    for (int s = 0; s < lambdas.length; s++) {
      last[s] = trial(systems, lambdas[s], s, validation, output);
      best[s] = last[s];
    }
    double notable = Double.POSITIVE_INFINITY;
    int notableAt = 0;
    boolean running = true;
    while (running && systems.iterations() < options.iterations()) {
      running = systems.advance();
      int iteration = systems.iterations();
      int leading = 0;
      for (int s = 0; s < lambdas.length; s++) {
        last[s] = trial(systems, lambdas[s], s, validation, output);
        if (last[s].validationError() < best[s].validationError()) {
          best[s] = last[s];
        }
        if (last[s].validationError() < last[leading].validationError()) {
          leading = s;
        }
      }
      if (last[leading].validationError() < notable * (1 - NOTABLE)) {
        notable = last[leading].validationError();
        notableAt = iteration;
      }
      boolean settled = options.earlyStopping() || last[leading].residual() <= SETTLED;
      running &= !settled || iteration - notableAt < Math.max(PATIENCE, notableAt / 2);
    }
    return List.of(options.earlyStopping() ? best : last);
  }

  private RidgeTrial trial(
      ShiftedSystems systems, double lambda, int shift, int[] validation, int output) {
    return new RidgeTrial(
        output,
        lambda,
        systems.iterations(),
        systems.residual(shift),
        problem.error(validation, output, systems.follower(shift)));
  }

  private RidgeFit refit(
      int[] samples, double[] lambda, int[] mostIterations, List<RidgeTrial> trials) {
    int outputs = problem.outputs();
    double[] rootWeight = problem.rootWeights(samples);
    ShiftedSystems.LinearMap map = map(samples, samples, rootWeight);
    double[] coefficients = new double[Math.multiplyExact(samples.length, outputs)];
    int[] iterations = new int[outputs];
    for (int c = 0; c < outputs; c++) {
      ShiftedSystems system =
          new ShiftedSystems(
              map,
              rightHandSide(samples, c, rootWeight),
              0,
              new double[] {lambda[c]},
              options.tolerance(),
              parallel);
      boolean running = true;
      while (running && system.iterations() < mostIterations[c]) {
        running = system.advance();
      }
      iterations[c] = system.iterations();
      for (int p = 0; p < samples.length; p++) {
        coefficients[p * outputs + c] = rootWeight[p] * system.solution(0)[p];
      }
    }
    return new RidgeFit(samples, outputs, coefficients, lambda, iterations, trials);
  }

  /** {@code [√w K √w; K' √w]}, where the rows beyond the columns are K'. */
  private ShiftedSystems.LinearMap map(int[] rows, int[] columns, double[] rootWeight) {
    KroneckerOperator operator =
        KroneckerOperator.of(
            problem.inputs(),
            rows,
            columns,
            EXPECTED_ITERATIONS * problem.outputs(),
            options.memory(),
            parallel);
    double[] weighted = new double[columns.length];
    return (x, y) -> {
      for (int q = 0; q < weighted.length; q++) {
        weighted[q] = rootWeight[q] * x[q];
      }
      operator.times(weighted, y);
      for (int q = 0; q < weighted.length; q++) {
        y[q] *= rootWeight[q];
      }
    };
  }

  private double[] rightHandSide(int[] samples, int output, double[] rootWeight) {
    double[] y = new double[samples.length];
    for (int p = 0; p < y.length; p++) {
      y[p] = rootWeight[p] * problem.target(samples[p], output);
    }
    return y;
  }
}
