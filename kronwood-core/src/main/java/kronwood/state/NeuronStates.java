package kronwood.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kronwood.gram.StructuredInputs;
import kronwood.math.Kernels;
import kronwood.math.Parallel;

/**
 * The trained part of all neurons, {@code Q_r = Σ_j c_{r,j} x_j}, in the coordinates a {@link
 * StateLayout} names.
 *
 * <p>A state is a tensor with one axis per mode. Along each axis an input has a read vector ρ and a
 * write vector ω with {@code ⟨ρ(i), ω(j)⟩ = G[i, j]}: (u, u) for WEIGHT, (one-hot, row of G) for
 * VALUE, (row of G, one-hot) for COEFFICIENT. So
 *
 * <pre>
 *   absorb     Q_r += Σ_j c_{r,j} · ω(j_1) ⊗ … ⊗ ω(j_K)
 *   refresh    ⟨Q_r, x_i⟩ = ⟨Q_r, ρ(i_1) ⊗ … ⊗ ρ(i_K)⟩
 * </pre>
 *
 * <p>Axes are stored VALUE outermost, then COEFFICIENT, then WEIGHT, so that what an input reads
 * from a neuron is one run of memory, and what a coefficient writes is one run per VALUE entry.
 * Both work neuron by neuron, in parallel; results do not depend on the number of threads. Memory:
 * 8 · m · Π size_k bytes.
 */
public final class NeuronStates {
  private static final int NEURONS_PER_TASK = 8;
  private static final int COLUMNS_AT_ONCE = 4;
  private static final int VALUES_AT_ONCE = 128;

  private final Kernels kernels = Kernels.active();
  private final StructuredInputs inputs;
  private final StateLayout layout;
  private final Parallel parallel;
  private final List<Integer> valueAxes = new ArrayList<>();
  private final List<Integer> coefficientAxes = new ArrayList<>();
  private final List<Integer> weightAxes = new ArrayList<>();
  private final int valueSize;
  private final int coefficientSize;
  private final int weightSize;
  private final double[][] states;

  /**
   * States that are all zero.
   *
   * @throws ArithmeticException if a neuron's state exceeds the range of an array
   */
  public NeuronStates(StructuredInputs inputs, StateLayout layout, int neurons, Parallel parallel) {
    this.inputs = inputs;
    this.layout = layout;
    this.parallel = parallel;
    for (int axis = 0; axis < layout.representations().size(); axis++) {
      switch (layout.representations().get(axis)) {
        case VALUE -> valueAxes.add(axis);
        case COEFFICIENT -> coefficientAxes.add(axis);
        case WEIGHT -> weightAxes.add(axis);
      }
    }
    this.valueSize = size(valueAxes);
    this.coefficientSize = size(coefficientAxes);
    this.weightSize = size(weightAxes);
    int size = Math.multiplyExact(valueSize, innerSize());
    this.states = new double[neurons][size];
  }

  private int size(List<Integer> axes) {
    int size = 1;
    for (int axis : axes) {
      size = Math.multiplyExact(size, layout.size(inputs, axis));
    }
    return size;
  }

  private int innerSize() {
    return Math.multiplyExact(coefficientSize, weightSize);
  }

  /**
   * Takes the log of the last block in and reads the inputs of the next: {@code out[p · m + r] =
   * ⟨Q_r, x_{block[p]}⟩} for all neurons. Cost: Π update_k an entry of the log, m · Π read_k an
   * input.
   *
   * <p>Both are done for one neuron before the next, while its state is in the cache. Inputs are
   * read in the order of their VALUE entities, so that what lies at one VALUE entry serves all
   * inputs that read it.
   *
   * @param log coefficients of the last block, not changed
   * @param logged inputs that the positions in the log stand for
   * @param block inputs of the next block
   * @param out length at least {@code block.length · m}
   */
  public void refresh(CoefficientLog log, int[] logged, int[] block, double[] out) {
    int count = block.length;
    int inner = innerSize();
    int neurons = states.length;
    WriteVectors written = writeVectors(logged);
    if (inner == 1) {
      absorbValues(log, written);
    }
    long[] byOffset = new long[count];
    for (int p = 0; p < count; p++) {
      byOffset[p] = ((long) index(block[p], valueAxes) << 32) | p;
    }
    Arrays.sort(byOffset);
    double[] read = new double[Math.multiplyExact(count, inner)];
    parallel.forRange(
        count,
        NEURONS_PER_TASK,
        (first, last, worker) -> {
          for (int q = first; q < last; q++) {
            readVector(block[(int) byOffset[q]], read, q * inner);
          }
        });
    parallel.forRange(
        neurons,
        NEURONS_PER_TASK,
        (first, last, worker) -> {
          double[] z = new double[count];
          for (int r = first; r < last; r++) {
            if (inner > 1) {
              absorb(r, log, written);
            }
            read(states[r], byOffset, read, z);
            for (int q = 0; q < count; q++) {
              out[(int) byOffset[q] * neurons + r] = z[q];
            }
          }
        });
  }

