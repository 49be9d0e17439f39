package kronwood.measure;

/**
 * What the spread between members of an ensemble says about its error:
 *
 * <pre>
 *   sd² = factor · s² + variance
 * </pre>
 *
 * <p>with s² the variance of the members' predictions. The second term is what members have in
 * common: noise of the target, and what no member can represent.
 *
 * @param factor ≥ 0
 * @param variance ≥ 0, in the squared unit of the target
 */
public record SpreadCalibration(double factor, double variance) {
  /** The standard deviation is the spread itself. */
  public static final SpreadCalibration NONE = new SpreadCalibration(1, 0);

  private static final int GRID = 60;
  private static final int HALVINGS = 60;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is negative or not finite
   */
  public SpreadCalibration {
    if (!(factor >= 0 && variance >= 0)
        || Double.isInfinite(factor)
        || Double.isInfinite(variance)) {
      throw new IllegalArgumentException(
          "spread is calibrated by %s · s² + %s, expected finite numbers >= 0"
              .formatted(factor, variance));
    }
  }

  /** Standard deviation of a prediction over whose members the variance is {@code spread}. */
  public double deviation(double spread) {
    return Math.sqrt(factor * spread + variance);
  }

  /**
   * Fits both terms to errors of a mean of predictions by maximum Gaussian likelihood: {@code Σ w
   * (ln sd² + error² / sd²)} is minimal. So the mean of error² / sd² over the samples, weighted, is
   * 1.
   *
   * <p>Cost: some hundred passes over the samples. A sample of weight 0 does not count.
   *
   * @param errors what the mean prediction of a sample is off by
   * @param spreads the variance of the predictions that it is the mean of, Σ (f − mean)² / (their
   *     number − 1)
   * @param weights one per sample, not negative
   * @return {@link #NONE} if there are no samples of positive weight
   * @throws IllegalArgumentException if the lengths differ
   */
  public static SpreadCalibration fit(double[] errors, double[] spreads, double[] weights) {
    if (errors.length != spreads.length || errors.length != weights.length) {
      throw new IllegalArgumentException(
          "%d errors, %d spreads and %d weights"
              .formatted(errors.length, spreads.length, weights.length));
    }
    double total = 0;
    double meanSpread = 0;
    for (int i = 0; i < errors.length; i++) {
      total += weights[i];
      meanSpread += weights[i] * spreads[i];
    }
    if (total == 0) {
      return NONE;
    }
    meanSpread /= total;
    if (!(meanSpread > 0)) {
      return new SpreadCalibration(0, scale(0, errors, spreads, weights, total));
    }
    // With sd² = v (1 + ρ s²), the best v for a ratio ρ is known; ρ is looked for on a grid of
    // powers around 1 / mean s² and then between its neighbours.
    double best = 0;
    double bestCost = cost(0, errors, spreads, weights, total);
    int at = -1;
    for (int g = 0; g <= GRID; g++) {
      double ratio = ratio(g, meanSpread);
      double cost = cost(ratio, errors, spreads, weights, total);
      if (cost < bestCost) {
        bestCost = cost;
        best = ratio;
        at = g;
      }
    }
    if (at >= 0) {
      best = refine(at, meanSpread, errors, spreads, weights, total);
    }
    double variance = scale(best, errors, spreads, weights, total);
    return new SpreadCalibration(best * variance, variance);
  }

  /** From 10⁻⁴ to 10⁴ of the mean spread. */
  private static double ratio(double g, double meanSpread) {
    return Math.pow(10, 8 * g / GRID - 4) / meanSpread;
  }

  /** Golden-section search between the neighbours of the best ratio on the grid. */
  private static double refine(
      int at,
      double meanSpread,
      double[] errors,
      double[] spreads,
      double[] weights,
      double total) {
    double golden = (Math.sqrt(5) - 1) / 2;
    double low = at - 1;
    double high = at + 1;
    for (int step = 0; step < HALVINGS; step++) {
      double left = high - golden * (high - low);
      double right = low + golden * (high - low);
      if (cost(ratio(left, meanSpread), errors, spreads, weights, total)
          <= cost(ratio(right, meanSpread), errors, spreads, weights, total)) {
        high = right;
      } else {
        low = left;
      }
    }
    return ratio((low + high) / 2, meanSpread);
  }

  /** The variance v that is best for a ratio: the weighted mean of error² / (1 + ρ s²). */
  private static double scale(
      double ratio, double[] errors, double[] spreads, double[] weights, double total) {
    double sum = 0;
    for (int i = 0; i < errors.length; i++) {
      sum += weights[i] * errors[i] * errors[i] / (1 + ratio * spreads[i]);
    }
    return sum / total;
  }

  /** Twice the negative log likelihood per sample at the best v, up to a constant. */
  private static double cost(
      double ratio, double[] errors, double[] spreads, double[] weights, double total) {
    double logs = 0;
    for (int i = 0; i < errors.length; i++) {
      logs += weights[i] * Math.log1p(ratio * spreads[i]);
    }
    return Math.log(scale(ratio, errors, spreads, weights, total)) + logs / total;
  }

  /**
   * The same for the mean of {@code members} predictions, fitted to means of {@code fitted} of
   * them.
   *
   * <p>Two things change with their number. The mean of more of them is off by less: by {@code v/k
   * − v/E} in the square, where v is the variance of which s² is an estimate. And the estimate is
   * better, so that more of it can be believed: normal deviations give s² the variance {@code 2v² /
   * (k − 1)} about v, and of a slope of error² over v only the share {@code Var(v) / Var(s²)} is
   * seen over s² (regression dilution). So the slope is undiluted, brought to E, and diluted again;
   * the second term takes what is left of the mean square.
   *
   * @param fitted number of predictions k behind errors and spreads, at least 2
   * @param members number of members E of those to be calibrated, at least k
   */
  public static SpreadCalibration fit(
      double[] errors, double[] spreads, double[] weights, int fitted, int members) {
    SpreadCalibration seen = fit(errors, spreads, weights);
    if (fitted == members) {
      return seen;
    }
    double total = 0;
    double mean = 0;
    double square = 0;
    for (int i = 0; i < spreads.length; i++) {
      total += weights[i];
      mean += weights[i] * spreads[i];
      square += weights[i] * spreads[i] * spreads[i];
    }
    if (!(mean > 0)) {
      return seen;
    }
    mean /= total;
    // E[s⁴] = E[v²] (k + 1) / (k − 1).
    double meanSquare = square / total * (fitted - 1) / (fitted + 1);
    double varies = Math.max(0, 1 - mean * mean / meanSquare);
    double diluted = varies / (varies + 2.0 / (fitted - 1));
    double less = 1.0 / fitted - 1.0 / members;
    double slope = diluted > 0 ? seen.factor / diluted : seen.factor;
    double factor = Math.max(0, slope - less) * varies / (varies + 2.0 / (members - 1));
    double meanError = seen.factor * mean + seen.variance - less * mean;
    return new SpreadCalibration(factor, Math.max(0, meanError - factor * mean));
  }
}
