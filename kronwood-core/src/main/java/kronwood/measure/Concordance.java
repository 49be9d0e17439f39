package kronwood.measure;

/**
 * The concordance index, {@link Metric#CI}, over all pairs of samples in O(n log n).
 *
 * <p>Samples are visited by ascending truth. A Fenwick tree over the tie groups of the predictions
 * counts the samples of strictly smaller truth seen so far, so that each sample reads off how many
 * of them are predicted below it and how many equal. All counts are integers: the only rounding is
 * that of the last division. Memory: 4·n bytes beside the two rankings.
 */
final class Concordance {
  private Concordance() {}

  /**
   * Comparisons of samples.
   *
   * @param comparable pairs of samples of different truth
   * @param doubledScore twice the number of these in the right order, equal predictions counting ½
   */
  record Counts(long comparable, long doubledScore) {}

  /** Concordance index of the predictions with the truth, NaN if the truth is constant. */
  static double index(Ranking predicted, Ranking actual) {
    Counts counts = count(predicted, actual);
    return counts.comparable() == 0
        ? Double.NaN
        : 0.5 * (double) counts.doubledScore() / (double) counts.comparable();
  }

  /** Counts all comparisons. */
  static Counts count(Ranking predicted, Ranking actual) {
    int n = actual.size();
    int[] tree = new int[n + 1];
    long comparable = 0;
    long doubledScore = 0;
    int end;
    for (int start = 0; start < n; start = end) {
      end = actual.groupEnd(start);
      comparable += (long) start * (end - start);
      for (int position = start; position < end; position++) {
        int group = predicted.group(actual.at(position));
        int below = countUpTo(tree, group);
        int belowOrEqual = countUpTo(tree, group + 1);
        // Twice (below + equal / 2).
        doubledScore += below + (long) belowOrEqual;
      }
      // Only now, so that samples of equal truth are not compared.
      for (int position = start; position < end; position++) {
        insert(tree, predicted.group(actual.at(position)));
      }
    }
    return new Counts(comparable, doubledScore);
  }

  /** How many of the inserted groups are among {@code 0 … count − 1}. */
  private static int countUpTo(int[] tree, int count) {
    int sum = 0;
    for (int node = count; node > 0; node &= node - 1) {
      sum += tree[node];
    }
    return sum;
  }

  private static void insert(int[] tree, int group) {
    for (int node = group + 1; node < tree.length; node += node & -node) {
      tree[node]++;
    }
  }
}
