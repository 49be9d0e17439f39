package kronwood.measure;

import java.util.Arrays;

/**
 * Comparable and concordant quadruples of two rows: the comparisons among the differences of the
 * rows' values in the columns that both have. O(n log n) for n common columns.
 */
final class ContrastCounts {
  private final double[] predicted;
  private final double predictedTie;
  private final double[] actual;
  private final double actualTie;
  private int[] firstSamples = new int[16];
  private int[] secondSamples = new int[16];
  private long comparable;
  private double concordant;

  /**
   * Counts among these values.
   *
   * @param predictedTie differences of predictions not further apart are equal
   * @param actualTie the same of the truth
   */
  ContrastCounts(double[] predicted, double predictedTie, double[] actual, double actualTie) {
    this.predicted = predicted;
    this.predictedTie = predictedTie;
    this.actual = actual;
    this.actualTie = actualTie;
  }

  /** Counts the quadruples of two rows; returns how many columns these have in common. */
  int count(PairGrid grid, int first, int second) {
    int room = Math.min(grid.size(first), grid.size(second));
    if (firstSamples.length < room) {
      firstSamples = new int[2 * room];
      secondSamples = new int[2 * room];
    }
    int common = grid.common(first, second, firstSamples, secondSamples);
    Concordance.Counts counts =
        Concordance.count(
            Ranking.of(differences(predicted, common, predictedTie)),
            Ranking.of(differences(actual, common, actualTie)));
    comparable = counts.comparable();
    concordant = 0.5 * (double) counts.doubledScore();
    return common;
  }

  /** Quadruples of the rows last counted whose contrast is not zero. */
  long comparable() {
    return comparable;
  }

  /** Of these, how many are predicted to have the right sign; no contrast counts half. */
  double concordant() {
    return concordant;
  }

  private double[] differences(double[] values, int common, double tie) {
    double[] differences = new double[common];
    for (int i = 0; i < common; i++) {
      differences[i] = values[firstSamples[i]] - values[secondSamples[i]];
    }
    return withoutRounding(differences, tie);
  }

  /**
   * Values with each run of neighbours, none further than {@code tie} from the next, made equal.
   */
  private static double[] withoutRounding(double[] values, double tie) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] snapped = sorted.clone();
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] - sorted[i - 1] <= tie) {
        snapped[i] = snapped[i - 1];
      }
    }
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = snapped[Arrays.binarySearch(sorted, values[i])];
    }
    return result;
  }
}
