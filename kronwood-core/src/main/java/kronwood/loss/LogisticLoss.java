package kronwood.loss;

/**
 * Logistic loss (binary cross-entropy in nats), summed over outputs: {@code ln(1 + e^f) − y f} for
 * {@code y ∈ [0, 1]}, evaluated without overflow.
 */
public record LogisticLoss() implements Loss {
  @Override
  public String key() {
    return "logistic";
  }

  @Override
  public Task task() {
    return Task.BINARY;
  }

  @Override
  public double evaluate(double[] f, double[] y, int offset, double[] gradient) {
    double loss = 0;
    for (int c = 0; c < f.length; c++) {
      double target = y[offset + c];
      gradient[c] = sigmoid(f[c]) - target;
      loss += Math.max(f[c], 0) + Math.log1p(Math.exp(-Math.abs(f[c]))) - target * f[c];
    }
    return loss;
  }

  private static double sigmoid(double f) {
    if (f >= 0) {
      return 1 / (1 + Math.exp(-f));
    }
    double e = Math.exp(f);
    return e / (1 + e);
  }

  @Override
  public double curvature() {
    return 0.25;
  }

  @Override
  public double initialCurvature(int outputs) {
    return 0.25;
  }

  @Override
  public void link(double[] f, int offset, int outputs) {
    for (int c = offset; c < offset + outputs; c++) {
      f[c] = sigmoid(f[c]);
    }
  }
}
