package kronwood.measure;

/**
 * Whether standard deviations can be taken at their word: {@link Metric#COVER50}, {@link
 * Metric#COVER90}, {@link Metric#NLL} and {@link Metric#SDRANK}.
 */
public final class Uncertainty {
  /** Half the width of the interval that holds half of a standard normal distribution. */
  static final double HALF = 0.674489750196082;

  /** Half the width of the one that holds nine tenths of it. */
  static final double NINE_TENTHS = 1.644853626951472;

  private Uncertainty() {}

  /**
   * Adds to a report of real targets how well deviations tell the errors, the mean over outputs of
   * those on which a metric is defined.
   *
   * @param predicted prediction of output {@code c} of sample {@code i} at {@code i * outputs + c}
   * @param deviation standard deviation of each prediction, laid out likewise; not negative
   * @param actual truth, laid out likewise
   * @param outputs numbers per sample, at least 1
   * @throws IllegalArgumentException if lengths differ, or a value is not allowed
   */
  public static MetricReport addTo(
      MetricReport report, double[] predicted, double[] deviation, double[] actual, int outputs) {
    Inputs.requireAtLeast("outputs", outputs, 1);
    Inputs.requireLength(
        "deviation", deviation.length, actual.length, "as many as actual has values");
    Inputs.requireFinite("deviation", deviation);
    Inputs.requireLength(
        "predicted", predicted.length, actual.length, "as many as actual has values");
    int samples = actual.length / outputs;
    Inputs.requireSamples(samples);
    double[] half = new double[outputs];
    double[] nineTenths = new double[outputs];
    double[] likelihood = new double[outputs];
    double[] rank = new double[outputs];
    for (int c = 0; c < outputs; c++) {
      double[] error = new double[samples];
      double[] sd = new double[samples];
      for (int i = 0; i < samples; i++) {
        error[i] = Math.abs(predicted[i * outputs + c] - actual[i * outputs + c]);
        sd[i] = deviation[i * outputs + c];
        if (sd[i] < 0) {
          throw new IllegalArgumentException(
              "deviation has %s at %d, expected a number >= 0".formatted(sd[i], i * outputs + c));
        }
      }
      half[c] = coverage(error, sd, HALF);
      nineTenths[c] = coverage(error, sd, NINE_TENTHS);
      likelihood[c] = negativeLogLikelihood(error, sd);
      rank[c] = Correlation.pearson(Ranking.of(sd).midRanks(), Ranking.of(error).midRanks());
    }
    return report
        .with(Metric.COVER50, Averages.ofDefined(half))
        .with(Metric.COVER90, Averages.ofDefined(nineTenths))
        .with(Metric.NLL, Averages.ofDefined(likelihood))
        .with(Metric.SDRANK, Averages.ofDefined(rank));
  }

  private static double coverage(double[] error, double[] sd, double width) {
    int inside = 0;
    for (int i = 0; i < error.length; i++) {
      inside += error[i] <= width * sd[i] ? 1 : 0;
    }
    return (double) inside / error.length;
  }

  private static double negativeLogLikelihood(double[] error, double[] sd) {
    CompensatedSum sum = new CompensatedSum();
    for (int i = 0; i < error.length; i++) {
      if (sd[i] == 0) {
        return Double.NaN;
      }
      double z = error[i] / sd[i];
      sum.add(0.5 * z * z + Math.log(sd[i]));
    }
    return sum.value() / error.length + 0.5 * Math.log(2 * Math.PI);
  }
}
