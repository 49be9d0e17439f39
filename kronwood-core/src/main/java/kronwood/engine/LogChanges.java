package kronwood.engine;

import java.util.Arrays;
import kronwood.math.DoubleArray;
import kronwood.math.FloatArray;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;
import kronwood.math.kernel.Kernels;
import kronwood.state.CoefficientLog;

/**
 * By how much the log of a block changes pre-activations, {@code Σ_parts s · Σ_j c_{r,j} ⟨x_j,
 * x_i⟩}, for the samples i of one batch: those lie side by side, so that an entry of the log is
 * looked up once for all of them.
 *
 * <p>Cost of a batch of S samples: (inputs in the log) · S inner products, and for each neuron
 * asked for its entries · S, S rounded up to a multiple of 16. Memory: (inputs in the log + m) · S
 * numbers.
 */
final class LogChanges {
  private static final int LANES = Kernels.PANEL;
  private static final int NEURONS_PER_TASK = 8;

  /** Samples whose inner products with the log's inputs are held at a time. */
  private static final int SAMPLES_AT_ONCE = 256;

  private final Kernels kernels = Kernels.active();
  private final InputProducts products;
  private final Precision precision;
  private final Parallel parallel;
  private final float[][] scaled;
  private final int[] scaledLength;
  private double[] scaledAt = new double[0];
  private RealArray changes;
  private int width;

  LogChanges(InputProducts products, int units, Precision precision, Parallel parallel) {
    this.scaled = new float[units][0];
    this.scaledLength = new int[units];
    this.products = products;
    this.precision = precision;
    this.parallel = parallel;
    this.changes = precision.array(0);
  }

  /** Begins a block of inputs, with an empty log. */
  void begin(int[] block) {
    Arrays.fill(scaledLength, 0);
    products.begin(block);
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
      int columns = padded(to - from);
      RealArray rows = products.compute(Arrays.copyOfRange(samples, from, to), taken, columns);
      int column = from;
      parallel.forRange(
          log.neurons(),
          NEURONS_PER_TASK,
          (first, last, worker) -> {
            for (int r = first; r < last; r++) {
              if (wanted[r]) {
                combine(rows, r, log, scales, columns, column);
              }
            }
          });
    }
  }

  private static int padded(int samples) {
    return Math.ceilDiv(samples, LANES) * LANES;
  }

  private void combine(
      RealArray rows, int r, CoefficientLog log, double[] scales, int columns, int column) {
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
}
