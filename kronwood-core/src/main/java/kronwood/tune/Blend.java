package kronwood.tune;

import kronwood.train.Loss;

/**
 * How much the network and the linear model count: {@code f = network · f_network + linear ·
 * f_linear}, of which the loss on validation samples is least, neither being negative.
 *
 * @param network factor on the network's outputs
 * @param linear factor on the linear model's outputs
 * @param score on the validation samples
 */
record Blend(double network, double linear, Score score) {
  private static final int MOST_STEPS = 50;
  private static final double DIFFERENCE = 1e-4;

  /** The network alone, as much of it as is best. */
  static Blend ofNetwork(Loss loss, Validation validation, double[] network) {
    return fit(loss, validation, network, new double[network.length], new boolean[] {true, false});
  }

  /** The linear model alone, likewise. */
  static Blend ofLinear(Loss loss, Validation validation, double[] linear) {
    return fit(loss, validation, new double[linear.length], linear, new boolean[] {false, true});
  }

  /**
   * As much of both as is best. One of them is left out unless both together are better by more
   * than chance; if either may be, it is the network, as the linear model is the simpler one.
   *
   * @param alone the network alone, of {@link #ofNetwork}
   */
  static Blend ofBoth(
      Loss loss, Validation validation, Blend alone, double[] network, double[] linear) {
    Blend simple = ofLinear(loss, validation, linear);
    if (alone.score.isBetterThan(simple.score)) {
      simple = alone;
    }
    Blend both = fit(loss, validation, network, linear, new boolean[] {true, true});
    boolean allowed = both.network >= 0 && both.linear >= 0;
    return allowed && both.score.isBetterThan(simple.score) ? both : simple;
  }

  /**
   * Newton's method on the factors that may be other than 0. Cost: some hundred evaluations of each
   * sample's loss. One factor alone that would be negative is 0.
   */
  private static Blend fit(
      Loss loss, Validation validation, double[] network, double[] linear, boolean[] free) {
    double[] factors = newton(loss, validation, network, linear, free);
    boolean single = free[0] != free[1];
    double a = single ? Math.max(0, factors[0]) : factors[0];
    double b = single ? Math.max(0, factors[1]) : factors[1];
    double[] losses = new double[validation.size()];
    error(loss, validation, network, linear, a, b, new double[2], losses);
    return new Blend(a, b, new Score(losses, validation.clusters()));
  }

  private static double[] newton(
      Loss loss, Validation validation, double[] network, double[] linear, boolean[] free) {
    double[] at = {free[0] ? (free[1] ? 0.5 : 1) : 0, free[1] ? (free[0] ? 0.5 : 1) : 0};
    double[] gradient = new double[2];
    double error = error(loss, validation, network, linear, at[0], at[1], gradient);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[][] hessian = hessian(loss, validation, network, linear, at);
      double[] move = solve(hessian, gradient, free);
      double share = 1;
      double[] tried = new double[2];
      double[] nextGradient = new double[2];
      double next = Double.POSITIVE_INFINITY;
      while (share > 1e-6 && !(next < error)) {
        tried[0] = at[0] - share * move[0];
        tried[1] = at[1] - share * move[1];
        next = error(loss, validation, network, linear, tried[0], tried[1], nextGradient);
        share /= 2;
      }
      if (!(next < error)) {
        break;
      }
      boolean done = error - next <= 1e-12 * Math.abs(error);
      at = tried;
      error = next;
      gradient = nextGradient;
      if (done) {
        break;
      }
    }
    return at;
  }

  private static double[][] hessian(
      Loss loss, Validation validation, double[] network, double[] linear, double[] at) {
    double[][] hessian = new double[2][2];
    for (int i = 0; i < 2; i++) {
      double[] up = new double[2];
      double[] down = new double[2];
      double h = DIFFERENCE * (1 + Math.abs(at[i]));
      double a = i == 0 ? h : 0;
      double b = i == 1 ? h : 0;
      error(loss, validation, network, linear, at[0] + a, at[1] + b, up);
      error(loss, validation, network, linear, at[0] - a, at[1] - b, down);
      hessian[i][0] = (up[0] - down[0]) / (2 * h);
      hessian[i][1] = (up[1] - down[1]) / (2 * h);
    }
    return hessian;
  }

  /** {@code H⁻¹ g} in the free factors; where H is singular a little is added to its diagonal. */
  private static double[] solve(double[][] hessian, double[] gradient, boolean[] free) {
    double added = 1e-9 * (hessian[0][0] + hessian[1][1]) + 1e-300;
    double a = hessian[0][0] + added;
    double d = hessian[1][1] + added;
    if (!free[0]) {
      return new double[] {0, gradient[1] / d};
    }
    if (!free[1]) {
      return new double[] {gradient[0] / a, 0};
    }
    double b = (hessian[0][1] + hessian[1][0]) / 2;
    double determinant = a * d - b * b;
    return new double[] {
      (d * gradient[0] - b * gradient[1]) / determinant,
      (a * gradient[1] - b * gradient[0]) / determinant
    };
  }

  /** Mean loss, and its derivatives in the two factors. */
  private static double error(
      Loss loss,
      Validation validation,
      double[] network,
      double[] linear,
      double a,
      double b,
      double[] gradient) {
    return error(loss, validation, network, linear, a, b, gradient, new double[validation.size()]);
  }

  private static double error(
      Loss loss,
      Validation validation,
      double[] network,
      double[] linear,
      double a,
      double b,
      double[] gradient,
      double[] losses) {
    int outputs = validation.outputs();
    double[] f = new double[outputs];
    double[] g = new double[outputs];
    double sum = 0;
    gradient[0] = 0;
    gradient[1] = 0;
    for (int i = 0; i < validation.size(); i++) {
      int row = i * outputs;
      for (int c = 0; c < outputs; c++) {
        f[c] = a * network[row + c] + b * linear[row + c];
      }
      double weight = validation.weights()[i];
      losses[i] = weight * loss.evaluate(f, validation.targets(), row, g);
      sum += losses[i];
      for (int c = 0; c < outputs; c++) {
        gradient[0] += weight * g[c] * network[row + c];
        gradient[1] += weight * g[c] * linear[row + c];
      }
    }
    return sum;
  }
}
