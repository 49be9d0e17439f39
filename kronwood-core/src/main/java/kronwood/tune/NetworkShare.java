package kronwood.tune;

import java.util.Arrays;
import java.util.SplittableRandom;
import kronwood.trial.Validation;

/**
 * The share w of the network in {@code w · f_network + (1 − w) · f_linear}: the mean of the shares
 * that are best on bootstrap samples of the held-out samples, rounded to twentieths.
 *
 * <p>With many held-out samples all bootstrap samples agree, and w is the best share. With few they
 * disagree, and w is in between, as it is when two predictions are averaged of which nobody knows
 * which is better. Where entities are new, bootstrap samples are drawn of entities: the errors of
 * one entity's samples are correlated. Of pairs in which both are new they are drawn of both, and a
 * pair counts as often as the product says (the pigeonhole bootstrap: A. Owen, 2007).
 *
 * <p>Cost: 21 · samples · bootstrap samples additions, at most some hundred million.
 */
final class NetworkShare {
  private static final int STEPS = 20;
  private static final int MOST_BOOTSTRAPS = 200;
  private static final int FEWEST_BOOTSTRAPS = 10;
  private static final double ADDITIONS = 2e8;
  private static final long SEED = 0x736861726573L;

  private NetworkShare() {}

  /**
   * The share.
   *
   * @param network outputs of the network for the held-out samples, a row of C each
   * @param linear those of the linear model
   * @return 0, 0.05, … 1
   */
  static double of(Validation validation, double[] network, double[] linear) {
    double[][] losses = new double[STEPS + 1][];
    for (int k = 0; k <= STEPS; k++) {
      losses[k] = validation.score(mixed(network, linear, (double) k / STEPS)).losses();
    }
    int samples = validation.size();
    int bootstraps =
        (int) Math.clamp(ADDITIONS / ((STEPS + 1.0) * samples), FEWEST_BOOTSTRAPS, MOST_BOOTSTRAPS);
    SplittableRandom random = new SplittableRandom(SEED);
    int[] weights = new int[samples];
    long sum = 0;
    for (int b = 0; b < bootstraps; b++) {
      draw(validation.clusters(), weights, random);
      sum += best(losses, weights);
    }
    return (double) Math.round((double) sum / bootstraps) / STEPS;
  }

  /** {@code share · network + (1 − share) · linear}. */
  static double[] mixed(double[] network, double[] linear, double share) {
    double[] f = new double[network.length];
    Arrays.setAll(f, i -> share * network[i] + (1 - share) * linear[i]);
    return f;
  }

  /** How often each sample counts if as many clusters are drawn as there are, of each kind. */
  private static void draw(int[][] clusters, int[] weights, SplittableRandom random) {
    Arrays.fill(weights, 1);
    for (int[] cluster : clusters) {
      int[] drawn = new int[Arrays.stream(cluster).max().orElse(-1) + 1];
      for (int c = 0; c < drawn.length; c++) {
        drawn[random.nextInt(drawn.length)]++;
      }
      for (int i = 0; i < weights.length; i++) {
        weights[i] *= drawn[cluster[i]];
      }
    }
  }

  /** The number of the share of least loss; of equal ones the middle one. */
  private static int best(double[][] losses, int[] weights) {
    double least = Double.POSITIVE_INFINITY;
    int first = 0;
    int last = 0;
    for (int k = 0; k < losses.length; k++) {
      double loss = 0;
      for (int i = 0; i < weights.length; i++) {
        loss += weights[i] * losses[k][i];
      }
      if (loss < least) {
        least = loss;
        first = k;
      }
      if (loss == least) {
        last = k;
      }
    }
    return (first + last) / 2;
  }
}
