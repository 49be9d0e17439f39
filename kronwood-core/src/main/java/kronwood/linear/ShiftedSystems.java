package kronwood.linear;

import java.util.Arrays;
import kronwood.math.Parallel;
import kronwood.math.kernel.Kernels;

/**
 * Conjugate gradients on the systems {@code (A + λ_s I) x_s = b} of one symmetric positive
 * semi-definite A and all λ_s at once: shifted matrices have the same Krylov spaces, so that one
 * product with A per iteration serves every shift (Jegerlehner, "Krylov space solvers for shifted
 * linear systems", 1996). The smallest shift, the last to converge, is solved as by itself, with
 * residual r_k, step a_k and b_k = ‖r_{k+1}‖² / ‖r_k‖²; the residual of shift λ is {@code ζ_k r_k},
 * a multiple of the same, with
 *
 * <pre>
 *   ζ_{k+1} / ζ_k = ρ_{k+1} = a_{k-1} / (a_{k-1} (1 + (λ − λ_0) a_k) + a_k b_{k-1} (1 − ρ_k))
 * </pre>
 *
 * <p>and its step is {@code ρ_{k+1} a_k}, its b {@code ρ_{k+1}² b_k}.
 *
 * <p><b>Followers.</b> A map B with the same argument may ride along: the product is then with
 * {@code [A; B]}, and {@code B x_s} is known for every shift after every iteration, at no further
 * product.
 *
 * <p>Cost of an iteration: one product, and a handful of multiplications for each shift and number.
 * Memory: 16 bytes for each shift and number. A shift whose residual is below the tolerance is
 * frozen. Results do not depend on the number of threads.
 */
final class ShiftedSystems {

  /** The map {@code [A; B]}. */
  @FunctionalInterface
  interface LinearMap {
    /**
     * Multiplies.
     *
     * @param x as long as the right-hand side, not to be changed
     * @param y first A x, then B x
     */
    void times(double[] x, double[] y);
  }

  private final Kernels kernels = Kernels.active();
  private final Parallel parallel;
  private final LinearMap map;
  private final int n;
  private final double[] shifts;
  private final double norm;
  private final double tolerance;
  private final double[] residual;
  private final double[][] solution;
  private final double[][] direction;
  private final double[][] follower;
  private final double[][] followerDirection;
  private final double[] zeta;
  private final double[] rho;
  private final double[] lastBeta;
  private final boolean[] converged;
  private double[] product;
  private double[] lastProduct;
  private double squaredNorm;
  private double alpha = 1;
  private double beta;
  private int iterations;
  private boolean brokenDown;

  /**
   * Starts at x = 0.
   *
   * @param followers rows of B
   * @param shifts increasing, positive
   * @param tolerance a shift has converged when its residual is at most this share of ‖b‖
   */
  ShiftedSystems(
      LinearMap map,
      double[] rightHandSide,
      int followers,
      double[] shifts,
      double tolerance,
      Parallel parallel) {
    this.map = map;
    this.parallel = parallel;
    this.n = rightHandSide.length;
    this.shifts = shifts;
    int count = shifts.length;
    this.residual = rightHandSide.clone();
    this.solution = new double[count][n];
    this.direction = new double[count][];
    Arrays.setAll(direction, s -> rightHandSide.clone());
    this.follower = new double[count][followers];
    this.followerDirection = new double[count][followers];
    this.zeta = new double[count];
    this.rho = new double[count];
    Arrays.fill(zeta, 1);
    Arrays.fill(rho, 1);
    this.lastBeta = new double[count];
    this.converged = new boolean[count];
    this.product = new double[n + followers];
    this.lastProduct = new double[n + followers];
    this.squaredNorm = kernels.dot(residual, 0, residual, 0, n);
    this.norm = Math.sqrt(squaredNorm);
    this.tolerance = tolerance;
    freezeConverged();
  }

  /** Iterations so far. */
  int iterations() {
    return iterations;
  }

  /** x of a shift as it is, not to be changed. */
  double[] solution(int shift) {
    return solution[shift];
  }

  /** B x of a shift as it is, not to be changed. */
  double[] follower(int shift) {
    return follower[shift];
  }

  /** ‖b − (A + λ I) x‖ / ‖b‖ of a shift, up to rounding; 0 if b = 0. */
  double residual(int shift) {
    return norm == 0 ? 0 : zeta[shift] * Math.sqrt(squaredNorm) / norm;
  }

  /**
   * One iteration for every shift that has not converged.
   *
   * @return false if there is nothing more to do: all have converged, or rounding has left no
   *     direction in which A + λ I is positive, in which case the solutions stay what they are
   */
  boolean advance() {
    if (brokenDown || converged[0]) {
      return false;
    }
    map.times(direction[0], product);
    double[] p = direction[0];
    double curvature = kernels.dot(p, 0, product, 0, n) + shifts[0] * kernels.dot(p, 0, p, 0, n);
    double step = squaredNorm / curvature;
    if (!(curvature > 0) || !(step < Double.POSITIVE_INFINITY)) {
      brokenDown = true;
      return false;
    }
    double lastAlpha = alpha;
    double lastSeedBeta = beta;
    alpha = step;
    kernels.axpy(-step, product, 0, residual, 0, n);
    kernels.axpy(-step * shifts[0], p, 0, residual, 0, n);
    double nextSquaredNorm = kernels.dot(residual, 0, residual, 0, n);
    beta = nextSquaredNorm / squaredNorm;
    squaredNorm = nextSquaredNorm;
    parallel.forRange(
        shifts.length,
        Product.grain(4.0 * (n + follower[0].length)),
        (from, to, worker) -> {
          for (int s = from; s < to; s++) {
            if (!converged[s]) {
              advance(s, lastAlpha, lastSeedBeta);
            }
          }
        });
    double[] swapped = lastProduct;
    lastProduct = product;
    product = swapped;
    iterations++;
    freezeConverged();
    return !converged[0];
  }

  private void advance(int s, double lastAlpha, double lastSeedBeta) {
    double sigma = shifts[s] - shifts[0];
    double nextRho =
        lastAlpha / (lastAlpha * (1 + sigma * alpha) + alpha * lastSeedBeta * (1 - rho[s]));
    double step = nextRho * alpha;
    double[] g = followerDirection[s];
    double[] f = follower[s];
    // B r_k, from the products with the seed's directions: r_k = p_k − b_{k−1} p_{k−1}.
    for (int v = 0; v < g.length; v++) {
      double ofResidual = product[n + v] - lastSeedBeta * lastProduct[n + v];
      g[v] = zeta[s] * ofResidual + lastBeta[s] * g[v];
      f[v] += step * g[v];
    }
    double nextZeta = zeta[s] * nextRho;
    double nextBeta = nextRho * nextRho * beta;
    double[] x = solution[s];
    double[] p = direction[s];
    for (int i = 0; i < n; i++) {
      x[i] += step * p[i];
      p[i] = nextZeta * residual[i] + nextBeta * p[i];
    }
    rho[s] = nextRho;
    zeta[s] = nextZeta;
    lastBeta[s] = nextBeta;
  }

  private void freezeConverged() {
    for (int s = 0; s < shifts.length; s++) {
      // The seed's residual is the largest: where it has converged, all have.
      converged[s] |= residual(s) <= tolerance;
    }
  }
}
