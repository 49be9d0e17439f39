package kronwood.engine.weights;

import java.util.Arrays;

/** The scales of all parts of the change of weights, and when they are multiplied in. */
public final class PartScales {
  /**
   * Below this a scale is multiplied in: drift bounds divide by it, and what rounding they allow
   * for must stay above what the division makes of it.
   */
  private static final double SMALLEST = 1e-3;

  /** Sums of norms have no differences that rounding could spoil. */
  private static final double SMALLEST_OF_SUMS = 1e-12;

  private final PartScale[] parts;
  private final UpdateRule rule;
  private final double smallest;

  public PartScales(PartScale[] parts, UpdateRule rule) {
    this.parts = parts;
    this.rule = rule;
    this.smallest = rule.hasMomentum() ? SMALLEST_OF_SUMS : SMALLEST;
  }

  /** Number of parts. */
  public int count() {
    return parts.length;
  }

  /** The scale of a part. */
  public double of(int part) {
    return parts[part].scale();
  }

  /** The scales of all parts. */
  public double[] values() {
    double[] values = new double[parts.length];
    Arrays.setAll(values, this::of);
    return values;
  }

  /** The weights decay by one batch. */
  public void decay(double keep) {
    for (int part = 0; part < parts.length; part++) {
      parts[part].decay(rule.rate(part, keep));
    }
  }

  /** For each part what a coefficient of a batch is multiplied by to be logged. */
  public double[] factors(double keep) {
    double[] factors = new double[parts.length];
    for (int part = 0; part < factors.length; part++) {
      factors[part] = rule.share(part, keep) / parts[part].scale();
    }
    return factors;
  }

  /** Whether a part's scale is so small that it must be multiplied in. */
  public boolean isSpent(int part) {
    return parts[part].scale() < smallest;
  }

  /** Whether that of any part is. */
  public boolean isAnySpent() {
    for (int part = 0; part < parts.length; part++) {
      if (isSpent(part)) {
        return true;
      }
    }
    return false;
  }
}
