package kronwood.train;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import kronwood.data.Samples;
import kronwood.linear.HeldOut;
import kronwood.linear.KroneckerRidge;
import kronwood.linear.RidgeFit;
import kronwood.linear.RidgeOptions;
import kronwood.linear.RidgeProblem;
import kronwood.math.Parallel;

/**
 * What the linear skip starts from: for real targets the linear Kronecker model itself, fitted by
 * conjugate gradients with its regulariser chosen on held-out training samples, so that the neurons
 * only have to learn what that model misses; for classes zero.
 *
 * @param coefficients for each output {@code α / s} for each input, or none
 * @param description for people and provenance, empty without a linear skip
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, in this package
record LinearStart(double[][] coefficients, String description) {
  private static final double HELD_OUT = 0.1;

  static LinearStart of(
      TrainingProblem problem,
      NetworkOptions network,
      EncodedTargets targets,
      double memory,
      Parallel parallel) {
    int outputs = targets.outputs();
    double[][] start = new double[outputs][0];
    if (!network.hasSkip()) {
      return new LinearStart(start, "");
    }
    // Samples of weight 0 say nothing, and must not be all that is held out.
    int[] train =
        Arrays.stream(problem.split().train())
            .filter(i -> problem.samples().weight(i) > 0)
            .toArray();
    if (problem.loss().task() != Task.REGRESSION || train.length < 10) {
      return new LinearStart(start, "zero");
    }
    int samples = problem.samples().size();
    RidgeProblem ridge =
        new RidgeProblem(problem.inputs(), outputs, targets.values(), weights(problem.samples()));
    HeldOut heldOut = HeldOut.of(train, HELD_OUT, network.seed());
    RidgeFit fit =
        KroneckerRidge.fit(ridge, heldOut.train(), heldOut.validation(), options(memory), parallel);
    for (int c = 0; c < outputs; c++) {
      start[c] = new double[samples];
      double[] coefficients = fit.coefficients(c);
      for (int p = 0; p < coefficients.length; p++) {
        start[c][fit.samples()[p]] += coefficients[p] / network.skip();
      }
    }
    String lambdas =
        Arrays.stream(fit.lambda())
            .mapToObj(lambda -> String.format(Locale.ROOT, "%.3g", lambda))
            .collect(Collectors.joining(", "));
    return new LinearStart(start, "ridge regression with λ = " + lambdas);
  }

  private static double[] weights(Samples samples) {
    double[] weights = new double[samples.size()];
    Arrays.setAll(weights, samples::weight);
    return weights;
  }

  private static RidgeOptions options(double memory) {
    RidgeOptions plain = RidgeOptions.DEFAULT;
    return new RidgeOptions(
        plain.smallest(),
        plain.largest(),
        plain.count(),
        plain.iterations(),
        plain.tolerance(),
        plain.earlyStopping(),
        Math.min(plain.memory(), memory));
  }
}
