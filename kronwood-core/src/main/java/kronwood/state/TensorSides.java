package kronwood.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import kronwood.input.StructuredInputs;

/**
 * The modes of a weight tensor as two sides, so that it is a matrix: first modes are its rows, the
 * others its columns. Pairs have a mode on each side, single entities have none on the left. Three
 * modes and more are divided where the two sides are closest in size.
 */
final class TensorSides {
  /** Modes that number the rows of the matrix. */
  static final int LEFT = 0;

  /** Modes that number its columns. */
  static final int RIGHT = 1;

  private final List<List<StateAxis>> axes = new ArrayList<>();
  private final int[] ranks = new int[2];

  /**
   * @param products plain inputs
   * @throws ArithmeticException if a side exceeds the range of an array
   */
  TensorSides(StructuredInputs products) {
    int modes = products.modes();
    int split = 0;
    for (int candidate = 1; candidate < modes; candidate++) {
      if (split == 0 || sum(products, candidate) < sum(products, split)) {
        split = candidate;
      }
    }
    axes.add(axes(products, 0, split));
    axes.add(axes(products, split, modes));
    ranks[LEFT] = Math.toIntExact((long) rank(products, 0, split));
    ranks[RIGHT] = Math.toIntExact((long) rank(products, split, modes));
  }

  /** Numbers along both sides together, the least if the modes are divided best. */
  static double smallestSum(StructuredInputs products) {
    double smallest = Double.POSITIVE_INFINITY;
    for (int split = Math.min(1, products.modes() - 1); split < products.modes(); split++) {
      smallest = Math.min(smallest, sum(products, split));
    }
    return smallest;
  }

  private static double sum(StructuredInputs products, int split) {
    return rank(products, 0, split) + rank(products, split, products.modes());
  }

  private static double rank(StructuredInputs products, int from, int to) {
    double rank = 1;
    for (int k = from; k < to; k++) {
      rank *= products.factor(k).rank();
    }
    return rank;
  }

  private static List<StateAxis> axes(StructuredInputs products, int from, int to) {
    List<StateAxis> axes = new ArrayList<>();
    for (int k = from; k < to; k++) {
      axes.add(new StateAxis(products, k));
    }
    return Collections.unmodifiableList(axes);
  }

  /** Numbers along a side. */
  int rank(int side) {
    return ranks[side];
  }

  /** Numbers of a tensor. */
  int size() {
    return Math.multiplyExact(ranks[LEFT], ranks[RIGHT]);
  }

  /** Equal for products with the same entities on a side, and for no others. */
  long key(int product, int side) {
    long key = 0;
    for (StateAxis axis : axes.get(side)) {
      long entities = (long) axis.entities();
      key = Math.addExact(Math.multiplyExact(key, entities), axis.entity(product));
    }
    return key;
  }

  /** Coordinates of a product along a side, the Kronecker product of its entities' there. */
  double[] row(int product, int side) {
    double[] row = {1};
    for (StateAxis axis : axes.get(side)) {
      row = StateShape.product(row, axis.coordinates(product));
    }
    return row;
  }
}
