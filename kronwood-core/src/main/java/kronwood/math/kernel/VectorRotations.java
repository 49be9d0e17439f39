package kronwood.math.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Chains of plane rotations, on the Vector API; see {@link VectorKernels} for the rules. */
final class VectorRotations {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = DOUBLES.length();

  private VectorRotations() {}

  static void rotateRows(
      double[] cosines,
      double[] sines,
      int offset,
      int count,
      double[] rows,
      int columns,
      int first,
      int fromColumn,
      int toColumn) {
    int lowest = (first + 1) * columns;
    int j = fromColumn;
    for (; j <= toColumn - 4 * LANES; j += 4 * LANES) {
      rotateFourVectors(cosines, sines, offset, count, rows, columns, lowest + j);
    }
    for (; j <= toColumn - LANES; j += LANES) {
      rotateVector(cosines, sines, offset, count, rows, columns, lowest + j);
    }
    for (; j < toColumn; j++) {
      int upper = lowest + j;
      double y = rows[upper];
      for (int k = offset; k < offset + count; k++) {
        double x = rows[upper - columns];
        rows[upper] = Math.fma(sines[k], x, cosines[k] * y);
        y = Math.fma(cosines[k], x, -(sines[k] * y));
        upper -= columns;
      }
      rows[upper] = y;
    }
  }

  /** The chain of {@code rotateRows} on one vector of columns, which starts at {@code lowest}. */
  private static void rotateVector(
      double[] cosines,
      double[] sines,
      int offset,
      int count,
      double[] rows,
      int columns,
      int lowest) {
    int upper = lowest;
    DoubleVector y = DoubleVector.fromArray(DOUBLES, rows, upper);
    for (int k = offset; k < offset + count; k++) {
      DoubleVector c = DoubleVector.broadcast(DOUBLES, cosines[k]);
      DoubleVector s = DoubleVector.broadcast(DOUBLES, sines[k]);
      DoubleVector x = DoubleVector.fromArray(DOUBLES, rows, upper - columns);
      s.fma(x, c.mul(y)).intoArray(rows, upper);
      y = c.fma(x, s.mul(y).neg());
      upper -= columns;
    }
    y.intoArray(rows, upper);
  }

  /** The same on four vectors: the chain is serial, the columns are not. */
  private static void rotateFourVectors(
      double[] cosines,
      double[] sines,
      int offset,
      int count,
      double[] rows,
      int columns,
      int lowest) {
    int upper = lowest;
    DoubleVector y0 = DoubleVector.fromArray(DOUBLES, rows, upper);
    DoubleVector y1 = DoubleVector.fromArray(DOUBLES, rows, upper + LANES);
    DoubleVector y2 = DoubleVector.fromArray(DOUBLES, rows, upper + 2 * LANES);
    DoubleVector y3 = DoubleVector.fromArray(DOUBLES, rows, upper + 3 * LANES);
    for (int k = offset; k < offset + count; k++) {
      DoubleVector c = DoubleVector.broadcast(DOUBLES, cosines[k]);
      DoubleVector s = DoubleVector.broadcast(DOUBLES, sines[k]);
      int lower = upper - columns;
      DoubleVector x0 = DoubleVector.fromArray(DOUBLES, rows, lower);
      DoubleVector x1 = DoubleVector.fromArray(DOUBLES, rows, lower + LANES);
      DoubleVector x2 = DoubleVector.fromArray(DOUBLES, rows, lower + 2 * LANES);
      DoubleVector x3 = DoubleVector.fromArray(DOUBLES, rows, lower + 3 * LANES);
      s.fma(x0, c.mul(y0)).intoArray(rows, upper);
      s.fma(x1, c.mul(y1)).intoArray(rows, upper + LANES);
      s.fma(x2, c.mul(y2)).intoArray(rows, upper + 2 * LANES);
      s.fma(x3, c.mul(y3)).intoArray(rows, upper + 3 * LANES);
      y0 = c.fma(x0, s.mul(y0).neg());
      y1 = c.fma(x1, s.mul(y1).neg());
      y2 = c.fma(x2, s.mul(y2).neg());
      y3 = c.fma(x3, s.mul(y3).neg());
      upper = lower;
    }
    y0.intoArray(rows, upper);
    y1.intoArray(rows, upper + LANES);
    y2.intoArray(rows, upper + 2 * LANES);
    y3.intoArray(rows, upper + 3 * LANES);
  }
}
