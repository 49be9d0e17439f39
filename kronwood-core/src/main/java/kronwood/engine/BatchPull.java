package kronwood.engine;

import java.util.Arrays;
import kronwood.input.StructuredInputs;
import kronwood.input.Terms;
import kronwood.math.kernel.Kernels;

/**
 * How much a batch of coefficients changes the inner products of neurons with samples.
 *
 * <p>Cost for a block of samples: batch · (modes + coefficients a sample) for each, free of d. Its
 * sums have a fixed order. Thread-safe, as arrays to work in are brought.
 */
final class BatchPull {
  /** Most samples of a block. */
  static final int SAMPLES = 64;

  private final Kernels kernels = Kernels.active();
  private final StructuredInputs inputs;
  private final Terms terms;
  private final BatchCoefficients batch;
  private final int[] touched;

  /** Place among the touched units of each. */
  private final int[] slot;

  private final double[][][] gramRows;

  BatchPull(StructuredInputs inputs, BatchCoefficients batch, int units) {
    this.inputs = inputs;
    this.terms = inputs.terms();
    this.batch = batch;
    this.touched = touchedUnits(batch, units);
    this.slot = new int[units];
    for (int i = 0; i < touched.length; i++) {
      slot[touched[i]] = i;
    }
    this.gramRows = gramRows();
  }

  /** The units that the batch changes, increasing. */
  int[] touched() {
    return touched;
  }

  /** Gram rows of the terms of the batch's inputs that inner products need. */
  private double[][][] gramRows() {
    int reads = terms.readCount();
    double[][][] rows = new double[batch.samples() * reads][inputs.modes()][];
    for (int row = 0; row < rows.length; row++) {
      int product = terms.index(batch.sample(row / reads), row % reads);
      for (int k = 0; k < inputs.modes(); k++) {
        rows[row][k] = terms.products().gramRow(product, k);
      }
    }
    return rows;
  }

  /**
   * {@code delta[slot][i − start] = Σ_j c_{r,j} ⟨x_j, x_i⟩} for the touched neurons and a block of
   * samples, side by side so that each coefficient is applied to the whole block at once.
   */
  void change(int start, int end, double[] inner, double[] delta) {
    Arrays.fill(delta, 0);
    int width = end - start;
    for (int j = 0; j < batch.samples(); j++) {
      int row = j * SAMPLES;
      if (inputs.isPlain()) {
        innerProducts(gramRows[j], start, width, inner, row);
      } else {
        innerProductsOfSums(gramRows, j, start, width, inner, row);
      }
      for (int e = batch.start(j); e < batch.end(j); e++) {
        int column = slot[batch.neuron(e)] * SAMPLES;
        kernels.axpy(batch.coefficient(e), inner, row, delta, column, width);
      }
    }
  }

  private void innerProducts(double[][] gramRows, int start, int width, double[] inner, int row) {
    Arrays.fill(inner, row, row + width, 1);
    for (int k = 0; k < gramRows.length; k++) {
      double[] gramRow = gramRows[k];
      for (int i = 0; i < width; i++) {
        inner[row + i] *= gramRow[inputs.entity(start + i, k)];
      }
    }
  }

  private void innerProductsOfSums(
      double[][][] gramRows, int j, int start, int width, double[] inner, int row) {
    StructuredInputs products = terms.products();
    for (int i = 0; i < width; i++) {
      double sum = 0;
      for (int r = 0; r < terms.readCount(); r++) {
        double[][] rows = gramRows[j * terms.readCount() + r];
        for (int t = 0; t < terms.count(); t++) {
          double product = terms.readWeight(r) * terms.weight(t);
          for (int k = 0; k < rows.length; k++) {
            product *= rows[k][products.entity(terms.index(start + i, t), k)];
          }
          sum += product;
        }
      }
      inner[row + i] = sum;
    }
  }

  private static int[] touchedUnits(BatchCoefficients batch, int units) {
    boolean[] touched = new boolean[units];
    int count = 0;
    for (int i = 0; i < batch.size(); i++) {
      if (!touched[batch.neuron(i)]) {
        touched[batch.neuron(i)] = true;
        count++;
      }
    }
    int[] increasing = new int[count];
    int next = 0;
    for (int r = 0; r < touched.length; r++) {
      if (touched[r]) {
        increasing[next++] = r;
      }
    }
    return increasing;
  }
}
