package kronwood.math.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels} on the Vector API, in the widest shape the processor prefers. The last {@code n
 * mod lanes} elements are done one by one, because masked loads are not native everywhere.
 *
 * <p>What takes more than a few lines stands in classes of static methods beside this one: {@link
 * VectorDots}, {@link VectorFloatRows} and {@link VectorDoubleRows}, {@link VectorFloatProducts}
 * and {@link VectorDoubleProducts}, {@link VectorRotations}, and those of {@link
 * VectorPanelKernels}. Static, so that a call is as good as none.
 *
 * <p>Two rules for whoever adds a method:
 *
 * <ul>
 *   <li>Lanes are summed by rotations and additions, never by {@code reduceLanes(ADD)}: the order
 *       of the latter is left open by its specification, and it does change when a method is
 *       compiled.
 *   <li>No method of these classes takes or returns a vector. Whether the compiler inlines it would
 *       depend on the profile of its callers, and a call that is not inlined turns every vector
 *       into an object: {@code dot} with such a method was now and then twenty times slower.
 * </ul>
 */
final class VectorKernels extends VectorPanelKernels implements Kernels {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = DOUBLES.length();
  private static final int FLOAT_LANES = FLOATS.length();

  /** From this length on {@link #axpy} aligns its stores. */
  private static final int LONG = 256;

  /** Width of the preferred vector shape, in bits. */
  static int bits() {
    return DOUBLES.vectorBitSize();
  }

  @Override
  public String description() {
    return "vector (" + bits() + " bit)";
  }

  @Override
  public double dot(double[] a, int aOffset, double[] b, int bOffset, int n) {
    return VectorDots.dot(a, aOffset, b, bOffset, n);
  }

  @Override
  public float dot(float[] a, int aOffset, float[] b, int bOffset, int n) {
    return VectorDots.dot(a, aOffset, b, bOffset, n);
  }

  @Override
  public void axpy(double alpha, double[] x, int xOffset, double[] y, int yOffset, int n) {
    int i = 0;
    if (n < LONG) {
      DoubleVector factor = DoubleVector.broadcast(DOUBLES, alpha);
      for (; i <= n - LANES; i += LANES) {
        DoubleVector y0 = DoubleVector.fromArray(DOUBLES, y, yOffset + i);
        factor.fma(DoubleVector.fromArray(DOUBLES, x, xOffset + i), y0).intoArray(y, yOffset + i);
      }
    }
    // Long ranges are left to the compiler, which vectorises this loop too and, other than the
    // Vector API, aligns its stores to cache lines; short ones it would mostly spend on getting
    // there.
    for (; i < n; i++) {
      y[yOffset + i] = Math.fma(alpha, x[xOffset + i], y[yOffset + i]);
    }
  }

  @Override
  public void axpy(float alpha, float[] x, int xOffset, float[] y, int yOffset, int n) {
    int i = 0;
    if (n < LONG) {
      FloatVector factor = FloatVector.broadcast(FLOATS, alpha);
      for (; i <= n - FLOAT_LANES; i += FLOAT_LANES) {
        FloatVector y0 = FloatVector.fromArray(FLOATS, y, yOffset + i);
        factor.fma(FloatVector.fromArray(FLOATS, x, xOffset + i), y0).intoArray(y, yOffset + i);
      }
    }
    for (; i < n; i++) {
      y[yOffset + i] = Math.fma(alpha, x[xOffset + i], y[yOffset + i]);
    }
  }

  @Override
  public void multiply(double[] a, int aOffset, double[] y, int yOffset, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      DoubleVector y0 = DoubleVector.fromArray(DOUBLES, y, yOffset + i);
      y0.mul(DoubleVector.fromArray(DOUBLES, a, aOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] *= a[aOffset + i];
    }
  }

  @Override
  public double max(double[] a, int offset, int n) {
    int i = 0;
    double max = Double.NEGATIVE_INFINITY;
    if (n >= LANES) {
      DoubleVector m0 = DoubleVector.broadcast(DOUBLES, max);
      DoubleVector m1 = DoubleVector.broadcast(DOUBLES, max);
      for (; i <= n - 2 * LANES; i += 2 * LANES) {
        m0 = m0.max(DoubleVector.fromArray(DOUBLES, a, offset + i));
        m1 = m1.max(DoubleVector.fromArray(DOUBLES, a, offset + i + LANES));
      }
      for (; i <= n - LANES; i += LANES) {
        m0 = m0.max(DoubleVector.fromArray(DOUBLES, a, offset + i));
      }
      max = m0.max(m1).reduceLanes(VectorOperators.MAX);
    }
    for (; i < n; i++) {
      max = Math.max(max, a[offset + i]);
    }
    return max;
  }

  @Override
  public float max(float[] a, int offset, int n) {
    int i = 0;
    float max = Float.NEGATIVE_INFINITY;
    if (n >= FLOAT_LANES) {
      FloatVector m = FloatVector.broadcast(FLOATS, max);
      for (; i <= n - FLOAT_LANES; i += FLOAT_LANES) {
        m = m.max(FloatVector.fromArray(FLOATS, a, offset + i));
      }
      max = m.reduceLanes(VectorOperators.MAX);
    }
    for (; i < n; i++) {
      max = Math.max(max, a[offset + i]);
    }
    return max;
  }

