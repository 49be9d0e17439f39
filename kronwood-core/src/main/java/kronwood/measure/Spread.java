package kronwood.measure;

/**
 * Mean and standard deviation of a metric over repeated measurements v_1 … v_n, such as the folds
 * and repeats of a cross-validation:
 *
 * <pre>
 *   mean = Σ v / n        deviation = √( Σ (v − mean)² / (n − 1) )
 * </pre>
 *
 * over the values that are not NaN.
 *
 * @param mean NaN if there is no value
 * @param deviation NaN if there are fewer than two values
 * @param count n, the values that are not NaN
 * @param undefined the values that are
 */
public record Spread(double mean, double deviation, int count, int undefined) {

  /** Of measurements; infinite ones make the result infinite or NaN. */
  public static Spread of(double[] values) {
    double mean = Averages.ofDefined(values);
    CompensatedSum squares = new CompensatedSum();
    int count = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        squares.add((value - mean) * (value - mean));
        count++;
      }
    }
    double deviation = count < 2 ? Double.NaN : Math.sqrt(squares.value() / (count - 1));
    return new Spread(mean, deviation, count, values.length - count);
  }
}
