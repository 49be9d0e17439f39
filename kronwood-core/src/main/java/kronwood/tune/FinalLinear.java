package kronwood.tune;

import java.util.List;
import kronwood.fit.ModelOptions;
import kronwood.linear.KroneckerRidge;
import kronwood.linear.RidgeFit;
import kronwood.linear.RidgeProblem;
import kronwood.loss.EncodedTargets;
import kronwood.math.Parallel;
import kronwood.train.HiddenSamples;
import kronwood.train.TrainingProblem;
import kronwood.trial.InnerSplit;
import kronwood.trial.LinearTrial;

/**
 * The linear model of a final training. Each member of an ensemble has its own, fitted on its own
 * training samples: the spread between members then covers the linear part too, and it can be
 * calibrated on the samples that are hidden from some members.
 */
final class FinalLinear {
  private final TrainingProblem problem;
  private final ModelOptions options;

  FinalLinear(TrainingProblem problem, ModelOptions options) {
    this.problem = problem;
    this.options = options;
  }

  /**
   * Weights for output c of member e at {@code e · C + c}.
   *
   * @param relative λ for each output, relative to the mean squared norm of the inputs
   * @param factor on all weights
   */
  float[][] weights(List<Double> relative, double factor, HiddenSamples hidden) {
    int members = options.network().ensemble().members();
    float[][] weights = new float[members * relative.size()][];
    for (int e = 0; e < members; e++) {
      if (e == 0 || hidden.hidden().length > 0) {
        float[][] own = weights(relative, factor, hidden.shownTo(e, problem.split().train()));
        System.arraycopy(own, 0, weights, e * relative.size(), own.length);
      } else {
        // What is shown to the first member is shown to all.
        System.arraycopy(weights, 0, weights, e * relative.size(), relative.size());
      }
    }
    return weights;
  }

  /**
   * Weights for each output of the linear model of some samples.
   *
   * @param relative λ for each output, relative to the mean squared norm of the inputs
   * @param factor on all weights
   */
  float[][] weights(List<Double> relative, double factor, int[] shown) {
    EncodedTargets targets = InnerSplit.targets(problem.samples(), shown, options);
    RidgeProblem ridge = LinearTrial.ridgeProblem(problem, targets);
    double norm = ridge.meanSquaredNorm(shown);
    double[] lambda = relative.stream().mapToDouble(share -> share * norm).toArray();
    try (Parallel parallel = Parallel.of(options.training().threads())) {
      RidgeFit fit =
          KroneckerRidge.solve(
              ridge, shown, lambda, LinearTrial.ridgeOptions(options.memory()), parallel);
      float[][] weights = new float[lambda.length][];
      for (int c = 0; c < lambda.length; c++) {
        double[] exact = fit.weights(problem.inputs(), c);
        weights[c] = new float[exact.length];
        for (int i = 0; i < exact.length; i++) {
          weights[c][i] = (float) (factor * exact[i]);
        }
      }
      return weights;
    }
  }
}
