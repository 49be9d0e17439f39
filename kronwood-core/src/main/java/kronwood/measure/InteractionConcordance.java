package kronwood.measure;

import java.util.SplittableRandom;

/**
 * The interaction concordance index, {@link Metric#IC}: how often the direction of an interaction
 * is predicted.
 *
 * <p>Two left entities a, c and two right entities b, d of which all four pairs are samples form a
 * <em>quadruple</em>, with the interaction contrast
 *
 * <pre>
 *   Δ(y) = y_ab − y_ad − y_cb + y_cd
 *   IC   = mean over quadruples with Δ(y) ≠ 0 of   1 if Δ(ŷ) has the sign of Δ(y),
 *                                                  ½ if Δ(ŷ) = 0,   else 0
 * </pre>
 *
 * <p>Predictions that are the sum of something of the left and something of the right entity have
 * Δ(ŷ) = 0 everywhere and hence IC = ½, however good they are otherwise. Contrasts of the truth
 * within 2⁻²²·max|y| of zero are ties, being rounding of targets kept in single precision; of
 * predictions those within 10⁻¹²·max|ŷ|. Where a pair occurs more than once its first sample
 * counts.
 *
 * <p>Since Δ is a difference of the differences y_ab − y_cb and y_ad − y_cd, the quadruples of one
 * pair of rows (a, c) are the comparisons of a concordance index among these differences. Exact
 * cost: O(T log n), where T = Σ_b deg(b)·(deg(b) − 1)/2 counts the pairs of rows that meet in a
 * column; rows are the left or the right entities, whichever makes T smaller (IC is the same).
 * Where T exceeds 10⁷, pairs of rows are drawn instead, with replacement, pair p with a probability
 * proportional to the number n_p of columns it has in common. With C_p concordant of N_p comparable
 * quadruples,
 *
 * <pre>
 *   IC ≈ R = Σ_p (C_p/n_p) / Σ_p (N_p/n_p)
 *   standard error = √( Σ_p ((C_p − R·N_p)/n_p)² / (M(M − 1)) ) / ( Σ_p (N_p/n_p) / M )
 * </pre>
 *
 * over the M draws (a ratio estimator; its bias is of order 1/M).
 *
 * <p>Source of the index: T. Pahikkala, R. Numminen, P. Movahedi, N. Karmitsa, A. Airola,
 * "Interaction Concordance Index: Performance Evaluation for Interaction Prediction Methods", arXiv
 * 2510.14419 (2025).
 *
 * @param index IC, NaN if no quadruple has Δ(y) ≠ 0
 * @param standardError of the index as an estimate of that over all quadruples: 0 if exact
 * @param exact whether every quadruple was counted
 */
public record InteractionConcordance(double index, double standardError, boolean exact) {
  private static final long EXACT_TRIPLES = 10_000_000;
  private static final int LEAST_DRAWS = 1000;

  /** Rounding of four numbers in single precision, relative to the largest. */
  private static final double ACTUAL_ROUNDING = 0x1p-22;

  private static final double PREDICTED_ROUNDING = 1e-12;

  /**
   * The index of the predictions.
   *
   * @param left left entity of each sample, not negative
   * @param right right entity of each sample, not negative
   * @param predicted prediction for each sample
   * @param actual truth of each sample
   * @param seed of the draws, where there are too many quadruples to count
   * @throws IllegalArgumentException if lengths differ, there are no samples, or a value is not
   *     finite
   */
  public static InteractionConcordance of(
      int[] left, int[] right, double[] predicted, double[] actual, long seed) {
    return of(left, right, predicted, actual, seed, EXACT_TRIPLES);
  }

  /** With another limit on the cost of counting. */
  static InteractionConcordance of(
      int[] left, int[] right, double[] predicted, double[] actual, long seed, long budget) {
    Inputs.requireLength("left", left.length, actual.length, "one per sample");
    Inputs.requireLength("right", right.length, actual.length, "one per sample");
    Inputs.requireLength("predicted", predicted.length, actual.length, "one per sample");
    Inputs.requireSamples(actual.length);
    Inputs.requireFinite("predicted", predicted);
    Inputs.requireFinite("actual", actual);
    PairGrid byLeft = PairGrid.of(left, right);
    PairGrid byRight = PairGrid.of(right, left);
    PairGrid grid = byLeft.triples() <= byRight.triples() ? byLeft : byRight;
    ContrastCounts counts =
        new ContrastCounts(
            predicted,
            PREDICTED_ROUNDING * largest(predicted),
            actual,
            ACTUAL_ROUNDING * largest(actual));
    return grid.triples() <= budget
        ? exactly(grid, counts)
        : sampled(grid, counts, budget, new SplittableRandom(seed));
  }

  private static InteractionConcordance exactly(PairGrid grid, ContrastCounts counts) {
    long comparable = 0;
    double concordant = 0;
    int[] common = new int[grid.rows()];
    for (int row = 0; row < grid.rows(); row++) {
      int partners = grid.laterPartners(row, common);
      for (int p = 0; p < partners; p++) {
        counts.count(grid, row, common[p]);
        comparable += counts.comparable();
        concordant += counts.concordant();
      }
    }
    double index = comparable == 0 ? Double.NaN : concordant / (double) comparable;
    return new InteractionConcordance(index, 0, true);
  }

  private static InteractionConcordance sampled(
      PairGrid grid, ContrastCounts counts, long budget, SplittableRandom random) {
    int draws = (int) Math.min(1 << 20, Math.max(LEAST_DRAWS, budget / grid.largestRow()));
    double[] concordant = new double[draws];
    double[] comparable = new double[draws];
    int[] pair = new int[2];
    for (int draw = 0; draw < draws; draw++) {
      grid.drawPair(random, pair);
      int common = counts.count(grid, pair[0], pair[1]);
      concordant[draw] = counts.concordant() / common;
      comparable[draw] = (double) counts.comparable() / common;
    }
    double total = CompensatedSum.of(comparable);
    if (total == 0) {
      return new InteractionConcordance(Double.NaN, Double.NaN, false);
    }
    double index = CompensatedSum.of(concordant) / total;
    CompensatedSum squares = new CompensatedSum();
    for (int draw = 0; draw < draws; draw++) {
      double residual = concordant[draw] - index * comparable[draw];
      squares.add(residual * residual);
    }
    double error = Math.sqrt(squares.value() / ((double) draws * (draws - 1))) / (total / draws);
    return new InteractionConcordance(index, error, false);
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
