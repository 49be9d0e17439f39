package kronwood.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import kronwood.gram.StructuredInputs;
import kronwood.tree.FiredNeurons;

/**
 * The largest step size that mini-batch SGD bears, from the spectrum of the network's tangent
 * kernel
 *
 * <pre>
 *   K_ij = ⟨x_i, x_j⟩ · |fired_i ∩ fired_j| / m        η(S) = S / (h · (β_K + (S − 1) · λ₁(K) / n))
 * </pre>
 *
 * <p>with {@code β_K = max_i K_ii}, λ₁ by power iteration and h the loss's curvature (Ma, Bassily
 * and Belkin, "The Power of Interpolation", ICML 2018). K is taken at the initial weights, over a
 * random part of the training samples. Cost: 1024² · (K + m/64) at most. Units: those of {@code
 * ‖weights‖²} per loss.
 */
final class StepSize {
  private static final int LARGEST_SUBSET = 1024;
  private static final int POWER_ITERATIONS = 50;

  private StepSize() {}

  static double of(
      Engine engine, TrainingProblem problem, int batch, int neurons, SplittableRandom random) {
    int[] subset = subset(problem.split().train(), random);
    double[] kernel = tangentKernel(engine, problem.inputs(), subset, neurons);
    int n = subset.length;
    double largestDiagonal = 0;
    for (int i = 0; i < n; i++) {
      largestDiagonal = Math.max(largestDiagonal, kernel[i * n + i]);
    }
    if (largestDiagonal == 0) {
      // No neuron fires anywhere: no step changes anything.
      return 1;
    }
    double largestEigenvalue = largestEigenvalue(kernel, n, random);
    int samples = Math.min(batch, problem.split().train().length);
    double curvature = problem.loss().curvature();
    return samples / (curvature * (largestDiagonal + (samples - 1) * largestEigenvalue / n));
  }

  private static int[] subset(int[] train, SplittableRandom random) {
    int[] shuffled = train.clone();
    int size = Math.min(LARGEST_SUBSET, train.length);
    for (int i = 0; i < size; i++) {
      int other = random.nextInt(i, shuffled.length);
      int sample = shuffled[other];
      shuffled[other] = shuffled[i];
      shuffled[i] = sample;
    }
    return Arrays.copyOf(shuffled, size);
  }

  private static double[] tangentKernel(
      Engine engine, StructuredInputs inputs, int[] subset, int neurons) {
    int n = subset.length;
    int words = (neurons + 63) / 64;
    long[] firing = new long[n * words];
    FiredNeurons fired = new FiredNeurons();
    engine.prepare(subset, 0, n);
    for (int i = 0; i < n; i++) {
      engine.query(subset[i], fired);
      for (int f = 0; f < fired.count(); f++) {
        firing[i * words + fired.neuron(f) / 64] |= 1L << (fired.neuron(f) % 64);
      }
    }
    double[] kernel = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        int common = 0;
        for (int w = 0; w < words; w++) {
          common += Long.bitCount(firing[i * words + w] & firing[j * words + w]);
        }
        double entry = common == 0 ? 0 : inputs.inner(subset[i], subset[j]) * common / neurons;
        kernel[i * n + j] = entry;
        kernel[j * n + i] = entry;
      }
    }
    return kernel;
  }

  private static double largestEigenvalue(double[] kernel, int n, SplittableRandom random) {
    double[] v = new double[n];
    double[] next = new double[n];
    for (int i = 0; i < n; i++) {
      v[i] = random.nextGaussian();
    }
    double eigenvalue = 0;
    for (int iteration = 0; iteration < POWER_ITERATIONS; iteration++) {
      double norm = 0;
      for (double value : v) {
        norm += value * value;
      }
      norm = Math.sqrt(norm);
      eigenvalue = 0;
      for (int i = 0; i < n; i++) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
          sum += kernel[i * n + j] * v[j];
        }
        next[i] = sum / norm;
        eigenvalue += next[i] * v[i] / norm;
      }
      double[] previous = v;
      v = next;
      next = previous;
    }
    return eigenvalue;
  }
}
