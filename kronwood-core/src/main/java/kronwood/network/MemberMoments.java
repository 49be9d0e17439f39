package kronwood.network;

import java.util.Arrays;

/**
 * Mean and variance over the members of an ensemble.
 *
 * <p>What members predict for a sample are E · C numbers, output c of member e at {@code e · C +
 * c}.
 */
public final class MemberMoments {
  private MemberMoments() {}

  public static double[] means(double[] members, OutputLayer output) {
    return means(members, output.members(), output.outputs());
  }

  /**
   * Mean prediction of each sample and output, C numbers a sample; those of a single network
   * themselves, not copied.
   */
  public static double[] means(double[] predictions, int members, int outputs) {
    if (members == 1) {
      return predictions;
    }
    int width = members * outputs;
    double[] means = new double[predictions.length / members];
    for (int k = 0; k < means.length; k++) {
      int from = k / outputs * width + k % outputs;
      double sum = 0;
      for (int e = 0; e < members; e++) {
        sum += predictions[from + e * outputs];
      }
      means[k] = sum / members;
    }
    return means;
  }

  /**
   * Variance over members, {@code Σ_e (f_e − mean)² / (E − 1)}, of each sample and output; 0 for a
   * single network.
   */
  public static double[] variances(double[] predictions, int members, int outputs) {
    double[] means = means(predictions, members, outputs);
    double[] variances = new double[means.length];
    if (members == 1) {
      Arrays.fill(variances, 0);
      return variances;
    }
    int width = members * outputs;
    for (int k = 0; k < means.length; k++) {
      int from = k / outputs * width + k % outputs;
      double sum = 0;
      for (int e = 0; e < members; e++) {
        double deviation = predictions[from + e * outputs] - means[k];
        sum += deviation * deviation;
      }
      variances[k] = sum / (members - 1);
    }
    return variances;
  }
}
