package kronwood.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import kronwood.engine.Engine;
import kronwood.input.StructuredInputs;
import kronwood.network.Exchange;
import kronwood.network.OutputLayer;
import kronwood.network.SumOrder;
import kronwood.tree.FiredNeurons;

/**
 * The network's tangent kernel over some samples, weighted by their weights: inner products of the
 * gradients of {@code f_c(x_i)} and {@code f_c'(x_j)} with respect to all that is trained,
 *
 * <pre>
 *   K_(i,c),(j,c') = √(w_i w_j) / m · Σ_r a_{r,i} a_{r,j} · (A_{c,r} A_{c',r} ⟨x_i, x_j⟩)
 *                    + the same with [c = c'] φ(z_{r,i}) φ(z_{r,j}), if the output layer is trained
 * </pre>
 *
 * <p>with {@code a_{r,i} = 1} where neuron r fires on sample i; and a linear skip of weight s adds
 * {@code s² √(w_i w_j) [c = c'] ⟨x_i, x_j⟩}. That of an ensemble has a block for each member, with
 * m/E for m, the weights w of that member, and 0 elsewhere. Never formed: a product with a vector
 * costs Σ_r (samples r fires on)². Memory: 8 · n² bytes for the inner products of n samples.
 */
final class TangentKernel {
  private static final int POWER_ITERATIONS = 40;

  private final int samples;
  private final int width;
  private final OutputLayer output;
  private final Exchange exchange;
  private final double[] inner;

  /** For each sample and member. */
  private final double[] rootWeight;

  /** Per neuron, the samples it fires on and by how much it is above the shift there. */
  private final int[][] firing;

  private final double[][] activation;

  private TangentKernel(int samples, OutputLayer output, Exchange exchange) {
    this.samples = samples;
    this.width = output.width();
    this.output = output;
    this.exchange = exchange;
    this.inner = new double[samples * samples];
    this.rootWeight = new double[samples * output.members()];
    this.firing = new int[output.units()][0];
    this.activation = new double[output.units()][0];
  }

  static TangentKernel of(
      Engine engine,
      OutputLayer output,
      TrainingProblem problem,
      MemberLosses losses,
      Exchange exchange,
      int[] subset) {
    StructuredInputs inputs = problem.inputs();
    int n = subset.length;
    TangentKernel kernel = new TangentKernel(n, output, exchange);
    int[] counts = new int[output.units()];
    FiredNeurons fired = new FiredNeurons();
    double[] row = new double[n];
    engine.prepare(subset, 0, n);
    for (int i = 0; i < n; i++) {
      if (engine.usesGramMatrices()) {
        inputs.innerProducts(subset[i], subset, n, row);
      } else {
        for (int j = 0; j < n; j++) {
          row[j] = inputs.inner(subset[i], subset[j]);
        }
      }
      System.arraycopy(row, 0, kernel.inner, i * n, n);
      for (int e = 0; e < output.members(); e++) {
        kernel.rootWeight[i * output.members() + e] = Math.sqrt(losses.weight(subset[i], e));
      }
      engine.query(subset[i], fired);
      for (int f = 0; f < fired.count(); f++) {
        int r = fired.neuron(f);
        if (counts[r] == kernel.firing[r].length) {
          int capacity = Math.max(8, 2 * counts[r]);
          kernel.firing[r] = Arrays.copyOf(kernel.firing[r], capacity);
          kernel.activation[r] = Arrays.copyOf(kernel.activation[r], capacity);
        }
        kernel.firing[r][counts[r]] = i;
        kernel.activation[r][counts[r]++] =
            output.activation().of(fired.preActivation(f), output.shift());
      }
    }
    for (int r = 0; r < counts.length; r++) {
      kernel.firing[r] = Arrays.copyOf(kernel.firing[r], counts[r]);
      kernel.activation[r] = Arrays.copyOf(kernel.activation[r], counts[r]);
    }
    return kernel;
  }

  /** Largest eigenvalue of the kernel, by power iteration. */
  double largestEigenvalue(SplittableRandom random) {
    double[] v = gaussian(samples * output.width(), random);
    double eigenvalue = 0;
    for (int iteration = 0; iteration < POWER_ITERATIONS; iteration++) {
      eigenvalue = normalise(v);
      v = times(v);
    }
    return Math.max(eigenvalue, normalise(v));
  }

  /** Largest eigenvalue of any one sample's and member's C × C block, each by power iteration. */
  double largestBlockEigenvalue(SplittableRandom random) {
    int outputs = output.outputs();
    double[] v = gaussian(samples * output.width(), random);
    double largest = 0;
    for (int iteration = 0; iteration < POWER_ITERATIONS; iteration++) {
      for (int i = 0; i < v.length; i += outputs) {
        largest = Math.max(largest, normalise(v, i, outputs, iteration > 0));
      }
      v = timesBlocks(v);
    }
    return largest;
  }

  private static double[] gaussian(int length, SplittableRandom random) {
    double[] v = new double[length];
    for (int i = 0; i < length; i++) {
      v[i] = random.nextGaussian();
    }
    return v;
  }

  private static double normalise(double[] v) {
    return normalise(v, 0, v.length, true);
  }