  /**
   * {@code z[q] = ⟨state, read vector q⟩} at the VALUE entry that the upper half of its key names.
   */
  private void read(double[] state, long[] byOffset, double[] read, double[] z) {
    int inner = innerSize();
    int start = 0;
    while (start < z.length) {
      long offset = byOffset[start] >> 32;
      int end = start + 1;
      while (end < z.length && byOffset[end] >> 32 == offset) {
        end++;
      }
      int row = (int) offset * inner;
      kernels.rowsTimes(read, start * inner, end - start, inner, state, row, z, start);
      start = end;
    }
  }

  /**
   * What the inputs of a block write, side by side: along all VALUE axes, along all WEIGHT axes,
   * and where along the COEFFICIENT axes.
   */
  private record WriteVectors(double[] values, double[] weights, int[] offsets) {}

  private WriteVectors writeVectors(int[] block) {
    double[] values = new double[Math.multiplyExact(block.length, valueSize)];
    double[] weights = new double[Math.multiplyExact(block.length, weightSize)];
    int[] offsets = new int[block.length];
    parallel.forRange(
        block.length,
        NEURONS_PER_TASK,
        (first, last, worker) -> {
          for (int p = first; p < last; p++) {
            product(block[p], valueAxes, false, values, p * valueSize);
            product(block[p], weightAxes, true, weights, p * weightSize);
            offsets[p] = index(block[p], coefficientAxes) * weightSize;
          }
        });
    return new WriteVectors(values, weights, offsets);
  }

  /**
   * VALUE axes only: states are long and entries write all of them. Entries are cut into stretches
   * of which those of a whole block stay in the cache while neuron after neuron uses them.
   */
  private void absorbValues(CoefficientLog log, WriteVectors written) {
    parallel.forRange(
        valueSize,
        VALUES_AT_ONCE,
        (first, last, worker) -> {
          for (int r = 0; r < states.length; r++) {
            int length = log.length(r);
            for (int e = 0; e < length; e++) {
              int row = log.position(r, e) * valueSize + first;
              kernels.axpy(
                  log.coefficient(r, e), written.values, row, states[r], first, last - first);
            }
          }
        });
  }

  private void absorb(int r, CoefficientLog log, WriteVectors written) {
    double[] state = states[r];
    int length = log.length(r);
    if (length == 0) {
      return;
    }
    if (weightSize == 1) {
      addColumns(state, r, log, written);
    } else {
      addRuns(state, r, log, written);
    }
  }

  /** With WEIGHT axes: an entry changes one run of weights per VALUE entry. */
  private void addRuns(double[] state, int r, CoefficientLog log, WriteVectors written) {
    int length = log.length(r);
    for (int v = 0; v < valueSize; v++) {
      int row = v * innerSize();
      for (int e = 0; e < length; e++) {
        int p = log.position(r, e);
        double c = log.coefficient(r, e) * written.values[p * valueSize + v];
        int run = row + written.offsets[p];
        kernels.axpy(c, written.weights, p * weightSize, state, run, weightSize);
      }
    }
  }

