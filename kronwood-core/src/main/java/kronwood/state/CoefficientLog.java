package kronwood.state;

import java.util.Arrays;

/**
 * Per neuron, the coefficients that have been decided on but not yet taken into its state, in the
 * order they came. Inputs are named by their position in the block of inputs the log belongs to.
 *
 * <p>Memory: 12 bytes an entry.
 */
public final class CoefficientLog {
  private final int[][] positions;
  private final double[][] coefficients;
  private final int[] lengths;

  /** An empty log of {@code neurons} neurons. */
  public CoefficientLog(int neurons) {
    this.positions = new int[neurons][0];
    this.coefficients = new double[neurons][0];
    this.lengths = new int[neurons];
  }

  /** Appends {@code Q_neuron ← Q_neuron + c · x} for the input at {@code position} of the block. */
  public void add(int neuron, int position, double c) {
    int length = lengths[neuron]++;
    if (length == positions[neuron].length) {
      int capacity = Math.max(16, 2 * length);
      positions[neuron] = Arrays.copyOf(positions[neuron], capacity);
      coefficients[neuron] = Arrays.copyOf(coefficients[neuron], capacity);
    }
    positions[neuron][length] = position;
    coefficients[neuron][length] = c;
  }

  /** Number of entries of a neuron. */
  public int length(int neuron) {
    return lengths[neuron];
  }

  /** Position in the block of an entry's input. */
  public int position(int neuron, int entry) {
    return positions[neuron][entry];
  }

  /** Coefficient of an entry. */
  public double coefficient(int neuron, int entry) {
    return coefficients[neuron][entry];
  }

  /**
   * {@code Σ c · inner[position]} over a neuron's entries: its change since the log was begun, seen
   * from one input.
   *
   * @param inner inner products of that input with the block's inputs
   */
  public double pull(int neuron, double[] inner) {
    int[] position = positions[neuron];
    double[] coefficient = coefficients[neuron];
    int length = lengths[neuron];
    double even = 0;
    double odd = 0;
    int e = 0;
    for (; e + 1 < length; e += 2) {
      even += coefficient[e] * inner[position[e]];
      odd += coefficient[e + 1] * inner[position[e + 1]];
    }
    if (e < length) {
      even += coefficient[e] * inner[position[e]];
    }
    return even + odd;
  }

  /** Forgets all entries. */
  public void clear() {
    Arrays.fill(lengths, 0);
  }
}
