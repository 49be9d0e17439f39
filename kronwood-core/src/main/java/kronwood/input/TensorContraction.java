package kronwood.input;

import java.util.Arrays;
import java.util.stream.IntStream;
import kronwood.gram.FactorTable;
import kronwood.math.kernel.Kernels;

/**
 * Inner products of one weight tensor with many structured inputs, and the sum of many inputs as
 * one tensor, without forming any input.
 *
 * <p>A tensor W has shape rank_1 × … × rank_K, row-major. Inputs are visited in the lexicographic
 * order of their entities, so that inputs with the same leading entities share the contraction of
 * these: cost Σ_k (distinct prefixes of length k) · (size of the tensor still to contract), for
 * pairs n_left · r_left · r_right + n · r_right, or n_right · r_left · r_right + n · r_left if that
 * is less: then the right mode is contracted first. Inputs that are sums are taken term by term.
 * Memory: about one tensor per call.
 */
public final class TensorContraction {
  /** Entities that are contracted with a tensor together, at most. */
  private static final int TOGETHER = 32;

  /** Entities that fill a vector of any processor: fewer are contracted one by one. */
  private static final int VECTOR = 8;

  private final Terms terms;
  private final StructuredInputs inputs;
  private final int[] selected;
  private final int[] order;
  private final int[] firstChanged;
  private final int[] sizeFrom;

  /** Pairs only: whether the second mode is contracted first. */
  private final boolean swapped;

  /** Pairs that are swapped only: see {@link #firstEntities}. */
  private final int[] runs;

  /**
   * Prepares the visit of {@code selected} inputs.
   *
   * @throws ArithmeticException if the dimension exceeds the range of an array
   */
  public TensorContraction(StructuredInputs inputs, int[] selected) {
    this(inputs.terms(), inputs.terms().indices(selected));
  }

  /** Prepares the visit of {@code selected} products. */
  private TensorContraction(Terms terms, int[] selected) {
    this.terms = terms;
    this.inputs = terms.products();
    this.selected = selected;
    int modes = inputs.modes();
    this.swapped = modes == 2 && cost(1) < cost(0);
    int[] order = modeOrder();
    int[] positions = sorted(order);
    this.order = positions;
    this.firstChanged = new int[positions.length];
    for (int i = 1; i < positions.length; i++) {
      int k = 0;
      while (k < modes - 1
          && inputs.entity(selected[positions[i]], order[k])
              == inputs.entity(selected[positions[i - 1]], order[k])) {
        k++;
      }
      firstChanged[i] = k;
    }
    this.runs = swapped ? firstEntities() : new int[0];
    this.sizeFrom = new int[modes + 1];
    sizeFrom[modes] = 1;
    for (int k = modes - 1; k >= 0; k--) {
      sizeFrom[k] = Math.multiplyExact(sizeFrom[k + 1], inputs.factor(order[k]).rank());
    }
  }

  private int[] modeOrder() {
    return IntStream.range(0, inputs.modes()).map(k -> swapped ? 1 - k : k).toArray();
  }

  /** Multiplications for pairs if mode {@code first} is contracted first. */
  private double cost(int first) {
    boolean[] seen = new boolean[inputs.factor(first).entities()];
    long entities = 0;
    for (int input : selected) {
      int entity = inputs.entity(input, first);
      entities += seen[entity] ? 0 : 1;
      seen[entity] = true;
    }
    double second = inputs.factor(1 - first).rank();
    return entities * second * inputs.factor(first).rank() + selected.length * second;
  }

  /** Positions in the selection, by the entities of the modes in that order. */
  private int[] sorted(int[] modes) {
    long[] keys = new long[selected.length];
    int[] positions = IntStream.range(0, selected.length).toArray();
    // By the last mode first; each pass keeps the order of the one before among equals.
    for (int k = modes.length - 1; k >= 0; k--) {
      for (int i = 0; i < keys.length; i++) {
        keys[i] = ((long) inputs.entity(selected[positions[i]], modes[k]) << 32) | i;
      }
      Arrays.sort(keys);
      int[] previous = positions;
      positions = new int[keys.length];
      for (int i = 0; i < keys.length; i++) {
        positions[i] = previous[(int) keys[i]];
      }
    }
    return positions;
  }

