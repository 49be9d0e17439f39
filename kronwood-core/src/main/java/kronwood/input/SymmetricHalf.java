package kronwood.input;

import java.util.Arrays;
import kronwood.gram.FactorTable;

/**
 * Inputs that are symmetric matrices X, as what is on and below their diagonal: X_ii and √2 X_ij,
 * so that inner products are those of the matrices.
 */
final class SymmetricHalf {
  private static final double ROOT_TWO = Math.sqrt(2);

  private SymmetricHalf() {}

  /** Whether all inputs are: of two modes, an entity and itself, or two in either order. */
  static boolean isIn(StructuredInputs inputs) {
    if (inputs.modes() != 2 || inputs.factor(0) != inputs.factor(1)) {
      return false;
    }
    if (!inputs.isPlain()) {
      return inputs.structure() == PairStructure.SYMMETRIC;
    }
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.entity(i, 0) != inputs.entity(i, 1)) {
        return false;
      }
    }
    return true;
  }

  /** Entries of a matrix of so many rows that are on or below its diagonal. */
  static double rank(int rows) {
    return rows * (rows + 1.0) / 2;
  }

  /** Writes them, row by row. Cost: their number for each term. */
  static void write(Terms terms, int input, double[] out) {
    StructuredInputs products = terms.products();
    FactorTable table = products.factor(0);
    Arrays.fill(out, 0);
    for (int t = 0; t < terms.count(); t++) {
      int product = terms.index(input, t);
      int first = products.entity(product, 0);
      int second = products.entity(product, 1);
      int next = 0;
      for (int i = 0; i < table.rank(); i++) {
        double factor = terms.weight(t) * table.coordinate(first, i);
        for (int j = 0; j < i; j++) {
          out[next++] += ROOT_TWO * factor * table.coordinate(second, j);
        }
        out[next++] += factor * table.coordinate(second, i);
      }
    }
  }
}
