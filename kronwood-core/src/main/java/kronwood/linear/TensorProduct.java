package kronwood.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import kronwood.input.StructuredInputs;
import kronwood.input.TensorContraction;
import kronwood.math.Parallel;
import kronwood.math.kernel.Kernels;

/**
 * Sums the columns' inputs to one tensor of weights, {@code W = Σ_q x_q · x_from[q]}, mode by mode,
 * and evaluates it on the rows' inputs: {@code y_p = ⟨W, x_to[p]⟩}. See {@link TensorContraction}
 * for the cost.
 *
 * <p>Both selections are cut into parts, the same for any number of threads, each with a tensor of
 * its own: memory {@code 8 · d} bytes for each of {@value #PARTS}.
 */
final class TensorProduct implements Product {
  private static final int PARTS = 8;

  private final Kernels kernels = Kernels.active();
  private final Parallel parallel;
  private final List<Part> to;
  private final List<Part> from;
  private final double[][] tensors;

  /** Inputs next to each other in the order of their entities. */
  private record Part(int[] positions, TensorContraction contraction) {}

  TensorProduct(StructuredInputs inputs, int[] to, int[] from, Parallel parallel) {
    this.parallel = parallel;
    this.to = parts(inputs, to);
    this.from = parts(inputs, from);
    this.tensors = new double[this.from.size()][this.from.getFirst().contraction().tensorSize()];
  }

  /**
   * Estimated cost of a product.
   *
   * @param prefixes element k holds the axis of the first k + 1 modes
   */
  static double cost(StructuredInputs inputs, List<Axis> prefixes) {
    int last = inputs.modes() - 1;
    double size = inputs.factor(last).rank();
    double cost =
        (prefixes.get(last).from().size() + (double) prefixes.get(last).to().size())
            * Cost.call(size, size * inputs.factor(last).entities());
    for (int k = last - 1; k >= 0; k--) {
      double distinct = prefixes.get(k).from().count() + (double) prefixes.get(k).to().count();
      cost += distinct * inputs.factor(k).rank() * Cost.call(size, size * inputs.factor(k).rank());
      size *= inputs.factor(k).rank();
    }
    return cost + PARTS * size;
  }

  static double bytes(StructuredInputs inputs) {
    return PARTS * Cost.arrays(inputs.estimatedDimension());
  }

  private static List<Part> parts(StructuredInputs inputs, int[] selected) {
    Comparator<Integer> byEntities =
        (p, q) -> {
          int order = 0;
          for (int k = 0; k < inputs.modes() && order == 0; k++) {
            order = Integer.compare(inputs.entity(selected[p], k), inputs.entity(selected[q], k));
          }
          return order;
        };
    int[] sorted =
        IntStream.range(0, selected.length)
            .boxed()
            .sorted(byEntities)
            .mapToInt(Integer::intValue)
            .toArray();
    List<Part> parts = new ArrayList<>();
    int count = Math.min(PARTS, selected.length);
    for (int part = 0; part < count; part++) {
      int start = (int) ((long) selected.length * part / count);
      int end = (int) ((long) selected.length * (part + 1) / count);
      int[] positions = Arrays.copyOfRange(sorted, start, end);
      int[] members = Arrays.stream(positions).map(position -> selected[position]).toArray();
      parts.add(new Part(positions, new TensorContraction(inputs, members)));
    }
    return parts;
  }

  @Override
  public void times(double[] x, double[] y) {
    parallel.forRange(
        from.size(),
        1,
        (start, end, worker) -> {
          for (int part = start; part < end; part++) {
            int[] positions = from.get(part).positions();
            double[] coefficients = new double[positions.length];
            Arrays.setAll(coefficients, i -> x[positions[i]]);
            Arrays.fill(tensors[part], 0);
            from.get(part).contraction().accumulate(coefficients, tensors[part]);
          }
        });
    double[] sum = tensors[0];
    parallel.forRange(
        sum.length,
        Product.grain(tensors.length),
        (start, end, worker) -> {
          for (int part = 1; part < tensors.length; part++) {
            kernels.axpy(1, tensors[part], start, sum, start, end - start);
          }
        });
    parallel.forRange(
        to.size(),
        1,
        (start, end, worker) -> {
          for (int part = start; part < end; part++) {
            int[] positions = to.get(part).positions();
            double[] values = new double[positions.length];
            to.get(part).contraction().evaluate(sum, values);
            for (int i = 0; i < positions.length; i++) {
              y[positions[i]] = values[i];
            }
          }
        });
  }
}
