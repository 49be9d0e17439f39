package kronwood.train;

import java.util.Locale;
import kronwood.gram.StructuredInputs;
import kronwood.math.Parallel;

/**
 * Which engine trains a problem, why, and how much memory it takes: worked out from shapes alone,
 * before anything is allocated.
 *
 * <p>Estimated work per training sample, in multiplications, with {@code q} the expected share of
 * neurons that fire: {@code m·d + q·m·d} for the dense engine, {@code n·(K + q·m)} for the eager one.
 *
 * @param engine the engine, not {@link EngineChoice#AUTO}
 * @param bytes memory it takes, estimated
 * @param workPerSample multiplications per training sample, estimated
 * @param summary the plan in words, for people and provenance
 */
public record EnginePlan(EngineChoice engine, double bytes, double workPerSample, String summary) {

  /**
   * Plans for a problem.
   *
   * @param memory bytes there are
   * @throws OutOfMemoryEstimateException if the wanted engine, or with {@link EngineChoice#AUTO} both
   *     engines, would need more than {@code memory}
   */
  public static EnginePlan of(
      StructuredInputs inputs, NetworkOptions network, TrainingOptions options, double memory) {
    double dimension = 1;
    for (int k = 0; k < inputs.modes(); k++) {
      dimension *= inputs.factor(k).rank();
    }
    EnginePlan dense = dense(inputs, network, options, dimension);
    EnginePlan eager = eager(inputs, network, options, dimension);
    EnginePlan plan =
        switch (options.engine()) {
          case DENSE -> dense;
          case EAGER -> eager;
          case AUTO -> better(dense, eager, memory);
        };
    if (plan.bytes > memory) {
      throw new OutOfMemoryEstimateException(plan.summary, plan.bytes, memory);
    }
    return plan;
  }

  private static EnginePlan better(EnginePlan dense, EnginePlan eager, double memory) {
    if (dense.bytes > memory || eager.bytes > memory) {
      return dense.bytes < eager.bytes ? dense : eager;
    }
    return dense.workPerSample < eager.workPerSample ? dense : eager;
  }

  private static EnginePlan dense(
      StructuredInputs inputs, NetworkOptions network, TrainingOptions options, double dimension) {
    int neurons = network.neurons();
    double bytes =
        dimension > Integer.MAX_VALUE - 8
            ? Double.POSITIVE_INFINITY
            : DenseEngine.bytes(dimension, neurons, options.decays());
    double work = (neurons + expectedFired(network)) * dimension;
    String summary =
        String.format(Locale.ROOT, "dense: %d neurons × %.0f weights", neurons, dimension);
    return new EnginePlan(EngineChoice.DENSE, bytes, work, summary);
  }

  private static EnginePlan eager(
      StructuredInputs inputs, NetworkOptions network, TrainingOptions options, double dimension) {
    int neurons = network.neurons();
    double bytes =
        dimension > Integer.MAX_VALUE - 8
            ? Double.POSITIVE_INFINITY
            : EagerEngine.bytes(
                inputs.size(), neurons, inputs.gramBytes(), dimension, options.decays());
    double work = inputs.size() * (inputs.modes() + expectedFired(network));
    String summary =
        String.format(
            Locale.ROOT, "eager: %d neurons × %d samples in trees", neurons, inputs.size());
    return new EnginePlan(EngineChoice.EAGER, bytes, work, summary);
  }

  /** Neurons above the shift if pre-activations are standard normal, by a bound of their tail. */
  private static double expectedFired(NetworkOptions network) {
    double b = network.shift();
    double share = b <= 0 ? 0.5 : Math.min(0.5, Math.exp(-b * b / 2) / (1 + b));
    return share * network.neurons();
  }

  /** Makes the engine, with all neurons at their initial weights. */
  Engine start(
      StructuredInputs inputs, InitialWeights initial, TrainingOptions options, Parallel parallel) {
    return engine == EngineChoice.DENSE
        ? new DenseEngine(inputs, initial, options.decays())
        : new EagerEngine(inputs, initial, options.decays(), parallel);
  }
}