  /** Entries of a tensor, {@code d = Π_k rank_k}. */
  public int tensorSize() {
    return sizeFrom[0];
  }

  /**
   * {@code out[p] = ⟨tensor, x_{selected[p]}⟩} for all selected inputs.
   *
   * @param tensor length {@link #tensorSize()}
   * @param out length of the selection
   */
  public void evaluate(double[] tensor, double[] out) {
    if (terms.count() == 1) {
      evaluateProducts(tensor, out);
      return;
    }
    double[] products = new double[selected.length];
    evaluateProducts(tensor, products);
    for (int p = 0; p < selected.length / terms.count(); p++) {
      double sum = 0;
      for (int t = 0; t < terms.count(); t++) {
        sum += terms.weight(t) * products[terms.index(p, t)];
      }
      out[p] = sum;
    }
  }

  private void evaluateProducts(double[] tensor, double[] out) {
    if (swapped) {
      evaluateSwapped(tensor, out);
      return;
    }
    Kernels kernels = Kernels.active();
    int modes = inputs.modes();
    double[][] partial = partials(tensor);
    for (int i = 0; i < order.length; i++) {
      int input = selected[order[i]];
      for (int k = firstChanged[i]; k < modes; k++) {
        FactorTable factor = inputs.factor(k);
        int rank = factor.rank();
        int row = inputs.entity(input, k) * rank;
        if (sizeFrom[k + 1] == 1) {
          partial[k + 1][0] = kernels.dot(factor.values(), row, partial[k], 0, rank);
        } else {
          kernels.timesRows(
              factor.values(), row, partial[k], 0, rank, sizeFrom[k + 1], partial[k + 1], 0);
        }
      }
      out[order[i]] = partial[modes][0];
    }
  }

  private void evaluateSwapped(double[] tensor, double[] out) {
    Kernels kernels = Kernels.active();
    FactorTable left = inputs.factor(0);
    int rows = left.rank();
    int entities = runs.length - 1;
    double[] contracted = new double[rows * together(entities)];
    double[] work = new double[contracted.length];
    for (int first = 0; first < entities; ) {
      int count = together(entities - first);
      contract(tensor, first, count, contracted, work);
      for (int j = 0; j < count; j++) {
        for (int i = runs[first + j]; i < runs[first + j + 1]; i++) {
          int row = inputs.entity(selected[order[i]], 0) * rows;
          out[order[i]] = kernels.dot(left.values(), row, contracted, j * rows, rows);
        }
      }
      first += count;
    }
  }

  /** How many of so many entities are contracted at a time: whole vectors of them, or one. */
  private static int together(int entities) {
    return entities < VECTOR ? 1 : Math.min(TOGETHER, entities / VECTOR * VECTOR);
  }

