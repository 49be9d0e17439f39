package kronwood.linear;

import kronwood.input.StructuredInputs;
import kronwood.math.Parallel;
import kronwood.math.kernel.Kernels;

/**
 * Makes one row of the kernel matrix after the other, from the modes' Gram matrices, and forgets it
 * again. Needs next to no memory of its own. Cost: rows · columns · K, or rows · columns · Σ rank_k
 * where {@link StructuredInputs} does not keep the Gram matrices.
 */
final class DirectProduct implements Product {
  private final Kernels kernels = Kernels.active();
  private final Parallel parallel;
  private final StructuredInputs inputs;
  private final int[] to;
  private final int[] from;

  DirectProduct(StructuredInputs inputs, int[] to, int[] from, Parallel parallel) {
    this.parallel = parallel;
    this.inputs = inputs;
    this.to = to;
    this.from = from;
  }

  static double cost(StructuredInputs inputs, double rows, double columns) {
    double cost = 1;
    for (int k = 0; k < inputs.modes(); k++) {
      double entities = inputs.factor(k).entities();
      double rank = inputs.factor(k).rank();
      cost += keepsGram(inputs, k) ? Cost.INDEXED : Cost.call(rank, rank * entities);
    }
    return rows * columns * cost;
  }

  private static boolean keepsGram(StructuredInputs inputs, int mode) {
    double entities = inputs.factor(mode).entities();
    return entities * entities <= 1 << 25;
  }

  @Override
  public void times(double[] x, double[] y) {
    double[][] scratch = new double[parallel.threads()][from.length];
    parallel.forRange(
        to.length,
        Product.grain(from.length * Cost.INDEXED),
        (start, end, worker) -> {
          double[] row = scratch[worker];
          for (int p = start; p < end; p++) {
            inputs.innerProducts(to[p], from, from.length, row);
            y[p] = kernels.dot(row, 0, x, 0, from.length);
          }
        });
  }
}
