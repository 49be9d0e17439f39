package kronwood.io.entities;

import java.util.List;
import java.util.Locale;
import kronwood.data.Similarities;
import kronwood.io.table.Listing;

/**
 * How far a square matrix S is from symmetric.
 *
 * @param pairs pairs of entities whose two similarities differ by more than {@link
 *     Similarities#ASYMMETRY_TOLERANCE} of the largest value
 * @param row row of the larger-numbered entity of the pair that differs most
 * @param column its column
 * @param share {@code ‖S − Sᵀ‖ / ‖S + Sᵀ‖} in Frobenius norms: of what averaging leaves, how much
 *     it takes away
 */
record Asymmetry(int pairs, int row, int column, double share) {
  /**
   * Largest share that is averaged without being asked for. Published matrices of similarities that
   * were meant to be symmetric are off by 1 %; one whose rows and columns do not mean the same,
   * such as links that have a direction, by far more.
   */
  static final double AVERAGED = 0.05;

  /** Of an n × n matrix, row-major. Cost: n². */
  static Asymmetry of(int n, float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    double worst = Similarities.ASYMMETRY_TOLERANCE * largest;
    double tolerance = worst;
    int pairs = 0;
    int worstRow = 0;
    int worstColumn = 0;
    double taken = 0;
    double left = 0;
    for (int i = 0; i < n; i++) {
      double diagonal = 2.0 * values[i * n + i];
      left += diagonal * diagonal;
      for (int j = 0; j < i; j++) {
        double sum = (double) values[i * n + j] + values[j * n + i];
        double difference = Math.abs((double) values[i * n + j] - values[j * n + i]);
        left += 2 * sum * sum;
        taken += 2 * difference * difference;
        if (difference > tolerance) {
          pairs++;
          if (difference > worst) {
            worst = difference;
            worstRow = i;
            worstColumn = j;
          }
        }
      }
    }
    double share = taken == 0 ? 0 : left == 0 ? Double.POSITIVE_INFINITY : Math.sqrt(taken / left);
    return new Asymmetry(pairs, worstRow, worstColumn, share);
  }

  /** Which pairs differ, the worst one with both its values. */
  String describe(List<String> ids, float[] values) {
    int n = ids.size();
    String one = Listing.quoted(ids.get(column));
    String other = Listing.quoted(ids.get(row));
    return String.format(
        Locale.ROOT,
        "row %s, column %s is %s but row %s, column %s is %s (the worst of %s; the matrix and its"
            + " transpose differ by %.2g %%)",
        one,
        other,
        values[column * n + row],
        other,
        one,
        values[row * n + column],
        Listing.count(pairs, "pair"),
        100 * share);
  }
}
