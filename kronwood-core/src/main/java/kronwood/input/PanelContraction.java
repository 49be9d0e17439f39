package kronwood.input;

import java.util.Arrays;
import kronwood.fault.InputException;
import kronwood.gram.FactorTable;
import kronwood.math.kernel.Kernels;

/**
 * Inner products of up to {@link Kernels#PANEL} weight tensors with all of many pairs, and sums of
 * the pairs as tensors: what {@link TensorContraction} does, for a panel of neurons at a time, so
 * that a coordinate that is loaded serves all of them.
 *
 * <pre>
 *   evaluate     z_i = Σ_l u_i[l] · (Σ_c W[l, c] · v_i[c])         the right mode first
 *   accumulate   W[l, c] += Σ_e v_e[c] · (Σ_{i with e} c_i · u_i[l])
 * </pre>
 *
 * <p>Cost for n pairs of n_right different right entities: n_right · r_left · r_right + n · r_left
 * multiplications of a panel. Inputs that are sums are taken term by term, n then being the number
 * of terms. Memory of a call: 128 bytes · r_left · right entities at a time, at most some 64 MiB,
 * and of sums 128 bytes a term. Thread-safe.
 */
public final class PanelContraction {
  private static final int PANEL = Kernels.PANEL;
  private static final int LARGEST_BUFFER = 1 << 23;

  private final Kernels kernels = Kernels.active();
  private final Terms terms;
  private final int leftRank;
  private final int rightRank;
  private final int leftEntities;
  private final double[] left;
  private final double[] leftTransposed;
  private final double[] right;

  /** Right entities that occur, by position. */
  private final int[] rightOf;

  /** Inputs in the order of their right entities; those of the e-th from start[e] on. */
  private final int[] order;

  private final int[] start;
  private final int[] leftOf;
  private final int atOnce;

  /**
   * Prepares for all inputs.
   *
   * @throws InputException if inputs are no pairs
   */
  public PanelContraction(StructuredInputs inputs) {
    this(inputs.terms());
  }

  private PanelContraction(Terms terms) {
    StructuredInputs inputs = terms.products();
    if (inputs.modes() != 2) {
      throw new InputException("inputs of " + inputs.modes() + " modes are no pairs");
    }
    this.terms = terms;
    FactorTable leftTable = inputs.factor(0);
    FactorTable rightTable = inputs.factor(1);
    this.leftRank = leftTable.rank();
    this.rightRank = rightTable.rank();
    this.leftEntities = leftTable.entities();
    this.left = leftTable.values();
    this.leftTransposed = transposed(left, leftEntities, leftRank);
    this.right = rightTable.values();
    int n = inputs.size();
    long[] byRight = new long[n];
    for (int i = 0; i < n; i++) {
      byRight[i] = ((long) inputs.entity(i, 1) << 32) | i;
    }
    Arrays.sort(byRight);
    this.order = new int[n];
    this.leftOf = new int[n];
    int[] entities = new int[n];
    int[] starts = new int[n + 1];
    int count = 0;
    for (int p = 0; p < n; p++) {
      order[p] = (int) byRight[p];
      leftOf[p] = inputs.entity(order[p], 0);
      if (p == 0 || byRight[p] >> 32 != byRight[p - 1] >> 32) {
        entities[count] = (int) (byRight[p] >> 32);
        starts[count++] = p;
      }
    }
    starts[count] = n;
    this.rightOf = Arrays.copyOf(entities, count);
    this.start = Arrays.copyOf(starts, count + 1);
    this.atOnce = Math.clamp(LARGEST_BUFFER / ((long) leftRank * PANEL), 1, Math.max(1, count));
  }

  private static double[] transposed(double[] matrix, int rows, int columns) {
    double[] transposed = new double[matrix.length];
    for (int i = 0; i < rows; i++) {
      for (int c = 0; c < columns; c++) {
        transposed[c * rows + i] = matrix[i * columns + c];
      }
    }
    return transposed;
  }

  /**
   * Numbers of a panel of tensors: number (l, c) of the tensor in a lane is at {@code (l ·
   * rank_right + c) · PANEL + lane}.
   */
  public int panelSize() {
    return Math.multiplyExact(Math.multiplyExact(leftRank, rightRank), PANEL);
  }