  /**
   * Contracts a tensor with entities of the second mode; {@code out} takes a row for each. Several
   * are a product of matrices, which reads the tensor once.
   *
   * @param first run of the first entity
   */
  private void contract(double[] tensor, int first, int count, double[] out, double[] work) {
    Kernels kernels = Kernels.active();
    FactorTable right = inputs.factor(1);
    int rows = inputs.factor(0).rank();
    int columns = right.rank();
    if (count == 1) {
      kernels.rowsTimes(tensor, 0, rows, columns, right.values(), rightRow(first), out, 0);
      return;
    }
    double[] entities = new double[columns * count];
    for (int j = 0; j < count; j++) {
      int row = rightRow(first + j);
      for (int c = 0; c < columns; c++) {
        entities[c * count + j] = right.values()[row + c];
      }
    }
    kernels.timesMatrix(
        tensor, 0, columns, 1, entities, 0, count, work, 0, count, rows, columns, count, false);
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < count; j++) {
        out[j * rows + r] = work[r * count + j];
      }
    }
  }

  /** Where the coordinates of a run's entity of the second mode begin. */
  private int rightRow(int run) {
    return inputs.entity(selected[order[runs[run]]], 1) * inputs.factor(1).rank();
  }

  /** Where inputs of another first entity begin in the order, and its end. */
  private int[] firstEntities() {
    IntStream begins = IntStream.range(0, order.length).filter(i -> firstChanged[i] == 0);
    return IntStream.concat(begins, IntStream.of(order.length)).toArray();
  }

  /**
   * {@code tensor += Σ_p coefficient[p] · x_{selected[p]}}; inputs of coefficient 0 cost nothing.
   *
   * @param coefficient length of the selection
   * @param tensor length {@link #tensorSize()}
   */
  public void accumulate(double[] coefficient, double[] tensor) {
    if (terms.count() == 1) {
      accumulateProducts(coefficient, tensor);
      return;
    }
    double[] ofProduct = new double[selected.length];
    for (int i = 0; i < ofProduct.length; i++) {
      ofProduct[i] = terms.weight(i % terms.count()) * coefficient[i / terms.count()];
    }
    accumulateProducts(ofProduct, tensor);
  }

  private void accumulateProducts(double[] coefficient, double[] tensor) {
    if (swapped) {
      accumulateSwapped(coefficient, tensor);
      return;
    }
    int modes = inputs.modes();
    double[][] sums = partials(tensor);
    int previous = -1;
    // Mode from which entities changed since the last input with a coefficient.
    int changed = modes;
    for (int i = 0; i < order.length; i++) {
      changed = Math.min(changed, firstChanged[i]);
      double c = coefficient[order[i]];
      if (c == 0) {
        continue;
      }
      if (previous >= 0) {
        fold(sums, previous, changed);
      }
      sums[modes][0] += c;
      previous = selected[order[i]];
      changed = modes;
    }
    if (previous >= 0) {
      fold(sums, previous, 0);
    }
  }

  private void accumulateSwapped(double[] coefficient, double[] tensor) {
    Kernels kernels = Kernels.active();
    FactorTable left = inputs.factor(0);
    int rows = left.rank();
    double[] sum = new double[rows];
    boolean any = false;
    for (int i = 0; i < order.length; i++) {
      int input = selected[order[i]];
      double c = coefficient[order[i]];
      if (c != 0) {
        kernels.axpy(c, left.values(), inputs.entity(input, 0) * rows, sum, 0, rows);
        any = true;
      }
      boolean last = i + 1 == order.length || firstChanged[i + 1] == 0;
      if (last && any) {
        addProduct(sum, inputs.entity(input, 1), tensor);
        Arrays.fill(sum, 0);
        any = false;
      }
    }
  }

  /** Adds {@code sum ⊗ u} of an entity of the second mode. */
  private void addProduct(double[] sum, int entity, double[] tensor) {
    Kernels kernels = Kernels.active();
    FactorTable right = inputs.factor(1);
    int columns = right.rank();
    for (int r = 0; r < sum.length; r++) {
      kernels.axpy(sum[r], right.values(), entity * columns, tensor, r * columns, columns);
    }
  }

  /** Adds what was summed below each mode from {@code from} on into the level above it. */
  private void fold(double[][] sums, int input, int from) {
    Kernels kernels = Kernels.active();
    for (int k = inputs.modes() - 1; k >= from; k--) {
      FactorTable factor = inputs.factor(k);
      int rank = factor.rank();
      int row = inputs.entity(input, k) * rank;
      int size = sizeFrom[k + 1];
      if (size == 1) {
        kernels.axpy(sums[k + 1][0], factor.values(), row, sums[k], 0, rank);
      } else {
        for (int c = 0; c < rank; c++) {
          kernels.axpy(factor.values()[row + c], sums[k + 1], 0, sums[k], c * size, size);
        }
      }
      Arrays.fill(sums[k + 1], 0);
    }
  }

  /** Level 0 is the tensor itself, level k what is left of it once k modes are contracted. */
  private double[][] partials(double[] tensor) {
    double[][] partial = new double[sizeFrom.length][];
    partial[0] = tensor;
    for (int k = 1; k < sizeFrom.length; k++) {
      partial[k] = new double[sizeFrom[k]];
    }
    return partial;
  }
}