  @Override
  public float largestMagnitude(float[] a, int offset, int n) {
    int i = 0;
    float max = 0;
    if (n >= FLOAT_LANES) {
      FloatVector m = FloatVector.zero(FLOATS);
      for (; i <= n - FLOAT_LANES; i += FLOAT_LANES) {
        m = m.max(FloatVector.fromArray(FLOATS, a, offset + i).abs());
      }
      max = m.reduceLanes(VectorOperators.MAX);
    }
    for (; i < n; i++) {
      max = Math.max(max, Math.abs(a[offset + i]));
    }
    return max;
  }

  @Override
  public void timesRows(
      double[] x,
      int xOffset,
      double[] rows,
      int rowsOffset,
      int rowCount,
      int columns,
      double[] out,
      int outOffset) {
    for (int c = 0; c < columns; c++) {
      out[outOffset + c] = 0;
    }
    int r = 0;
    for (; r <= rowCount - 8; r += 8) {
      VectorDoubleRows.addEight(
          x, xOffset + r, rows, rowsOffset + r * columns, columns, out, outOffset);
    }
    for (; r < rowCount; r++) {
      axpy(x[xOffset + r], rows, rowsOffset + r * columns, out, outOffset, columns);
    }
  }

  @Override
  public void rowsTimes(
      double[] rows,
      int rowsOffset,
      int rowCount,
      int columns,
      double[] x,
      int xOffset,
      double[] out,
      int outOffset) {
    for (int r = 0; r < rowCount; r++) {
      out[outOffset + r] = dot(rows, rowsOffset + r * columns, x, xOffset, columns);
    }
  }

  @Override
  public void rotateRows(
      double[] cosines,
      double[] sines,
      int offset,
      int count,
      double[] rows,
      int columns,
      int first,
      int fromColumn,
      int toColumn) {
    VectorRotations.rotateRows(
        cosines, sines, offset, count, rows, columns, first, fromColumn, toColumn);
  }

  @Override
  public void combineRows(
      float[] rows,
      int rowLength,
      int[] selected,
      float[] coefficients,
      int count,
      float[] out,
      int outOffset,
      int from,
      int to) {
    VectorFloatRows.combine(
        rows, rowLength, selected, coefficients, count, out, outOffset, from, to);
  }

  @Override
  public void combineRows(
      double[] rows,
      int rowLength,
      int[] selected,
      double[] coefficients,
      int count,
      double[] out,
      int outOffset,
      int from,
      int to) {
    VectorDoubleRows.combine(
        rows, rowLength, selected, coefficients, count, out, outOffset, from, to);
  }

  @Override
  public int above(
      float[] values,
      int valuesOffset,
      float[] bounds,
      float reach,
      float threshold,
      int from,
      int to,
      int[] out,
      int count) {
    int i = from;
    FloatVector reaches = FloatVector.broadcast(FLOATS, reach);
    for (; i <= to - FLOAT_LANES; i += FLOAT_LANES) {
      FloatVector bound = FloatVector.fromArray(FLOATS, bounds, i);
      FloatVector value = FloatVector.fromArray(FLOATS, values, valuesOffset + i);
      long mask = bound.fma(reaches, value).compare(VectorOperators.GT, threshold).toLong();
      while (mask != 0) {
        out[count++] = i + Long.numberOfTrailingZeros(mask);
        mask &= mask - 1;
      }
    }
    for (; i < to; i++) {
      if (Math.fma(reach, bounds[i], values[valuesOffset + i]) > threshold) {
        out[count++] = i;
      }
    }
    return count;
  }

  @Override
  public int magnitudesAbove(
      float[] values,
      int valuesOffset,
      float[] bounds,
      float reach,
      float threshold,
      int from,
      int to,
      int[] out,
      int count) {
    int i = from;
    FloatVector reaches = FloatVector.broadcast(FLOATS, reach);
    for (; i <= to - FLOAT_LANES; i += FLOAT_LANES) {
      FloatVector bound = FloatVector.fromArray(FLOATS, bounds, i);
      FloatVector value = FloatVector.fromArray(FLOATS, values, valuesOffset + i).abs();
      long mask = bound.fma(reaches, value).compare(VectorOperators.GT, threshold).toLong();
      while (mask != 0) {
        out[count++] = i + Long.numberOfTrailingZeros(mask);
        mask &= mask - 1;
      }
    }
    for (; i < to; i++) {
      if (Math.fma(reach, bounds[i], Math.abs(values[valuesOffset + i])) > threshold) {
        out[count++] = i;
      }
    }
    return count;
  }

  @Override
  public void timesMatrix(
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      float[] b,
      int bOffset,
      int bStride,
      float[] out,
      int outOffset,
      int outStride,
      int rows,
      int inner,
      int columns,
      boolean add) {
    VectorFloatProducts.times(
        a, aOffset, aRow, aColumn, b, bOffset, bStride, out, outOffset, outStride, rows, inner,
        columns, add);
  }

  @Override
  public void timesMatrix(
      double[] a,
      int aOffset,
      int aRow,
      int aColumn,
      double[] b,
      int bOffset,
      int bStride,
      double[] out,
      int outOffset,
      int outStride,
      int rows,
      int inner,
      int columns,
      boolean add) {
    VectorDoubleProducts.times(
        a, aOffset, aRow, aColumn, b, bOffset, bStride, out, outOffset, outStride, rows, inner,
        columns, add);
  }
}
