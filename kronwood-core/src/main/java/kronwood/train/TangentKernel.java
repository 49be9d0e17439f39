package kronwood.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import kronwood.gram.StructuredInputs;
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
 * {@code s² √(w_i w_j) [c = c'] ⟨x_i, x_j⟩}. Never formed: a product with a vector costs Σ_r
 * (samples r fires on)². Memory: 8 · n² bytes for the inner products of n samples.
 */
final class TangentKernel {
  private static final int POWER_ITERATIONS = 40;

  private final int samples;
  private final OutputLayer output;
  private final double[] inner;
  private final double[] rootWeight;

  /** Per neuron, the samples it fires on and by how much it is above the shift there. */
  private final int[][] firing;

  private final double[][] activation;

  private TangentKernel(int samples, OutputLayer output) {
    this.samples = samples;
    this.output = output;
    this.inner = new double[samples * samples];
    this.rootWeight = new double[samples];
    this.firing = new int[output.units()][0];
    this.activation = new double[output.units()][0];
  }

  static TangentKernel of(
      Engine engine, OutputLayer output, TrainingProblem problem, int[] subset) {
    StructuredInputs inputs = problem.inputs();
    int n = subset.length;
    TangentKernel kernel = new TangentKernel(n, output);
    int[] counts = new int[output.units()];
    FiredNeurons fired = new FiredNeurons();
    double[] row = new double[n];
    engine.prepare(subset, 0, n);
    for (int i = 0; i < n; i++) {
      inputs.innerProducts(subset[i], subset, n, row);
      System.arraycopy(row, 0, kernel.inner, i * n, n);
      kernel.rootWeight[i] = Math.sqrt(problem.samples().weight(subset[i]) / problem.meanWeight());
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
    double[] v = gaussian(samples * output.outputs(), random);
    double eigenvalue = 0;
    for (int iteration = 0; iteration < POWER_ITERATIONS; iteration++) {
      eigenvalue = normalise(v);
      v = times(v);
    }
    return Math.max(eigenvalue, normalise(v));
  }

  /** Largest eigenvalue of any one sample's C × C block, each by power iteration. */
  double largestBlockEigenvalue(SplittableRandom random) {
    int outputs = output.outputs();
    double[] v = gaussian(samples * outputs, random);
    double largest = 0;
    for (int iteration = 0; iteration < POWER_ITERATIONS; iteration++) {
      for (int i = 0; i < samples; i++) {
        largest = Math.max(largest, normalise(v, i * outputs, outputs, iteration > 0));
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
    int outputs = output.outputs();
    double[] product = new double[v.length];
    for (int r = 0; r < firing.length; r++) {
      int[] list = firing[r];
      double[] along = new double[list.length];
      for (int b = 0; b < list.length; b++) {
        along[b] = rootWeight[list[b]] * backward(r, v, list[b] * outputs);
      }
      for (int a = 0; a < list.length; a++) {
        int row = list[a] * samples;
        double sum = 0;
        for (int b = 0; b < list.length; b++) {
          sum += inner[row + list[b]] * along[b];
        }
        forward(r, rootWeight[list[a]] * sum, product, list[a] * outputs);
      }
      if (output.isTrained() && r < output.neurons()) {
        addOutputLayer(r, v, product);
      }
    }
    return product;
  }

  private void addOutputLayer(int r, double[] v, double[] product) {
    int outputs = output.outputs();
    int[] list = firing[r];
    for (int c = 0; c < outputs; c++) {
      double sum = 0;
      for (int b = 0; b < list.length; b++) {
        sum += activation[r][b] * rootWeight[list[b]] * v[list[b] * outputs + c];
      }
      for (int a = 0; a < list.length; a++) {
        product[list[a] * outputs + c] +=
            activation[r][a] * rootWeight[list[a]] * sum / output.neurons();
      }
    }
  }

  private double[] timesBlocks(double[] v) {
    int outputs = output.outputs();
    double[] product = new double[v.length];
    for (int r = 0; r < firing.length; r++) {
      for (int a = 0; a < firing[r].length; a++) {
        int i = firing[r][a];
        double weight = rootWeight[i] * rootWeight[i];
        double along = weight * inner[i * samples + i] * backward(r, v, i * outputs);
        forward(r, along, product, i * outputs);
        if (output.isTrained() && r < output.neurons()) {
          double square = weight * activation[r][a] * activation[r][a] / output.neurons();
          for (int c = 0; c < outputs; c++) {
            product[i * outputs + c] += square * v[i * outputs + c];
          }
        }
      }
    }
    return product;
  }

  /** {@code Σ_c A_{c,r} v_c}; of a linear unit {@code s v_c}. */
  private double backward(int r, double[] v, int offset) {
    if (r >= output.neurons()) {
      return output.skip() * v[offset + r - output.neurons()];
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
      product[offset + r - output.neurons()] += output.skip() * along;
      return;
    }
    for (int c = 0; c < output.outputs(); c++) {
      product[offset + c] += output.weight(c, r) * along / output.neurons();
    }
  }
}
