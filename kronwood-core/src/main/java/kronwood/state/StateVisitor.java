package kronwood.state;

import kronwood.math.RealArray;

/**
 * Visits all numbers of a training by name, always in the same order, to save them or to load saved
 * ones. The arrays are those that the training uses.
 *
 * <p>Numbers of units are shown apart from all others, so that a visitor knows which unit each
 * belongs to: first those of the neurons that the process holds, in the order of {@link
 * kronwood.network.NeuronRange#unit}, then, where an array has them, those of the linear units.
 * Other numbers are the same in all processes that train together, except counts of work. A visitor
 * to whom units mean nothing sees arrays only.
 */
public interface StateVisitor {

  /** Numbers of either precision, of no unit. */
  void visit(String name, RealArray numbers);

  /** Numbers in double precision, of no unit. */
  void visit(String name, double[] numbers);

  /** Whole numbers, of no unit. */
  void visit(String name, long[] numbers);

  /**
   * Numbers of units, {@code width} of each, unit by unit.
   *
   * @param width numbers of a unit, at least 1
   */
  default void visitUnits(String name, int width, RealArray numbers) {
    visit(name, numbers);
  }

  /** The same in double precision. */
  default void visitUnits(String name, int width, double[] numbers) {
    visit(name, numbers);
  }

  /**
   * Arrays of units, each of the next {@code each} units, the last perhaps of fewer. Array i is
   * called {@code name.i}.
   *
   * @param each units of an array: 1 or {@link kronwood.math.kernel.Kernels#PANEL}
   */
  default void visitArraysOfUnits(String name, int each, RealArray[] arrays) {
    for (int i = 0; i < arrays.length; i++) {
      visit(name + "." + i, arrays[i]);
    }
  }

  /**
   * Which arrays {@code name.i} with numbers of units follow: 1 for each that does. Where one does
   * not, all its numbers are 0, which need not be so in another process.
   */
  default void visitPresent(String name, long[] present) {
    visit(name + ".present", present);
  }
}
