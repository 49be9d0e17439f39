package kronwood.engine;

import java.util.Arrays;
import kronwood.input.StructuredInputs;
import kronwood.input.Terms;
import kronwood.math.DoubleArray;
import kronwood.math.FloatArray;
import kronwood.math.Kernels;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;
import kronwood.state.CoefficientLog;

/**
 * By how much the log of a block changes pre-activations, {@code Σ_parts s · Σ_j c_{r,j} ⟨x_j,
 * x_i⟩}, for the samples i of one batch: those lie side by side, so that an entry of the log is
 * looked up once for all of them.
 *
 * <p>Cost of a batch of S samples: (inputs in the log) · S inner products, and for each neuron
 * asked for its entries · S, S rounded up to a multiple of 16. Memory: (inputs in the log + m) · S
 * numbers. Inner products of inputs that are sums are summed over their {@link Terms}.
 */
final class LogChanges {
  private static final int LANES = Kernels.PANEL;
  private static final int ROWS_PER_TASK = 64;
  private static final int NEURONS_PER_TASK = 8;

  /** Samples whose inner products with the log's inputs are held at a time. */
  private static final int SAMPLES_AT_ONCE = 256;

  private final Kernels kernels = Kernels.active();
  private final Terms terms;
  private final Precision precision;
  private final Parallel parallel;
  private final BlockEntities[] modes;
  private final float[][] scaled;
  private final int[] scaledLength;
  private double[] scaledAt = new double[0];
  private RealArray rows;
  private RealArray changes;
  private int width;

  LogChanges(StructuredInputs inputs, int units, Precision precision, Parallel parallel) {
    this.scaled = new float[units][0];
    this.scaledLength = new int[units];
    this.terms = inputs.terms();
    this.precision = precision;
    this.parallel = parallel;
    this.modes = new BlockEntities[inputs.modes()];
    this.rows = precision.array(0);
    this.changes = precision.array(0);
  }

  /** Begins a block of inputs, with an empty log. */
  void begin(int[] block) {
    Arrays.fill(scaledLength, 0);
    int[] products = terms.indices(block);
    for (int k = 0; k < modes.length; k++) {
      modes[k] = BlockEntities.of(terms.products(), k, products);
    }
  }

  /** The change of a neuron on the i-th sample of the batch. */
  double get(int neuron, int i) {
    return changes.get(neuron * width + i);
  }

  /**
   * Computes the changes of a batch.
   *
   * @param samples the batch
   * @param taken number of inputs of the block that the log may name
   * @param log the log
   * @param scales s, for each part of the log
   * @param wanted neurons that are asked for
   */
  void compute(int[] samples, int taken, CoefficientLog log, double[] scales, boolean[] wanted) {
    width = padded(samples.length);
    if (!Arrays.equals(scales, scaledAt)) {
      Arrays.fill(scaledLength, 0);
      scaledAt = scales.clone();
    }
    int needed = Math.multiplyExact(log.neurons(), width);
    if (changes.length() < needed) {
      changes = precision.array(needed);
    }
    for (int from = 0; from < samples.length; from += SAMPLES_AT_ONCE) {
      int to = Math.min(samples.length, from + SAMPLES_AT_ONCE);
      innerProducts(Arrays.copyOfRange(samples, from, to), taken);
      int columns = padded(to - from);
      int column = from;
      parallel.forRange(
          log.neurons(),
          NEURONS_PER_TASK,
          (first, last, worker) -> {
            for (int r = first; r < last; r++) {
              if (wanted[r]) {
                combine(r, log, scales, columns, column);
              }
            }
          });
    }
  }

  private static int padded(int samples) {
    return Math.ceilDiv(samples, LANES) * LANES;
  }

  private void combine(int r, CoefficientLog log, double[] scales, int columns, int column) {
    int length = log.length(r);
    int target = r * width + column;
    switch (rows) {
      case FloatArray(float[] matrix) -> {
        float[] coefficients = scaled(r, log, scales);
        float[] out = ((FloatArray) changes).values();
        kernels.combineRows(
            matrix, columns, log.positions(r), coefficients, length, out, target, 0, columns);
      }
      case DoubleArray(double[] matrix) -> {
        double[] coefficients = new double[length];
        log.coefficients(r, scales, coefficients);
        double[] out = ((DoubleArray) changes).values();
        kernels.combineRows(
            matrix, columns, log.positions(r), coefficients, length, out, target, 0, columns);
      }
    }
  }

  /** The coefficients of a neuron at the scales; only those made since are new. */
  private float[] scaled(int r, CoefficientLog log, double[] scales) {
    int length = log.length(r);
    if (scaled[r].length < length) {
      scaled[r] = Arrays.copyOf(scaled[r], Math.max(16, 2 * length));
    }
    log.coefficients(r, scales, scaledLength[r], scaled[r]);
    scaledLength[r] = length;
    return scaled[r];
  }

  /** {@code rows[p · columns + i] = ⟨x_block[p], x_samples[i]⟩}. */
  private void innerProducts(int[] samples, int taken) {
    int columns = padded(samples.length);
    int needed = Math.multiplyExact(taken, columns);
    if (rows.length() < needed) {
      // Logs grow: not by as much as one batch each time.
      rows = precision.array((int) Math.min(Integer.MAX_VALUE - 8, needed + (long) needed / 2));
    }
    for (int r = 0; r < terms.readCount(); r++) {
      addTerm(samples, r, taken, columns);
    }
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
