package kronwood.trial;

import java.util.Arrays;
import kronwood.candidate.Score;

/**
 * Fits the factors of two models' outputs, and for two classes the offset, by Newton's method: the
 * sum then has the least loss on validation samples. Cost: some hundred evaluations of each
 * sample's loss.
 */
final class BlendFit {
  private static final int OFFSET = 2;
  private static final int MOST_STEPS = 50;
  private static final double DIFFERENCE = 1e-4;

  private final Validation validation;

  /** The two models' outputs. */
  private final double[][] outputs;

  private final double[] losses;

  /**
   * Makes ready.
   *
   * @param first outputs of a model for the validation samples, a row of C each
   * @param second those of another
   */
  BlendFit(Validation validation, double[] first, double[] second) {
    this.validation = validation;
    this.outputs = new double[][] {first, second};
    this.losses = new double[validation.size()];
  }

  /** One of the models alone; none of it if its factor would be negative. */
  Blend alone(int model) {
    double[] at = new double[3];
    at[model] = 1;
    boolean[] free = {model == 0, model == 1, validation.hasOffset()};
    at = newton(at, free);
    if (!(at[model] >= 0)) {
      free[model] = false;
      at = newton(new double[3], free);
    }
    return blend(at);
  }

  /** Both models; a factor may be negative. */
  Blend together() {
    return blend(
        newton(new double[] {0.5, 0.5, 0}, new boolean[] {true, true, validation.hasOffset()}));
  }

  private Blend blend(double[] at) {
    error(at, new double[at.length]);
    double[] f = new double[outputs[0].length];
    Arrays.setAll(f, i -> at[0] * outputs[0][i] + at[1] * outputs[1][i] + at[OFFSET]);
    Score score =
        new Score(
            losses.clone(), validation.clusters(), validation.ranking(f), validation.judged(f));
    return new Blend(at[0], at[1], at[OFFSET], score);
  }

  /** The best numbers from {@code start} on, of which only the free ones change. */
  private double[] newton(double[] start, boolean[] free) {
    double[] at = start;
    double[] gradient = new double[at.length];
    double error = error(at, gradient);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] move = SmallSystem.solve(hessian(at, free), gradient, free);
      double share = 1;
      double[] tried = new double[at.length];
      double[] nextGradient = new double[at.length];
      double next = Double.POSITIVE_INFINITY;
      while (share > 1e-6 && !(next < error)) {
        double taken = share;
        double[] from = at;
        Arrays.setAll(tried, i -> from[i] - taken * move[i]);
        next = error(tried, nextGradient);
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

  /** Rows of those that are free; others are 0. */
  private double[][] hessian(double[] at, boolean[] free) {
    double[][] hessian = new double[at.length][at.length];
    for (int i = 0; i < at.length; i++) {
      if (!free[i]) {
        continue;
      }
      double[] up = new double[at.length];
      double[] down = new double[at.length];
      double h = DIFFERENCE * (1 + Math.abs(at[i]));
      double[] moved = at.clone();
      moved[i] = at[i] + h;
      error(moved, up);
      moved[i] = at[i] - h;
      error(moved, down);
      for (int j = 0; j < at.length; j++) {
        hessian[i][j] = (up[j] - down[j]) / (2 * h);
      }
    }
    return hessian;
  }

  /** Mean loss and its derivatives; leaves the samples' losses. */
  private double error(double[] at, double[] gradient) {
    int width = validation.outputs();
    double[] f = new double[width];
    double[] g = new double[width];
    double sum = 0;
    Arrays.fill(gradient, 0);
    for (int i = 0; i < validation.size(); i++) {
      int row = i * width;
      for (int c = 0; c < width; c++) {
        f[c] = at[0] * outputs[0][row + c] + at[1] * outputs[1][row + c] + at[OFFSET];
      }
      double weight = validation.weights()[i];
      losses[i] = weight * validation.loss().evaluate(f, validation.targets(), row, g);
      sum += losses[i];
      for (int c = 0; c < width; c++) {
        gradient[0] += weight * g[c] * outputs[0][row + c];
        gradient[1] += weight * g[c] * outputs[1][row + c];
        gradient[OFFSET] += weight * g[c];
      }
    }
    return sum;
  }
}
