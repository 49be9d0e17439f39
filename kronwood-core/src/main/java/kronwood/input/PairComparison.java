package kronwood.input;

import kronwood.fault.InputException;
import kronwood.gram.FactorInputs;
import kronwood.gram.FactorTable;
import kronwood.gram.GramOptions;
import kronwood.math.kernel.Kernels;

/**
 * How two entities of one table compare: with coordinates u and v, the 2 p + 1 numbers
 *
 * <pre>
 *   c(u, v) = (u_1 v_1, …, u_p v_p, |u_1 − v_1|, …, |u_p − v_p|, ⟨u, v⟩ / (‖u‖ ‖v‖))
 * </pre>
 *
 * of which the cosine is about all r coordinates, the others about the first p: the leading ones,
 * where coordinates are principal components.
 *
 * <p>Each number is standardised, {@code (c_j − mean_j) · scale_j}; the constant coordinate
 * follows. The cosine of a zero vector is 0. Every operation is symmetric, so that c(u, v) = c(v,
 * u) to the last bit.
 *
 * <p>Fitted on training pairs so that over them each number has mean 0 and the same variance, the
 * cosine a larger one, and inputs have norm 1 on average; a number that is the same of all training
 * pairs is left out, its scale is 0. The arrays are not copied.
 *
 * <p>Cost of a pair: 2 r + 4 p. The product of two entities says where they agree only by way of r²
 * weights; of these numbers each says it by itself (products and differences of sentence vectors:
 * K. S. Tai, R. Socher and C. D. Manning, arXiv 1503.00075, 2015).
 *
 * @param mean 2 p + 1 numbers
 * @param scale as many, each 0 or more
 * @param constant last coordinate of every pair, or 0 for none
 */
public record PairComparison(double[] mean, double[] scale, double constant) {
  /** Variances below this share of the squared mean are rounding. */
  private static final double ROUNDING = 1e-20;

  /** Most coordinates that are compared by themselves. */
  static final int LEADING = 100;

  /**
   * Standard deviation of the cosine to that of any other number: one against so many is hard to
   * find, and it tells most.
   */
  private static final double COSINE = 3;

  /**
   * Checks the shape.
   *
   * @throws InputException if there are not 2 p + 1 of both, or a number is not finite
   */
  public PairComparison {
    if (mean.length != scale.length || mean.length < 3 || mean.length % 2 == 0) {
      throw new InputException(
          "a comparison has " + mean.length + " means and " + scale.length + " scales");
    }
    for (int j = 0; j < mean.length; j++) {
      if (!Double.isFinite(mean[j]) || !(scale[j] >= 0 && scale[j] < Double.POSITIVE_INFINITY)) {
        throw new InputException(
            "number " + j + " of a comparison has mean " + mean[j] + " and scale " + scale[j]);
      }
    }
    if (!(constant >= 0 && constant < 1)) {
      throw new InputException(
          "constant of a comparison is " + constant + ", expected a number in [0, 1)");
    }
  }

  /**
   * Fits means and scales, of at most {@value #LEADING} products and differences. Cost: two passes
   * of r for each pair.
   *
   * @param first first entity of each training pair
   * @param second second entity of each
   * @param options tell the constant
   * @throws InputException if all pairs compare alike
   */
  static PairComparison fit(FactorTable table, int[] first, int[] second, GramOptions options) {
    int width = 2 * Math.min(LEADING, table.rank()) + 1;
    double[] mean = new double[width];
    double[] variance = new double[width];
    double[] c = new double[width];
    for (int i = 0; i < first.length; i++) {
      compare(table, first[i], second[i], width / 2, c, 0);
      for (int j = 0; j < width; j++) {
        mean[j] += c[j] / first.length;
      }
    }
    for (int i = 0; i < first.length; i++) {
      compare(table, first[i], second[i], width / 2, c, 0);
      for (int j = 0; j < width; j++) {
        variance[j] += (c[j] - mean[j]) * (c[j] - mean[j]) / first.length;
      }
    }
    double squares = 0;
    double[] scale = new double[width];
    for (int j = 0; j < width; j++) {
      if (variance[j] > ROUNDING * mean[j] * mean[j]) {
        double deviation = j == width - 1 ? COSINE : 1;
        scale[j] = deviation / Math.sqrt(variance[j]);
        squares += deviation * deviation;
      }
    }
    if (squares == 0) {
      throw new InputException(
          "structure comparison: all training pairs compare alike, so that nothing can be learned"
              + " from them; give attributes that differ");
    }
    for (int j = 0; j < width; j++) {
      scale[j] *= options.scale(squares);
    }
    return new PairComparison(mean, scale, options.constantCoordinate());
  }

  /** Bytes that the coordinates of so many pairs of entities of such a rank take at most. */
  public static double bytes(int pairs, int rank) {
    return 8.0 * pairs * (2.0 * Math.min(LEADING, rank) + 2);
  }

  /** Coordinates of a pair. */
  int rank() {
    return mean.length + (constant > 0 ? 1 : 0);
  }

  /** Whether entities of such a table can be compared. */
  boolean fits(int rank) {
    return mean.length / 2 <= rank;
  }

  /**
   * Coordinates of pairs. Memory: 8 · pairs · (2 p + 2) bytes.
   *
   * @throws InputException if that exceeds the range of an array
   */
  FactorTable table(FactorTable entities, int[] first, int[] second) {
    int rank = rank();
    if ((double) first.length * rank > Integer.MAX_VALUE - 8) {
      throw new InputException(
          first.length
              + " different pairs with "
              + rank
              + " numbers each are too many for structure comparison; take fewer components");
    }
    double[] coordinates = new double[first.length * rank];
    for (int i = 0; i < first.length; i++) {
      write(entities, first[i], second[i], coordinates, i * rank);
    }
    return FactorTable.of(first.length, rank, coordinates);
  }

  /** Writes the coordinates of one pair to {@code out[offset … offset + rank() − 1]}. */
  void write(FactorTable entities, int a, int b, double[] out, int offset) {
    compare(entities, a, b, mean.length / 2, out, offset);
    for (int j = 0; j < mean.length; j++) {
      out[offset + j] = (out[offset + j] - mean[j]) * scale[j];
    }
    FactorInputs.writeConstant(constant, out, offset + mean.length);
  }

  private static void compare(
      FactorTable entities, int a, int b, int leading, double[] out, int offset) {
    int rank = entities.rank();
    double[] values = entities.values();
    int u = a * rank;
    int v = b * rank;
    for (int j = 0; j < leading; j++) {
      out[offset + j] = values[u + j] * values[v + j];
      out[offset + leading + j] = Math.abs(values[u + j] - values[v + j]);
    }
    Kernels kernels = Kernels.active();
    double squares =
        kernels.dot(values, u, values, u, rank) * kernels.dot(values, v, values, v, rank);
    double inner = kernels.dot(values, u, values, v, rank);
    out[offset + 2 * leading] = squares > 0 ? inner / Math.sqrt(squares) : 0;
  }
}
