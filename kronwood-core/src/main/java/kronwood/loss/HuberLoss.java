package kronwood.loss;

import kronwood.fault.InputException;

/**
 * Huber's loss (1964), summed over outputs: {@code ½ e²} for residuals {@code |e| ≤ δ}, {@code
 * δ(|e| − ½ δ)} beyond.
 *
 * @param delta δ &gt; 0, in standard deviations of the target
 */
public record HuberLoss(double delta) implements Loss {
  /** One standard deviation of the target. */
  public static final double DEFAULT_DELTA = 1;

  /**
   * Checks δ.
   *
   * @throws InputException if δ is not a finite number above 0
   */
  public HuberLoss {
    if (!(delta > 0) || Double.isInfinite(delta)) {
      throw new InputException("Huber delta is " + delta + ", expected a number > 0");
    }
  }

  @Override
  public String key() {
    return "huber";
  }

  @Override
  public Task task() {
    return Task.REGRESSION;
  }

  @Override
  public double evaluate(double[] f, double[] y, int offset, double[] gradient) {
    double loss = 0;
    for (int c = 0; c < f.length; c++) {
      double residual = f[c] - y[offset + c];
      double size = Math.abs(residual);
      if (size <= delta) {
        gradient[c] = residual;
        loss += 0.5 * residual * residual;
      } else if (size > delta) {
        gradient[c] = Math.copySign(delta, residual);
        loss += delta * (size - 0.5 * delta);
      } else {
        gradient[c] = Double.NaN;
        loss = Double.NaN;
      }
    }
    return loss;
  }

  @Override
  public double curvature() {
    return 1;
  }

  @Override
  public double initialCurvature(int outputs) {
    return 1;
  }

  @Override
  public void link(double[] f, int offset, int outputs) {}
}
