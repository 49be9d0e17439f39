package kronwood.train;

import java.util.SplittableRandom;
import kronwood.data.feed.SampleFeed;
import kronwood.data.feed.SplitPart;
import kronwood.engine.Engine;
import kronwood.fault.InputException;
import kronwood.loss.Loss;
import kronwood.network.Exchange;
import kronwood.network.OutputLayer;

/**
 * The largest stable step size of mini-batch SGD, from the spectrum of the network's tangent kernel
 *
 * <pre>
 *   η(S) = S / (h · β_K / (1 − μ) + (S − 1) · h₀ · λ₁(K) / n)
 * </pre>
 *
 * <p>with {@code β_K} the largest eigenvalue of a single sample's block and λ₁ that of the whole
 * kernel (Ma, Bassily and Belkin, "The Power of Interpolation", ICML 2018). For a single sample the
 * curvature of the loss may reach its maximum, h. The mean over samples moves in the direction of
 * λ₁ and stays near the initial curvature h₀, which for ten classes is a fifth of h. With momentum
 * μ a step moves the weights by {@code 1 / (1 − μ)} times its size in the end. For single samples
 * these moves add up; for the mean, steps of up to {@code 2 (1 + μ) / λ} are stable, more than
 * without momentum (Polyak, 1964). The kernel is taken at the initial weights, over a random part
 * of the training samples; see {@link TangentKernel} for its cost. All members of an ensemble take
 * the smallest of their step sizes.
 *
 * @param learningRate η
 * @param batch samples per step S
 */
public record StepSize(double learningRate, int batch) {
  private static final int LARGEST_SUBSET = 1024;
  private static final int SMALLEST_SUBSET = 64;

  /** Largest number of sample and output pairs that the kernel is taken over. */
  private static final int LARGEST_KERNEL = 1 << 14;

  /** Batches that are chosen: below, threads have too little to do; above, drift bounds grow. */
  private static final int SMALLEST_BATCH = 16;

  private static final int LARGEST_BATCH = 1024;

  /** The step size and batch of the options; where these leave them open, those of the spectrum. */
  static StepSize of(
      Engine engine,
      OutputLayer output,
      TrainingProblem problem,
      MemberLosses losses,
      TrainingOptions options,
      Exchange exchange,
      SplittableRandom random) {
    if (options.learningRate().isPresent() && options.batch() != TrainingOptions.AUTO_BATCH) {
      return new StepSize(options.learningRate().getAsDouble(), options.batch());
    }
    SampleFeed feed = problem.feed();
    int train = feed.size(SplitPart.TRAIN);
    int wanted = LARGEST_KERNEL / output.outputs();
    int[] subset =
        feed.draw(Math.min(Math.clamp(wanted, SMALLEST_SUBSET, LARGEST_SUBSET), train), random);
    TangentKernel kernel = TangentKernel.of(engine, output, problem, losses, exchange, subset);
    double largestBlock = kernel.largestBlockEigenvalue(random);
    double largestEigenvalue = kernel.largestEigenvalue(random) / subset.length;
    int batch =
        options.batch() == TrainingOptions.AUTO_BATCH
            ? criticalBatch(largestBlock, largestEigenvalue, train)
            : options.batch();
    if (options.learningRate().isPresent()) {
      return new StepSize(options.learningRate().getAsDouble(), batch);
    }
    if (largestBlock == 0) {
      // No neuron fires anywhere: no step changes anything.
      return new StepSize(1, batch);
    }
    int samples = Math.min(batch, train);
    Loss loss = problem.loss();
    double one = loss.curvature() * largestBlock / (1 - options.momentum());
    double all = loss.initialCurvature(output.outputs()) * largestEigenvalue;
    return new StepSize(samples / (one + (samples - 1) * all), batch);
  }

  /**
   * Checks that weight decay leaves something of the weights.
   *
   * @throws InputException if it does not
   */
  void checkDecay(TrainingOptions options) {
    double decay = learningRate * options.weightDecay();
    if (!(decay < 1 - options.momentum())) {
      throw new InputException(
          "learning rate "
              + learningRate
              + " times weight decay "
              + options.weightDecay()
              + " is not below "
              + (options.momentum() == 0 ? "1" : "1 minus momentum " + options.momentum())
              + ": take a smaller weight decay");
    }
  }

  /**
   * The batch size beyond which the step size no longer grows in proportion: {@code β_K / (λ₁(K) /
   * n) + 1}, to the next power of two.
   */
  private static int criticalBatch(double largestBlock, double largestEigenvalue, int samples) {
    double critical = largestEigenvalue > 0 ? largestBlock / largestEigenvalue + 1 : samples;
    int batch = SMALLEST_BATCH;
    while (batch < LARGEST_BATCH && 1.5 * batch < critical) {
      batch *= 2;
    }
    return Math.max(1, Math.min(batch, samples));
  }
}
