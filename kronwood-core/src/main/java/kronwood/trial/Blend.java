package kronwood.trial;

import kronwood.candidate.Score;

/**
 * Factors of network and linear model, {@code f = network · f_network + linear · f_linear +
 * offset}: those with the least loss on validation samples. Neither factor is negative.
 *
 * @param network factor on the network's outputs
 * @param linear factor on the linear model's outputs
 * @param offset for two classes the log-odds of the second one where both outputs are 0; else 0
 * @param score on the validation samples
 */
public record Blend(double network, double linear, double offset, Score score) {

  /** The network alone, with the best factor. */
  public static Blend ofNetwork(Validation validation, double[] network) {
    return new BlendFit(validation, network, new double[network.length]).alone(0);
  }

  /** The linear model alone, with the best factor. */
  public static Blend ofLinear(Validation validation, double[] linear) {
    return new BlendFit(validation, new double[linear.length], linear).alone(1);
  }

  /**
   * Both with the best factors. One of them is left out unless both together are better by more
   * than chance; if either could be, the network is, because the linear model is simpler.
   *
   * @param alone the network alone, of {@link #ofNetwork}
   */
  public static Blend ofBoth(
      Validation validation, Blend alone, double[] network, double[] linear) {
    Blend simple = ofLinear(validation, linear);
    if (alone.score.isBetterThan(simple.score)) {
      simple = alone;
    }
    Blend both = new BlendFit(validation, network, linear).together();
    boolean allowed = both.network >= 0 && both.linear >= 0;
    return allowed && both.score.isBetterThan(simple.score) ? both : simple;
  }
}
