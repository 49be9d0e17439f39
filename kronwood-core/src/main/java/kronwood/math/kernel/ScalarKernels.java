package kronwood.math.kernel;

/**
 * {@link Kernels} in plain Java: runs everywhere, and gives the same bits everywhere because it
 * uses only additions and multiplications in a written order (no fused multiply-add).
 */
final class ScalarKernels extends ScalarPanelKernels implements Kernels {

  private final String description;

  /**
   * @param reason why this implementation is in use, shown in {@link #description()}
   */
  ScalarKernels(String reason) {
    this.description = "scalar (" + reason + ")";
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public double dot(double[] a, int aOffset, double[] b, int bOffset, int n) {
    // Four partial sums: one alone would wait for the latency of every addition.
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i <= n - 4; i += 4) {
      s0 += a[aOffset + i] * b[bOffset + i];
      s1 += a[aOffset + i + 1] * b[bOffset + i + 1];
      s2 += a[aOffset + i + 2] * b[bOffset + i + 2];
      s3 += a[aOffset + i + 3] * b[bOffset + i + 3];
    }
    double sum = (s0 + s1) + (s2 + s3);
    for (; i < n; i++) {
      sum += a[aOffset + i] * b[bOffset + i];
    }
    return sum;
  }

  @Override
  public float dot(float[] a, int aOffset, float[] b, int bOffset, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = 0;
    for (; i <= n - 8; i += 8) {
      s0 += a[aOffset + i] * b[bOffset + i];
      s1 += a[aOffset + i + 1] * b[bOffset + i + 1];
      s2 += a[aOffset + i + 2] * b[bOffset + i + 2];
      s3 += a[aOffset + i + 3] * b[bOffset + i + 3];
      s4 += a[aOffset + i + 4] * b[bOffset + i + 4];
      s5 += a[aOffset + i + 5] * b[bOffset + i + 5];
      s6 += a[aOffset + i + 6] * b[bOffset + i + 6];
      s7 += a[aOffset + i + 7] * b[bOffset + i + 7];
    }
    float sum = ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    for (; i < n; i++) {
      sum += a[aOffset + i] * b[bOffset + i];
    }
    return sum;
  }

  @Override
  public void axpy(double alpha, double[] x, int xOffset, double[] y, int yOffset, int n) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] += alpha * x[xOffset + i];
    }
  }

  @Override
  public void axpy(float alpha, float[] x, int xOffset, float[] y, int yOffset, int n) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] += alpha * x[xOffset + i];
    }
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
    ScalarRows.combine(rows, rowLength, selected, coefficients, count, out, outOffset, from, to);
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
    ScalarRows.combine(rows, rowLength, selected, coefficients, count, out, outOffset, from, to);
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
    for (int i = from; i < to; i++) {
      if (values[valuesOffset + i] + reach * bounds[i] > threshold) {
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
    for (int i = from; i < to; i++) {
      if (Math.abs(values[valuesOffset + i]) + reach * bounds[i] > threshold) {
        out[count++] = i;
      }
    }
    return count;
  }

  @Override
  public void multiply(double[] a, int aOffset, double[] y, int yOffset, int n) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] *= a[aOffset + i];
    }
  }

  @Override
  public double max(double[] a, int offset, int n) {
    double m0 = Double.NEGATIVE_INFINITY;
    double m1 = Double.NEGATIVE_INFINITY;
    int i = 0;
    for (; i <= n - 2; i += 2) {
      m0 = Math.max(m0, a[offset + i]);
      m1 = Math.max(m1, a[offset + i + 1]);
    }
    if (i < n) {
      m0 = Math.max(m0, a[offset + i]);
    }
    return Math.max(m0, m1);
  }

  @Override
  public float max(float[] a, int offset, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, a[offset + i]);
    }
    return max;
  }

  @Override
  public float largestMagnitude(float[] a, int offset, int n) {
    float max = 0;
    for (int i = 0; i < n; i++) {
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
    for (; r <= rowCount - 4; r += 4) {
      double x0 = x[xOffset + r];
      double x1 = x[xOffset + r + 1];
      double x2 = x[xOffset + r + 2];
      double x3 = x[xOffset + r + 3];
      int row0 = rowsOffset + r * columns;
      int row1 = row0 + columns;
      int row2 = row1 + columns;
      int row3 = row2 + columns;
      for (int c = 0; c < columns; c++) {
        double sum = out[outOffset + c] + x0 * rows[row0 + c];
        sum += x1 * rows[row1 + c];
        sum += x2 * rows[row2 + c];
        out[outOffset + c] = sum + x3 * rows[row3 + c];
      }
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
    int j = fromColumn;
    // Four columns at a time: the chain is serial, the columns are not.
    for (; j <= toColumn - 4; j += 4) {
      int upper = (first + 1) * columns + j;
      double y0 = rows[upper];
      double y1 = rows[upper + 1];
      double y2 = rows[upper + 2];
      double y3 = rows[upper + 3];
      for (int k = 0; k < count; k++) {
        double c = cosines[offset + k];
        double s = sines[offset + k];
        int lower = upper - columns;
        double x0 = rows[lower];
        double x1 = rows[lower + 1];
        double x2 = rows[lower + 2];
        double x3 = rows[lower + 3];
        rows[upper] = s * x0 + c * y0;
        rows[upper + 1] = s * x1 + c * y1;
        rows[upper + 2] = s * x2 + c * y2;
        rows[upper + 3] = s * x3 + c * y3;
        y0 = c * x0 - s * y0;
        y1 = c * x1 - s * y1;
        y2 = c * x2 - s * y2;
        y3 = c * x3 - s * y3;
        upper = lower;
      }
      rows[upper] = y0;
      rows[upper + 1] = y1;
      rows[upper + 2] = y2;
      rows[upper + 3] = y3;
    }
    for (; j < toColumn; j++) {
      int upper = (first + 1) * columns + j;
      double y = rows[upper];
      for (int k = 0; k < count; k++) {
        double c = cosines[offset + k];
        double s = sines[offset + k];
        double x = rows[upper - columns];
        rows[upper] = s * x + c * y;
        y = c * x - s * y;
        upper -= columns;
      }
      rows[upper] = y;
    }
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
    ScalarProducts.times(
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
    ScalarProducts.times(
        a, aOffset, aRow, aColumn, b, bOffset, bStride, out, outOffset, outStride, rows, inner,
        columns, add);
  }
}
