package kronwood.bench.micro;

/** Comparisons of results, made before anything is timed. */
final class Checks {
  private Checks() {}

  /**
   * Checks two arrays for equality.
   *
   * @param tolerance largest difference, relative to the largest absolute value expected
   * @throws IllegalStateException if they differ by more
   */
  static void same(String what, double[] expected, double[] found, double tolerance) {
    double scale = 0;
    for (double value : expected) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - found[i]) <= tolerance * scale)) {
        throw new IllegalStateException(
            what + ": entry " + i + " is " + found[i] + ", expected " + expected[i]);
      }
    }
  }
}
