package kronwood.loss;

/** Squared loss, {@code ℓ = ½ Σ_c (f_c − y_c)²}. */
public record SquaredLoss() implements Loss {
  @Override
  public String key() {
    return "squared";
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
      gradient[c] = residual;
      loss += 0.5 * residual * residual;
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
