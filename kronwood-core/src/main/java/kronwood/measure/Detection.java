package kronwood.measure;

/**
 * How well scores tell positives from negatives: {@link Metric#AUC} and {@link Metric#AUPR}.
 *
 * <p>Both walk the tie groups of the ranked scores once, O(n), and depend on the order of the
 * scores only. Both are NaN unless there are positives and negatives.
 */
final class Detection {
  private Detection() {}

  /**
   * Area under the receiver operating characteristic.
   *
   * <p>Positives in a tie group win against the negatives below and half of those within. Counts
   * are integers: the only rounding is that of the last division.
   */
  static double auc(Ranking scores, boolean[] positive) {
    long positives = count(positive);
    long negatives = positive.length - positives;
    if (positives == 0 || negatives == 0) {
      return Double.NaN;
    }
    long negativesBelow = 0;
    long doubledWins = 0;
    int end;
    for (int start = 0; start < scores.size(); start = end) {
      end = scores.groupEnd(start);
      long hits = countHits(scores, positive, start, end);
      long misses = end - start - hits;
      doubledWins += hits * (2 * negativesBelow + misses);
      negativesBelow += misses;
    }
    return 0.5 * (double) doubledWins / ((double) positives * (double) negatives);
  }

  /** Average precision; each tie group is one threshold. */
  static double averagePrecision(Ranking scores, boolean[] positive) {
    long positives = count(positive);
    if (positives == 0 || positives == positive.length) {
      return Double.NaN;
    }
    CompensatedSum weightedPrecision = new CompensatedSum();
    long hitsAbove = 0;
    int start;
    for (int end = scores.size(); end > 0; end = start) {
      start = scores.groupStart(end - 1);
      long hits = countHits(scores, positive, start, end);
      hitsAbove += hits;
      double precision = (double) hitsAbove / (scores.size() - start);
      weightedPrecision.add((double) hits * precision);
    }
    return weightedPrecision.value() / (double) positives;
  }

  private static long countHits(Ranking scores, boolean[] positive, int start, int end) {
    long hits = 0;
    for (int position = start; position < end; position++) {
      if (positive[scores.at(position)]) {
        hits++;
      }
    }
    return hits;
  }

  private static long count(boolean[] flags) {
    long count = 0;
    for (boolean flag : flags) {
      if (flag) {
        count++;
      }
    }
    return count;
  }
}
