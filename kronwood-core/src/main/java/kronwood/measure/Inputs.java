package kronwood.measure;

/**
 * Checks at the public edge of the package: each message names what was found, where, and what
 * fits.
 */
final class Inputs {
  /**
   * How far the probabilities of a sample may be from adding up to 1; float32 softmax stays well
   * below.
   */
  private static final double SUM_TOLERANCE = 1e-3;

  private Inputs() {}

  static void requireLength(String name, int length, long expected, String meaning) {
    if (length != expected) {
      throw new IllegalArgumentException(
          name + " has " + length + " values, expected " + expected + ": " + meaning);
    }
  }

  static void requireSamples(int size) {
    if (size == 0) {
      throw new IllegalArgumentException("there are no samples to measure, expected at least one");
    }
  }

  /** Rejects a count below {@code least}. */
  static void requireAtLeast(String name, int count, int least) {
    if (count < least) {
      throw new IllegalArgumentException(name + " is " + count + ", expected at least " + least);
    }
  }

  static void requireFinite(String name, double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            name + "[" + i + "] is " + values[i] + ", expected a finite number");
      }
    }
  }

  static void requireProbabilities(String name, double[] values) {
    for (int i = 0; i < values.length; i++) {
      // Written so that NaN fails.
      if (!(values[i] >= 0 && values[i] <= 1)) {
        throw new IllegalArgumentException(
            name + "[" + i + "] is " + values[i] + ", expected a probability between 0 and 1");
      }
    }
  }

  static void requireRowsAddUpToOne(String name, double[] values, int columns) {
    for (int row = 0; row < values.length / columns; row++) {
      double sum = 0;
      for (int c = 0; c < columns; c++) {
        sum += values[row * columns + c];
      }
      if (Math.abs(sum - 1) > SUM_TOLERANCE) {
        throw new IllegalArgumentException(
            name + " of sample " + row + " add up to " + sum + ", expected 1");
      }
    }
  }

  static void requireClasses(String name, int[] classes, int classCount) {
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] < 0 || classes[i] >= classCount) {
        throw new IllegalArgumentException(
            name
                + "["
                + i
                + "] is "
                + classes[i]
                + ", expected a class from 0 to "
                + (classCount - 1));
      }
    }
  }

  static void requireWeights(double[] weights, int size) {
    requireLength("weights", weights.length, size, "one per sample");
    boolean anyPositive = false;
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] >= 0) || Double.isInfinite(weights[i])) {
        throw new IllegalArgumentException(
            "weights[" + i + "] is " + weights[i] + ", expected a finite number not below 0");
      }
      anyPositive |= weights[i] > 0;
    }
    if (!anyPositive) {
      throw new IllegalArgumentException(
          "all " + size + " weights are 0, expected at least one above 0");
    }
  }
}