  /** Scales a part of v to norm 1 and returns the norm it had, or 0 where that is not asked for. */
  private static double normalise(double[] v, int offset, int length, boolean wanted) {
    double square = 0;
    for (int i = offset; i < offset + length; i++) {
      square += v[i] * v[i];
    }
    double norm = Math.sqrt(square);
    for (int i = offset; i < offset + length && norm > 0; i++) {
      v[i] /= norm;
    }
    return wanted ? norm : 0;
  }

  private double[] times(double[] v) {
    return sum((r, product) -> addProduct(r, v, product));
  }

  private double[] timesBlocks(double[] v) {
    return sum((r, product) -> addBlocks(r, v, product));
  }

  /** Sums what units contribute, C numbers for each sample of their member's. */
  private double[] sum(SumOrder.Addend addend) {
    int outputs = output.outputs();
    double[] product = new double[samples * width];
    for (int e = 0; e < output.members(); e++) {
      double[] sum = output.order().sum(e, samples * outputs, addend);
      for (int i = 0; i < samples; i++) {
        System.arraycopy(sum, i * outputs, product, i * width + e * outputs, outputs);
      }
    }
    exchange.sum(product, product.length);
    return product;
  }

  private void addProduct(int r, double[] v, double[] product) {
    int[] list = firing[r];
    int first = first(r);
    double[] along = new double[list.length];
    for (int b = 0; b < list.length; b++) {
      along[b] = rootWeight(list[b], first) * backward(r, v, list[b] * width + first);
    }
    double[] sums = innerProducts(list, along);
    for (int a = 0; a < list.length; a++) {
      forward(r, rootWeight(list[a], first) * sums[a], product, list[a] * output.outputs());
    }
    if (output.isTrained() && r < output.neurons()) {
      addOutputLayer(r, v, product);
    }
  }

  /**
   * {@code Σ_b ⟨x_a, x_b⟩ along_b} of each a of the list: four at a time, for a sum waits for each
   * addition.
   */
  private double[] innerProducts(int[] list, double[] along) {
    int n = list.length;
    double[] sums = new double[n];
    int a = 0;
    for (; a + 4 <= n; a += 4) {
      int row0 = list[a] * samples;
      int row1 = list[a + 1] * samples;
      int row2 = list[a + 2] * samples;
      int row3 = list[a + 3] * samples;
      double sum0 = 0;
      double sum1 = 0;
      double sum2 = 0;
      double sum3 = 0;
      for (int b = 0; b < n; b++) {
        int column = list[b];
        double factor = along[b];
        sum0 += inner[row0 + column] * factor;
        sum1 += inner[row1 + column] * factor;
        sum2 += inner[row2 + column] * factor;
        sum3 += inner[row3 + column] * factor;
      }
      sums[a] = sum0;
      sums[a + 1] = sum1;
      sums[a + 2] = sum2;
      sums[a + 3] = sum3;
    }
    for (; a < n; a++) {
      int row = list[a] * samples;
      for (int b = 0; b < n; b++) {
        sums[a] += inner[row + list[b]] * along[b];
      }
    }
    return sums;
  }

  private void addOutputLayer(int r, double[] v, double[] product) {
    int[] list = firing[r];
    int first = first(r);
    for (int c = 0; c < output.outputs(); c++) {
      double sum = 0;
      for (int b = 0; b < list.length; b++) {
        sum += activation[r][b] * rootWeight(list[b], first) * v[list[b] * width + first + c];
      }
      for (int a = 0; a < list.length; a++) {
        product[list[a] * output.outputs() + c] +=
            activation[r][a] * rootWeight(list[a], first) * sum / output.memberNeurons();
      }
    }
  }

  private void addBlocks(int r, double[] v, double[] product) {
    int first = first(r);
    for (int a = 0; a < firing[r].length; a++) {
      int i = firing[r][a];
      int from = i * width + first;
      int to = i * output.outputs();
      double weight = rootWeight(i, first) * rootWeight(i, first);
      double along = weight * inner[i * samples + i] * backward(r, v, from);
      forward(r, along, product, to);
      if (output.isTrained() && r < output.neurons()) {
        double square = weight * activation[r][a] * activation[r][a] / output.memberNeurons();
        for (int c = 0; c < output.outputs(); c++) {
          product[to + c] += square * v[from + c];
        }
      }
    }
  }

  /** The first output of the member that a unit belongs to. */
  private int first(int r) {
    int member =
        r < output.neurons() ? output.member(r) : (r - output.neurons()) / output.outputs();
    return member * output.outputs();
  }

  /** √w of a sample, for the member whose first output is given. */
  private double rootWeight(int i, int first) {
    return rootWeight[i * output.members() + first / output.outputs()];
  }

  /** {@code Σ_c A_{c,r} v_c}; of a linear unit {@code s v_c}. */
  private double backward(int r, double[] v, int offset) {
    if (r >= output.neurons()) {
      return output.skip() * v[offset + (r - output.neurons()) % output.outputs()];
    }
    double sum = 0;
    for (int c = 0; c < output.outputs(); c++) {
      sum += output.weight(c, r) * v[offset + c];
    }
    return sum;
  }

  /** {@code product_c += A_{c,r} · along / m}; of a linear unit {@code s · along}. */
  private void forward(int r, double along, double[] product, int offset) {
    if (r >= output.neurons()) {
      product[offset + (r - output.neurons()) % output.outputs()] += output.skip() * along;
      return;
    }
    for (int c = 0; c < output.outputs(); c++) {
      product[offset + c] += output.weight(c, r) * along / output.memberNeurons();
    }
  }
}
