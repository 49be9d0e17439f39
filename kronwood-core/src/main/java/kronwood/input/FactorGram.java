package kronwood.input;

import kronwood.gram.FactorTable;
import kronwood.math.kernel.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a factor's Gram matrix {@code G[a, b] = ⟨u_a, u_b⟩}: stored while the matrix is small,
 * made from the coordinates when asked for otherwise.
 *
 * <p>Memory: 8 · entities² bytes if stored. Cost of a row: nothing if stored, entities · rank
 * otherwise.
 */
final class FactorGram {
  /** Largest matrix that is stored, in entries (256 MiB). */
  private static final long STORED_ENTRIES = 1L << 25;

  private final FactorTable table;
  private final double @Nullable [][] rows;

  FactorGram(FactorTable table) {
    this.table = table;
    int n = table.entities();
    this.rows = (long) n * n <= STORED_ENTRIES ? allRows(table) : null;
  }

  static long bytes(long entities) {
    return entities * entities <= STORED_ENTRIES ? 8 * entities * entities : 0;
  }

  private static double[][] allRows(FactorTable table) {
    int n = table.entities();
    double[][] rows = new double[n][n];
    for (int a = 0; a < n; a++) {
      for (int b = 0; b <= a; b++) {
        double inner = table.inner(a, b);
        rows[a][b] = inner;
        rows[b][a] = inner;
      }
    }
    return rows;
  }

  /** Entry of the matrix. Cost: nothing if stored, rank otherwise. */
  double entry(int a, int b) {
    return rows != null ? rows[a][b] : table.inner(a, b);
  }

  boolean isStored() {
    return rows != null;
  }

  /** Row {@code entity}, not to be changed. */
  double[] row(int entity) {
    if (rows != null) {
      return rows[entity];
    }
    double[] row = new double[table.entities()];
    double[] u = table.values();
    int rank = table.rank();
    Kernels.active().rowsTimes(u, 0, table.entities(), rank, u, entity * rank, row, 0);
    return row;
  }
}
