package kronwood.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;

/** Numbers to test on. */
final class Series {
  private Series() {}

  /** A function of one real number. */
  interface RealMap {
    double of(double value);
  }

  static double[] map(double[] values, RealMap map) {
    double[] mapped = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      mapped[i] = map.of(values[i]);
    }
    return mapped;
  }

  static double[] gaussian(Random random, int size) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  /** Whole numbers, many of them equal, but never all. */
  static double[] levels(Random random, int size, int levels) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextInt(levels) - levels / 2;
    }
    values[1] = values[0] + 1;
    return values;
  }

  static double[] repeat(double[] values, double[] times) {
    double[] repeated = new double[(int) Arrays.stream(times).sum()];
    int next = 0;
    for (int i = 0; i < values.length; i++) {
      for (int k = 0; k < times[i]; k++) {
        repeated[next++] = values[i];
      }
    }
    return repeated;
  }

  static void shuffleTogether(Random random, double[] left, double[] right) {
    for (int i = left.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      double first = left[i];
      left[i] = left[j];
      left[j] = first;
      double second = right[i];
      right[i] = right[j];
      right[j] = second;
    }
  }

  /** Equal but for rounding. */
  static void assertClose(double expected, double found, String message) {
    assertEquals(expected, found, 1e-12 * Math.max(1, Math.abs(expected)), message);
  }
}
