package kronwood.gram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import kronwood.data.Features;
import kronwood.data.Similarities;
import kronwood.math.SymmetricEigen;
import kronwood.testing.Problems;

/** The Gram matrix of training entities by its definition, n × n, row-major. */
final class NaiveGram {
  private NaiveGram() {}

  static double[] ofFeatures(Features features, int[] entities, GramOptions options) {
    int n = entities.length;
    int columns = features.columns();
    double[] x = Problems.toArray(features.select(entities));
    if (options.centre()) {
      for (int c = 0; c < columns; c++) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
          sum += x[i * columns + c];
        }
        for (int i = 0; i < n; i++) {
          x[i * columns + c] -= sum / n;
        }
      }
    }
    double[] gram = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int c = 0; c < columns; c++) {
          gram[i * n + j] += x[i * columns + c] * x[j * columns + c];
        }
      }
    }
    return scaled(gram, n, options);
  }

  static double[] ofSimilarities(Similarities similarities, int[] entities, GramOptions options) {
    int n = entities.length;
    double[] matrix = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        matrix[i * n + j] = similarities.value(entities[i], entities[j]);
      }
    }
    double[] gram = clipped(matrix, n);
    if (options.centre()) {
      double[] centring = new double[n * n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          centring[i * n + j] = (i == j ? 1 : 0) - 1.0 / n;
        }
      }
      gram = product(centring, product(gram, centring, n), n);
    }
    return scaled(gram, n, options);
  }

  /** Q max(Λ, 0) Qᵀ. */
  static double[] clipped(double[] matrix, int n) {
    SymmetricEigen eigen = SymmetricEigen.of(matrix, n);
    double[] clipped = new double[n * n];
    for (int e = 0; e < n; e++) {
      double value = Math.max(0, eigen.values()[e]);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          clipped[i * n + j] += value * eigen.vectors()[e * n + i] * eigen.vectors()[e * n + j];
        }
      }
    }
    return clipped;
  }

  private static double[] product(double[] a, double[] b, int n) {
    double[] product = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          product[i * n + j] += a[i * n + k] * b[k * n + j];
        }
      }
    }
    return product;
  }

  private static double[] scaled(double[] gram, int n, GramOptions options) {
    double mean = 0;
    for (int i = 0; i < n; i++) {
      mean += gram[i * n + i] / n;
    }
    double[] scaled = new double[n * n];
    for (int i = 0; i < gram.length; i++) {
      scaled[i] = (gram[i] / mean + options.constant()) / (1 + options.constant());
    }
    return scaled;
  }

  /** The inner products of the listed entities' coordinates are the entries of {@code expected}. */
  static void assertInnerProducts(
      double[] expected, FactorTable table, int[] entities, double tolerance) {
    int n = entities.length;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        assertEquals(
            expected[i * n + j],
            table.inner(entities[i], entities[j]),
            tolerance,
            "entities " + entities[i] + " and " + entities[j]);
      }
    }
  }

  static double meanDiagonal(FactorTable table, int[] entities) {
    double sum = 0;
    for (int entity : entities) {
      sum += table.inner(entity, entity);
    }
    return sum / entities.length;
  }
}
