package kronwood.linear;

import kronwood.fault.InputException;

/**
 * How the linear model is regularised and solved.
 *
 * @param smallest smallest λ that is tried, relative to the mean squared norm of the (weighted)
 *     training inputs, positive
 * @param largest largest, likewise, at least as large
 * @param count how many are tried, in geometric progression, from 1 to {@value #MOST_SHIFTS}
 * @param iterations most iterations of conjugate gradients, at least 1
 * @param tolerance a system is solved when its residual is this share of its right-hand side, in
 *     (0, 1)
 * @param earlyStopping whether the number of iterations is chosen on validation samples together
 *     with λ, instead of solving the system with the λ chosen. Saves iterations; but the error of
 *     an unfinished solution goes up and down with the number, not quite in the same way for the
 *     final fit on more samples
 * @param memory bytes that a product with the kernel matrix may take, positive
 */
public record RidgeOptions(
    double smallest,
    double largest,
    int count,
    int iterations,
    double tolerance,
    boolean earlyStopping,
    double memory) {
  /** Most values of λ that are tried: each takes two numbers per training sample. */
  public static final int MOST_SHIFTS = 24;

  /** 22 values from 1e-4 to 1e3, at most 1000 iterations, solved to 1e-5. */
  public static final RidgeOptions DEFAULT =
      new RidgeOptions(1e-4, 1e3, 22, 1000, 1e-5, false, 2e9);

  /**
   * Checks the ranges.
   *
   * @throws InputException naming the value out of range
   */
  public RidgeOptions {
    if (!(smallest > 0) || !(largest >= smallest) || Double.isInfinite(largest)) {
      throw new InputException(
          "regularisation from "
              + smallest
              + " to "
              + largest
              + ", expected two positive numbers, the smaller one first");
    }
    if (count < 1 || count > MOST_SHIFTS) {
      throw new InputException(count + " values of regularisation, expected 1 to " + MOST_SHIFTS);
    }
    if (iterations < 1) {
      throw new InputException("iterations is " + iterations + ", expected at least 1");
    }
    if (!(tolerance > 0 && tolerance < 1)) {
      throw new InputException("tolerance is " + tolerance + ", expected a number between 0 and 1");
    }
    if (!(memory > 0)) {
      throw new InputException("memory is " + memory + " bytes, expected more than 0");
    }
  }

  /** The same with no more memory than some bytes. */
  public RidgeOptions within(double bytes) {
    return new RidgeOptions(
        smallest, largest, count, iterations, tolerance, earlyStopping, Math.min(memory, bytes));
  }

  /** The λ of a number, from 0, relative to the mean squared norm. */
  public double relative(int s) {
    return lambdas(1)[s];
  }

  /** The same, solving the system for every λ. */
  public RidgeOptions withoutEarlyStopping() {
    return new RidgeOptions(smallest, largest, count, iterations, tolerance, false, memory);
  }

  /** The values of λ for inputs of that mean squared norm, increasing. */
  double[] lambdas(double meanSquaredNorm) {
    // Inputs that are all zero have the solution zero with any λ.
    double unit = meanSquaredNorm > 0 ? meanSquaredNorm : 1;
    double[] lambdas = new double[count];
    for (int s = 0; s < count; s++) {
      double share = count == 1 ? 0 : (double) s / (count - 1);
      lambdas[s] = unit * smallest * Math.pow(largest / smallest, share);
    }
    return lambdas;
  }
}
