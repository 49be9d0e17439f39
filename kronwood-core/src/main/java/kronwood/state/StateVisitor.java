package kronwood.state;

import kronwood.math.RealArray;

/**
 * Visits all numbers of a training by name, always in the same order, to save them or to load saved
 * ones. The arrays are those that the training uses.
 */
public interface StateVisitor {

  /** Numbers of either precision. */
  void visit(String name, RealArray numbers);

  /** Numbers in double precision. */
  void visit(String name, double[] numbers);

  /** Whole numbers. */
  void visit(String name, long[] numbers);
}
