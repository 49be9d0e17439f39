package kronwood.engine.weights;

/**
 * How a step moves the weights of a neuron along the inputs of a batch, given its coefficients c:
 *
 * <pre>
 *   V ← μ V + Σ_j c_j x_j          the velocity, with momentum μ
 *   W ← W(0) + k · (W − W(0)) + V  with the share k that weight decay keeps
 * </pre>
 *
 * <p>A coefficient given at one step has moved the weights by {@code (k^(a+1) − μ^(a+1)) / (k − μ)}
 * times itself a steps later. So the change of weights is a sum of two parts, each a combination of
 * inputs that decays at one rate, k or μ: nothing but a common scale for each part changes in steps
 * at which a neuron does not fire.
 *
 * @param decays whether k may differ from 1
 * @param momentum μ, at least 0 and below 1; k must be the same in all steps if it is above 0
 */
public record UpdateRule(boolean decays, double momentum) {
  /** No momentum, no decay. */
  public static final UpdateRule PLAIN = new UpdateRule(false, 0);

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException naming the value out of range
   */
  public UpdateRule {
    checkMomentum(momentum);
  }

  /**
   * Checks that μ is at least 0 and below 1.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static void checkMomentum(double momentum) {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException(
          "momentum is " + momentum + ", expected a number from 0 to below 1");
    }
  }

  /** Number of parts of the change of weights. */
  public int parts() {
    return hasMomentum() ? 2 : 1;
  }

  public boolean hasMomentum() {
    return momentum > 0;
  }

  /** Whether parts shrink from step to step. */
  public boolean shrinks() {
    return decays || hasMomentum();
  }

  /** What a part is multiplied by in a step. */
  public double rate(int part, double keep) {
    return part == 0 ? keep : momentum;
  }

  /** What a coefficient is multiplied by in a part; the shares of all parts add up to 1. */
  public double share(int part, double keep) {
    if (!hasMomentum()) {
      return 1;
    }
    return part == 0 ? keep / (keep - momentum) : -momentum / (keep - momentum);
  }

  /**
   * Checks a share that is kept.
   *
   * @throws IllegalArgumentException if it cannot be with this momentum
   */
  public void check(double keep) {
    if (hasMomentum() && !(keep > momentum)) {
      throw new IllegalArgumentException(
          "weight decay takes a share of "
              + (1 - keep)
              + " off the weights at each step, with momentum "
              + momentum
              + " it must be below "
              + (1 - momentum)
              + ": take a smaller weight decay");
    }
  }
}
