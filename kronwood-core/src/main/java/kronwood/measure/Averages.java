package kronwood.measure;

/** Means over the parts of a problem, such as its classes or its outputs. */
final class Averages {
  private Averages() {}

  /** Mean of the values that are not NaN, NaN if there are none. */
  static double ofDefined(double[] values) {
    CompensatedSum sum = new CompensatedSum();
    int defined = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        sum.add(value);
        defined++;
      }
    }
    return defined == 0 ? Double.NaN : sum.value() / defined;
  }
}