  /**
   * {@code out[i · PANEL + lane] = ⟨W_lane, x_i⟩} for all inputs.
   *
   * @param tensors a panel of tensors, see {@link #panelSize}
   */
  public void evaluate(double[] tensors, double[] out) {
    if (terms.count() == 1) {
      evaluateProducts(tensors, out);
      return;
    }
    double[] products = new double[Math.multiplyExact(order.length, PANEL)];
    evaluateProducts(tensors, products);
    Arrays.fill(out, 0, products.length / terms.count(), 0);
    for (int i = 0; i < order.length; i++) {
      double weight = terms.weight(i % terms.count());
      int target = i / terms.count() * PANEL;
      for (int lane = 0; lane < PANEL; lane++) {
        out[target + lane] += weight * products[i * PANEL + lane];
      }
    }
  }

  private void evaluateProducts(double[] tensors, double[] out) {
    double[] contracted = new double[atOnce * leftRank * PANEL];
    int[] outOffsets = new int[order.length];
    int[] leftOffsets = new int[order.length];
    for (int p = 0; p < order.length; p++) {
      outOffsets[p] = order[p] * PANEL;
      leftOffsets[p] = leftOf[p] * leftRank;
    }
    for (int first = 0; first < rightOf.length; first += atOnce) {
      int last = Math.min(rightOf.length, first + atOnce);
      int[] rows = rightOffsets(first, last);
      int[] places = multiples(last - first, leftRank * PANEL);
      for (int l = 0; l < leftRank; l++) {
        kernels.timesPanel(
            right,
            rows,
            0,
            tensors,
            l * rightRank * PANEL,
            rightRank,
            contracted,
            places,
            l * PANEL,
            0,
            last - first,
            false);
      }
      for (int e = first; e < last; e++) {
        kernels.timesPanel(
            left,
            leftOffsets,
            0,
            contracted,
            places[e - first],
            leftRank,
            out,
            outOffsets,
            0,
            start[e],
            start[e + 1],
            false);
      }
    }
  }

  private int[] rightOffsets(int first, int last) {
    int[] offsets = new int[last - first];
    for (int e = first; e < last; e++) {
      offsets[e - first] = rightOf[e] * rightRank;
    }
    return offsets;
  }

  private static int[] multiples(int count, int step) {
    int[] multiples = new int[count];
    Arrays.setAll(multiples, i -> i * step);
    return multiples;
  }

  /** Tells the coefficients of an input. */
  public interface Coefficients {
    /** Writes those of the panel's neurons to {@code out} from {@code offset} on, PANEL of them. */
    void read(int input, double[] out, int offset);
  }

  /** The coefficients of a product: those of its input, times its weight. */
  private void read(Coefficients coefficients, int product, double[] out, int offset) {
    coefficients.read(product / terms.count(), out, offset);
    if (terms.count() > 1) {
      double weight = terms.weight(product % terms.count());
      for (int lane = offset; lane < offset + PANEL; lane++) {
        out[lane] *= weight;
      }
    }
  }

  /**
   * {@code W_lane += Σ_i c_{i,lane} · x_i} over all inputs.
   *
   * @param tensors a panel of tensors, see {@link #panelSize}
   */
  public void accumulate(Coefficients coefficients, double[] tensors) {
    int longest = 0;
    for (int e = 0; e < rightOf.length; e++) {
      longest = Math.max(longest, start[e + 1] - start[e]);
    }
    double[] panel = new double[longest * PANEL];
    int[] at = new int[longest];
    int[] leftRows = multiples(leftRank, leftEntities);
    double[] transposed = new double[rightRank * atOnce];
    double[] sums = new double[atOnce * leftRank * PANEL];
    for (int first = 0; first < rightOf.length; first += atOnce) {
      int count = Math.min(rightOf.length, first + atOnce) - first;
      Arrays.fill(sums, 0);
      // Sums of one l lie side by side: they are the panel of the second product.
      int[] places = multiples(leftRank, count * PANEL);
      for (int e = 0; e < count; e++) {
        int from = start[first + e];
        int inputs = start[first + e + 1] - from;
        for (int p = 0; p < inputs; p++) {
          read(coefficients, order[from + p], panel, p * PANEL);
          at[p] = leftOf[from + p];
        }
        kernels.addTimesPanel(
            leftTransposed, leftRows, at, panel, inputs, sums, places, e * PANEL, 0, leftRank);
        for (int c = 0; c < rightRank; c++) {
          transposed[c * count + e] = right[rightOf[first + e] * rightRank + c];
        }
      }
      int[] rightRows = multiples(rightRank, count);
      int[] targets = multiples(rightRank, PANEL);
      for (int l = 0; l < leftRank; l++) {
        kernels.timesPanel(
            transposed,
            rightRows,
            0,
            sums,
            places[l],
            count,
            tensors,
            targets,
            l * rightRank * PANEL,
            0,
            rightRank,
            true);
      }
    }
  }
}
