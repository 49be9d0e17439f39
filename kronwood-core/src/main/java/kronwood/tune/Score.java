package kronwood.tune;

/**
 * How well something does on the validation samples: its loss on each, so that two can be compared
 * sample by sample.
 *
 * @param losses of the samples, times their weights, which sum to 1
 * @param clusters of each sample the number of its cluster, from 0: where entities are new, all
 *     samples of an entity are predicted well or badly together
 */
@SuppressWarnings("ArrayRecordComponent") // stays in this package
record Score(double[] losses, int[] clusters) {
  /** What is better by less than this share is not worth another choice. */
  private static final double NOTABLE = 1e-3;

  /** Mean loss. */
  double error() {
    double sum = 0;
    for (double loss : losses) {
      sum += loss;
    }
    return sum;
  }

  /**
   * Whether this is better than another by more than the standard error of the difference, taken
   * over clusters: what is better by less is as likely chance. (The rule of one standard error, L.
   * Breiman et al., "Classification and Regression Trees", 1984.)
   */
  boolean isBetterThan(Score other) {
    int count = 0;
    for (int cluster : clusters) {
      count = Math.max(count, cluster + 1);
    }
    double[] difference = new double[count];
    double total = 0;
    for (int i = 0; i < losses.length; i++) {
      difference[clusters[i]] += losses[i] - other.losses[i];
      total += losses[i] - other.losses[i];
    }
    double squares = 0;
    for (double one : difference) {
      squares += (one - total / count) * (one - total / count);
    }
    double standardError = count > 1 ? Math.sqrt(squares * count / (count - 1)) : 0;
    return -total > Math.max(standardError, NOTABLE * Math.abs(other.error()));
  }
}
