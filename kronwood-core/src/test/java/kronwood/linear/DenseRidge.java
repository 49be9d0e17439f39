package kronwood.linear;

import kronwood.input.StructuredInputs;

/** The oracle: the kernel matrix by loops over the inputs' factors, systems by Cholesky. */
final class DenseRidge {
  private DenseRidge() {}

  /** {@code ⟨x_i, x_j⟩}, coordinate by coordinate; of sums, of the inputs themselves. */
  static double inner(StructuredInputs inputs, int i, int j) {
    if (!inputs.isPlain()) {
      double[] left = new double[(int) inputs.dimension()];
      double[] right = new double[left.length];
      inputs.materialise(i, left);
      inputs.materialise(j, right);
      double sum = 0;
      for (int c = 0; c < left.length; c++) {
        sum += left[c] * right[c];
      }
      return sum;
    }
    double product = 1;
    for (int k = 0; k < inputs.modes(); k++) {
      double sum = 0;
      for (int c = 0; c < inputs.factor(k).rank(); c++) {
        sum +=
            inputs.factor(k).coordinate(inputs.entity(i, k), c)
                * inputs.factor(k).coordinate(inputs.entity(j, k), c);
      }
      product *= sum;
    }
    return product;
  }

  static double[][] kernel(StructuredInputs inputs, int[] to, int[] from) {
    double[][] kernel = new double[to.length][from.length];
    for (int p = 0; p < to.length; p++) {
      for (int q = 0; q < from.length; q++) {
        kernel[p][q] = inner(inputs, to[p], from[q]);
      }
    }
    return kernel;
  }

  static double[] times(double[][] matrix, double[] x) {
    double[] y = new double[matrix.length];
    for (int p = 0; p < y.length; p++) {
      for (int q = 0; q < x.length; q++) {
        y[p] += matrix[p][q] * x[q];
      }
    }
    return y;
  }

  /** x of {@code (matrix + diagonal) x = b}, by Cholesky; the sum must be positive definite. */
  static double[] solve(double[][] matrix, double[] diagonal, double[] b) {
    int n = b.length;
    double[][] l = new double[n][n];
    double[] x = b.clone();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j] + (i == j ? diagonal[i] : 0);
        for (int c = 0; c < j; c++) {
          sum -= l[i][c] * l[j][c];
        }
        l[i][j] = i == j ? Math.sqrt(sum) : sum / l[j][j];
      }
    }
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < i; c++) {
        x[i] -= l[i][c] * x[c];
      }
      x[i] /= l[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int c = i + 1; c < n; c++) {
        x[i] -= l[c][i] * x[c];
      }
      x[i] /= l[i][i];
    }
    return x;
  }

  /**
   * Coefficients of weighted ridge regression, by another route than the one under test: with
   * weights relative to their mean, all positive, {@code (K + λ W⁻¹) α = y}.
   */
  static double[] coefficients(RidgeProblem problem, int[] samples, double lambda, int output) {
    double sum = 0;
    for (int sample : samples) {
      sum += problem.weight(sample);
    }
    double[] diagonal = new double[samples.length];
    double[] y = new double[samples.length];
    for (int p = 0; p < samples.length; p++) {
      diagonal[p] = lambda * sum / samples.length / problem.weight(samples[p]);
      y[p] = problem.targets()[samples[p] * problem.outputs() + output];
    }
    return solve(kernel(problem.inputs(), samples, samples), diagonal, y);
  }
}
