package kronwood.measure;

/** Whether confidences can be taken at their word: {@link Metric#ECE}. */
final class Calibration {
  private static final int BINS = 15;

  private Calibration() {}

  /**
   * Expected calibration error. With the sums of a bin, n_b/n · |mean hit − mean confidence| is |Σ
   * (hit − confidence)| / n. O(n).
   *
   * @param confidence within [0, 1]
   * @param hit whether what the confidence is about came true
   */
  static double expectedError(double[] confidence, boolean[] hit) {
    CompensatedSum[] gap = new CompensatedSum[BINS];
    for (int bin = 0; bin < BINS; bin++) {
      gap[bin] = new CompensatedSum();
    }
    for (int i = 0; i < confidence.length; i++) {
      int bin = Math.max(0, (int) Math.ceil(BINS * confidence[i]) - 1);
      gap[bin].add((hit[i] ? 1 : 0) - confidence[i]);
    }
    CompensatedSum total = new CompensatedSum();
    for (CompensatedSum sum : gap) {
      total.add(Math.abs(sum.value()));
    }
    return total.value() / confidence.length;
  }
}