  /**
   * VALUE and COEFFICIENT only: an entry changes one number per VALUE entry, all in one column of
   * the state seen as a matrix. Entries of one column are summed before the column is touched, and
   * columns are touched {@link #COLUMNS_AT_ONCE} at a time, as they share cache lines.
   */
  private void addColumns(double[] state, int r, CoefficientLog log, WriteVectors written) {
    int length = log.length(r);
    long[] byColumn = new long[length];
    for (int e = 0; e < length; e++) {
      byColumn[e] = ((long) written.offsets[log.position(r, e)] << 32) | e;
    }
    Arrays.sort(byColumn);
    double[] sums = new double[COLUMNS_AT_ONCE * valueSize];
    int[] columns = new int[COLUMNS_AT_ONCE];
    int pending = 0;
    int e = 0;
    while (e < length) {
      int column = (int) (byColumn[e] >> 32);
      columns[pending] = column;
      int sum = pending * valueSize;
      Arrays.fill(sums, sum, sum + valueSize, 0);
      for (; e < length && (int) (byColumn[e] >> 32) == column; e++) {
        int entry = (int) byColumn[e];
        int row = log.position(r, entry) * valueSize;
        kernels.axpy(log.coefficient(r, entry), written.values, row, sums, sum, valueSize);
      }
      if (++pending == COLUMNS_AT_ONCE || e == length) {
        add(state, columns, sums, pending);
        pending = 0;
      }
    }
  }

  private void add(double[] state, int[] columns, double[] sums, int count) {
    int inner = innerSize();
    if (count == COLUMNS_AT_ONCE) {
      int c0 = columns[0];
      int c1 = columns[1];
      int c2 = columns[2];
      int c3 = columns[3];
      for (int v = 0; v < valueSize; v++) {
        int row = v * inner;
        state[row + c0] += sums[v];
        state[row + c1] += sums[valueSize + v];
        state[row + c2] += sums[2 * valueSize + v];
        state[row + c3] += sums[3 * valueSize + v];
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      for (int v = 0; v < valueSize; v++) {
        state[v * inner + columns[i]] += sums[i * valueSize + v];
      }
    }
  }

  /** Multiplies all states by {@code factor}. */
  public void scale(double factor) {
    for (double[] state : states) {
      for (int i = 0; i < state.length; i++) {
        state[i] *= factor;
      }
    }
  }

  /** Position of an input's entities in the block of the given axes, row-major. */
  private int index(int input, List<Integer> axes) {
    int index = 0;
    for (int axis : axes) {
      index = index * layout.size(inputs, axis) + entity(input, axis);
    }
    return index;
  }

  private int entity(int input, int axis) {
    return layout.composite() ? input : inputs.entity(input, axis);
  }

  /** Gram rows of the COEFFICIENT axes times coordinates of the WEIGHT axes. */
  private void readVector(int input, double[] out, int offset) {
    double[] coefficientPart = new double[coefficientSize];
    double[] weightPart = new double[weightSize];
    product(input, coefficientAxes, false, coefficientPart, 0);
    product(input, weightAxes, true, weightPart, 0);
    for (int c = 0; c < coefficientSize; c++) {
      for (int w = 0; w < weightSize; w++) {
        out[offset + c * weightSize + w] = coefficientPart[c] * weightPart[w];
      }
    }
  }

  /** Kronecker product of an input's Gram rows or coordinates along the given axes. */
  private void product(
      int input, List<Integer> axes, boolean coordinates, double[] out, int offset) {
    out[offset] = 1;
    int filled = 1;
    for (int axis : axes) {
      double[] vector = coordinates ? coordinates(input, axis) : gramRow(input, axis);
      for (int i = filled - 1; i >= 0; i--) {
        double value = out[offset + i];
        for (int c = vector.length - 1; c >= 0; c--) {
          out[offset + i * vector.length + c] = value * vector[c];
        }
      }
      filled *= vector.length;
    }
  }

  private double[] coordinates(int input, int axis) {
    double[] vector = new double[layout.size(inputs, axis)];
    if (layout.composite()) {
      inputs.materialise(input, vector);
    } else {
      for (int c = 0; c < vector.length; c++) {
        vector[c] = inputs.factor(axis).coordinate(inputs.entity(input, axis), c);
      }
    }
    return vector;
  }

  private double[] gramRow(int input, int axis) {
    return layout.composite() ? inputs.innerProducts(input) : inputs.gramRow(input, axis);
  }
}
