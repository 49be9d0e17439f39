package kronwood.state;

import java.util.Arrays;

/**
 * The coefficients of each neuron that are not yet absorbed into its state, in order of time. An
 * input is identified by its position in the block that the log belongs to.
 *
 * <p>A change of weights may consist of several parts that decay at different rates (see {@code
 * kronwood.engine.BlockEngine}); then an entry has a coefficient for each. Memory: 4 bytes an entry
 * and 8 a coefficient.
 */
public final class CoefficientLog {
  private final int[][] positions;
  private final double[][][] coefficients;
  private final int[] lengths;

  /** An empty log of {@code neurons} neurons, with {@code parts} coefficients an entry. */
  public CoefficientLog(int neurons, int parts) {
    this.positions = new int[neurons][0];
    this.coefficients = new double[parts][neurons][0];
    this.lengths = new int[neurons];
  }

  /**
   * Appends an entry for the input at {@code position} of the block.
   *
   * @param c for each part its coefficient, {@code Q_neuron ← Q_neuron + c · x}
   */
  public void add(int neuron, int position, double... c) {
    int length = lengths[neuron]++;
    if (length == positions[neuron].length) {
      int capacity = Math.max(16, 2 * length);
      positions[neuron] = Arrays.copyOf(positions[neuron], capacity);
      for (double[][] part : coefficients) {
        part[neuron] = Arrays.copyOf(part[neuron], capacity);
      }
    }
    positions[neuron][length] = position;
    for (int part = 0; part < coefficients.length; part++) {
      coefficients[part][neuron][length] = c[part];
    }
  }

  /** Number of neurons. */
  public int neurons() {
    return lengths.length;
  }

  /** Number of entries of all neurons. */
  public long size() {
    long entries = 0;
    for (int length : lengths) {
      entries += length;
    }
    return entries;
  }

  /** Number of entries of a neuron. */
  public int length(int neuron) {
    return lengths[neuron];
  }

  /** Position in the block of an entry's input. */
  public int position(int neuron, int entry) {
    return positions[neuron][entry];
  }

  /** Coefficient of an entry in a part. */
  public double coefficient(int part, int neuron, int entry) {
    return coefficients[part][neuron][entry];
  }

  /** {@code out[e] = Σ_parts scale · c} of a neuron's entries e from {@code first} on. */
  public void coefficients(int neuron, double[] scales, int first, float[] out) {
    int length = lengths[neuron];
    for (int part = 0; part < scales.length; part++) {
      double[] coefficient = coefficients[part][neuron];
      double scale = scales[part];
      if (part == 0) {
        for (int e = first; e < length; e++) {
          out[e] = (float) (scale * coefficient[e]);
        }
      } else {
        for (int e = first; e < length; e++) {
          out[e] += (float) (scale * coefficient[e]);
        }
      }
    }
  }

  /** The same of all entries, in double precision. */
  public void coefficients(int neuron, double[] scales, double[] out) {
    int length = lengths[neuron];
    Arrays.fill(out, 0, length, 0);
    for (int part = 0; part < scales.length; part++) {
      double[] coefficient = coefficients[part][neuron];
      for (int e = 0; e < length; e++) {
        out[e] += scales[part] * coefficient[e];
      }
    }
  }

  /** Positions of a neuron's entries, the first {@link #length} of them; not copied. */
  public int[] positions(int neuron) {
    return positions[neuron];
  }

  /** Forgets all entries. */
  public void clear() {
    Arrays.fill(lengths, 0);
  }
}
