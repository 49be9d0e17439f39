package kronwood.state;

import kronwood.math.RealArray;

/**
 * Is shown all numbers that a training consists of, under names, each time in the same order: to
 * write them down, or to fill them with what was written. The arrays are the live ones.
 */
public interface StateVisitor {

  /** Numbers of either precision. */
  void visit(String name, RealArray numbers);

  /** Numbers in double precision. */
  void visit(String name, double[] numbers);

  /** Whole numbers. */
  void visit(String name, long[] numbers);
}
