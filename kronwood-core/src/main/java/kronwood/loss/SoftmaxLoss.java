package kronwood.loss;

/**
 * Softmax cross-entropy in nats, {@code ℓ = ln Σ_c e^{f_c} − Σ_c y_c f_c} for a one-hot (or any
 * probability) vector y, evaluated relative to the largest output so that nothing overflows.
 */
public record SoftmaxLoss() implements Loss {
  @Override
  public String key() {
    return "softmax";
  }

  @Override
  public Task task() {
    return Task.MULTICLASS;
  }

  @Override
  public double evaluate(double[] f, double[] y, int offset, double[] gradient) {
    System.arraycopy(f, 0, gradient, 0, f.length);
    double logNormaliser = normalise(gradient, 0, f.length);
    double loss = logNormaliser;
    for (int c = 0; c < f.length; c++) {
      double target = y[offset + c];
      gradient[c] -= target;
      if (target != 0) {
        loss -= target * f[c];
      }
    }
    return loss;
  }

  /** Turns outputs into probabilities in place and returns {@code ln Σ e^{f_c}}. */
  private static double normalise(double[] f, int offset, int outputs) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = offset; c < offset + outputs; c++) {
      largest = Math.max(largest, f[c]);
    }
    double sum = 0;
    for (int c = offset; c < offset + outputs; c++) {
      f[c] = Math.exp(f[c] - largest);
      sum += f[c];
    }
    for (int c = offset; c < offset + outputs; c++) {
      f[c] /= sum;
    }
    return largest + Math.log(sum);
  }

  /** The Hessian diag(p) − p pᵀ has no eigenvalue above ½. */
  @Override
  public double curvature() {
    return 0.5;
  }

  /** At equal probabilities the Hessian is (I − 11ᵀ / C) / C. */
  @Override
  public double initialCurvature(int outputs) {
    return 1.0 / outputs;
  }

  @Override
  public void link(double[] f, int offset, int outputs) {
    normalise(f, offset, outputs);
  }
}
