package kronwood.train;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The largest step size that mini-batch SGD bears, from the spectrum of the network's tangent
 * kernel
 *
 * <pre>
 *   η(S) = S / (h · (β_K + (S − 1) · λ₁(K) / n))
 * </pre>
 *
 * <p>with {@code β_K} the largest eigenvalue of a single sample's block, λ₁ that of the whole
 * kernel, and h the loss's curvature (Ma, Bassily and Belkin, "The Power of Interpolation", ICML
 * 2018). The kernel is taken at the initial weights, over a random part of the training samples;
 * see {@link TangentKernel} for its cost.
 */
final class StepSize {
  private static final int LARGEST_SUBSET = 1024;
  private static final int SMALLEST_SUBSET = 64;

  /** Largest number of sample and output pairs that the kernel is taken over. */
  private static final int LARGEST_KERNEL = 1 << 14;

  private StepSize() {}

  static double of(
      Engine engine,
      OutputLayer output,
      TrainingProblem problem,
      int batch,
      SplittableRandom random) {
    int[] train = problem.split().train();
    int[] subset = subset(train, LARGEST_KERNEL / output.outputs(), random);
    TangentKernel kernel = TangentKernel.of(engine, output, problem, subset);
    double largestBlock = kernel.largestBlockEigenvalue(random);
    if (largestBlock == 0) {
      // No neuron fires anywhere: no step changes anything.
      return 1;
    }
    double largestEigenvalue = kernel.largestEigenvalue(random);
    int samples = Math.min(batch, train.length);
    double curvature = problem.loss().curvature();
    return samples
        / (curvature * (largestBlock + (samples - 1) * largestEigenvalue / subset.length));
  }

  private static int[] subset(int[] train, int wanted, SplittableRandom random) {
    int[] shuffled = train.clone();
    int size = Math.min(Math.clamp(wanted, SMALLEST_SUBSET, LARGEST_SUBSET), train.length);
    for (int i = 0; i < size; i++) {
      int other = random.nextInt(i, shuffled.length);
      int sample = shuffled[other];
      shuffled[other] = shuffled[i];
      shuffled[i] = sample;
    }
    return Arrays.copyOf(shuffled, size);
  }
}
