package kronwood.engine;

import java.util.Arrays;
import kronwood.input.StructuredInputs;
import kronwood.input.Terms;
import kronwood.math.DoubleArray;
import kronwood.math.FloatArray;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;

/**
 * Inner products of the inputs of a block with those of a batch, made mode by mode from the
 * entities that occur. Those of inputs that are sums are summed over their {@link Terms}.
 *
 * <p>Cost for a batch of S samples: one multiplication a mode for each pair, and the inner products
 * of the entities, which are looked up in Gram matrices or made of coordinates.
 */
final class InputProducts {
  private static final int ROWS_PER_TASK = 64;

  private final StructuredInputs inputs;
  private final Terms terms;
  private final boolean byCoordinates;
  private final Precision precision;
  private final Parallel parallel;
  private final BlockEntities[] modes;
  private RealArray rows;

  /**
   * @param byCoordinates whether entities are multiplied by their coordinates, never by a Gram
   *     matrix
   */
  InputProducts(
      StructuredInputs inputs, boolean byCoordinates, Precision precision, Parallel parallel) {
    this.inputs = inputs;
    this.terms = inputs.terms();
    this.byCoordinates = byCoordinates;
    this.precision = precision;
    this.parallel = parallel;
    this.modes = new BlockEntities[inputs.modes()];
    this.rows = precision.array(0);
  }

  /** Begins a block of inputs. */
  void begin(int[] block) {
    int[] products = terms.indices(block);
    for (int k = 0; k < modes.length; k++) {
      modes[k] = entities(k, products);
    }
  }

  private BlockEntities entities(int mode, int[] products) {
    if (!byCoordinates) {
      return GramEntities.of(terms.products(), mode, products);
    }
    return inputs.isSparse()
        ? new IdentityEntities(inputs, mode, products)
        : new CoordinateEntities(terms.products(), mode, products, precision);
  }

  /** Inner products of all inputs of a batch with one another, samples × samples. */
  double[] gram(int[] samples) {
    int n = samples.length;
    double[] gram = new double[n * n];
    if (byCoordinates) {
      InputProducts among = new InputProducts(inputs, true, precision, parallel);
      among.begin(samples);
      among.compute(samples, n, n).read(0, gram, gram.length);
      return gram;
    }
    double[] row = new double[n];
    for (int j = 0; j < n; j++) {
      inputs.innerProducts(samples[j], samples, n, row);
      System.arraycopy(row, 0, gram, j * n, n);
    }
    return gram;
  }

  /**
   * Returns {@code rows[p · columns + i] = ⟨x_block[p], x_samples[i]⟩} for the first {@code taken}
   * inputs of the block; overwritten by the next call.
   *
   * @param columns at least the number of samples
   */
  RealArray compute(int[] samples, int taken, int columns) {
    int needed = Math.multiplyExact(taken, columns);
    if (rows.length() < needed) {
      // Logs grow: not by as much as one batch each time.
      rows = precision.array((int) Math.min(Integer.MAX_VALUE - 8, needed + (long) needed / 2));
    }
    for (int r = 0; r < terms.readCount(); r++) {
      addTerm(samples, r, taken, columns);
    }
    return rows;
  }

  /** Adds what one term of the samples contributes to the inner products. */
  private void addTerm(int[] samples, int read, int taken, int columns) {
    int[] products = new int[samples.length];
    Arrays.setAll(products, i -> terms.index(samples[i], read));
    RealArray[] factors = new RealArray[modes.length];
    int count = terms.count();
    for (int k = 0; k < modes.length; k++) {
      factors[k] = modes[k].innerProducts(products, taken * count, columns, precision, parallel);
    }
    parallel.forRange(
        taken,
        ROWS_PER_TASK,
        (first, last, worker) -> {
          if (count == 1) {
            for (int p = first; p < last; p++) {
              multiplyFactors(factors, p, rows, p * columns, columns);
            }
            return;
          }
          RealArray product = precision.array(columns);
          for (int p = first; p < last; p++) {
            for (int t = 0; t < count; t++) {
              multiplyFactors(factors, p * count + t, product, 0, columns);
              double weight = terms.readWeight(read) * terms.weight(t);
              addTo(p * columns, weight, product, columns, read > 0 || t > 0);
            }
          }
        });
  }

  private void multiplyFactors(
      RealArray[] factors, int product, RealArray target, int offset, int columns) {
    for (int k = 0; k < factors.length; k++) {
      int row = modes[k].row(product) * columns;
      switch (target) {
        case FloatArray(float[] out) ->
            multiply(((FloatArray) factors[k]).values(), row, out, offset, columns, k > 0);
        case DoubleArray(double[] out) ->
            multiply(((DoubleArray) factors[k]).values(), row, out, offset, columns, k > 0);
      }
    }
  }

  private void addTo(int offset, double weight, RealArray product, int count, boolean further) {
    switch (rows) {
      case FloatArray(float[] out) -> {
        float[] numbers = ((FloatArray) product).values();
        float factor = (float) weight;
        for (int i = 0; i < count; i++) {
          out[offset + i] = factor * numbers[i] + (further ? out[offset + i] : 0);
        }
      }
      case DoubleArray(double[] out) -> {
        double[] numbers = ((DoubleArray) product).values();
        for (int i = 0; i < count; i++) {
          out[offset + i] = weight * numbers[i] + (further ? out[offset + i] : 0);
        }
      }
    }
  }

  private static void multiply(
      float[] factor, int row, float[] out, int offset, int count, boolean further) {
    if (!further) {
      System.arraycopy(factor, row, out, offset, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      out[offset + i] *= factor[row + i];
    }
  }

  private static void multiply(
      double[] factor, int row, double[] out, int offset, int count, boolean further) {
    if (!further) {
      System.arraycopy(factor, row, out, offset, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      out[offset + i] *= factor[row + i];
    }
  }
}
