package kronwood.bench.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * A complete grid of pairs.
 *
 * @param left entities on the left
 * @param right entities on the right
 */
record Grid(int left, int right) {
  static final int SMALLEST = 1_000;
  static final int LARGEST = 1_000_000;

  private static final List<Grid> ALL =
      List.of(new Grid(25, 40), new Grid(100, 100), new Grid(250, 400), new Grid(1_000, 1_000));

  /** Grid of 10³, 10⁴, 10⁵ and 10⁶ pairs, as far as they have at most {@code pairs}. */
  static List<Grid> upTo(int pairs) {
    List<Grid> grids = new ArrayList<>();
    for (Grid grid : ALL) {
      if (grid.pairs() <= pairs) {
        grids.add(grid);
      }
    }
    return grids;
  }

  int pairs() {
    return left * right;
  }

  /** What the time per sample may grow with. */
  int entities() {
    return left + right;
  }

  String label() {
    return left + " × " + right;
  }
}
