package kronwood.math;

import java.util.Arrays;
import kronwood.math.kernel.Kernels;

/**
 * Chains of plane rotations of the rows of an n×n matrix, collected and then applied together: a
 * panel of columns narrow enough for the cache takes all chains before the next panel does, so that
 * the matrix comes from memory once for some {@value #CHAINS} sweeps rather than once for each.
 */
final class RotationBatch {

  private static final int CHAINS = 48;

  /** Bytes of a panel; half of a usual second-level cache. */
  private static final int PANEL_BYTES = 1 << 19;

  private static final int LEAST_PANEL_COLUMNS = 32;

  private final Kernels kernels = Kernels.active();
  private final double[] rows;
  private final int n;
  private final double[] cosines;
  private final double[] sines;
  private final int[] firsts = new int[CHAINS];
  private final int[] starts = new int[CHAINS + 1];
  private int chains;
  private int size;

  /**
   * @param rows n×n, row-major
   */
  RotationBatch(double[] rows, int n) {
    this.rows = rows;
    this.n = n;
    int capacity = n * Math.min(n, CHAINS);
    this.cosines = new double[capacity];
    this.sines = new double[capacity];
  }

  /** Begins a chain upwards from the plane (first, first+1), of at most so many rotations. */
  void begin(int first, int length) {
    if (chains == CHAINS || size + length > cosines.length) {
      apply();
    }
    firsts[chains] = first;
    starts[chains] = size;
    chains++;
    starts[chains] = size;
  }

  /** Adds a rotation to the chain begun last. */
  void add(double cosine, double sine) {
    cosines[size] = cosine;
    sines[size] = sine;
    size++;
    starts[chains] = size;
  }

  /** Applies all chains in the order of their beginning, and forgets them. */
  void apply() {
    int width = Math.max(LEAST_PANEL_COLUMNS, PANEL_BYTES / Double.BYTES / Math.max(1, n));
    for (int from = 0; from < n; from += width) {
      int to = Math.min(n, from + width);
      for (int chain = 0; chain < chains; chain++) {
        int start = starts[chain];
        int count = starts[chain + 1] - start;
        kernels.rotateRows(cosines, sines, start, count, rows, n, firsts[chain], from, to);
      }
    }
    chains = 0;
    size = 0;
    Arrays.fill(starts, 0);
  }
}
