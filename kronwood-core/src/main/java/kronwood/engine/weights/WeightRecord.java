package kronwood.engine.weights;

import kronwood.state.StateVisitor;

/**
 * Recorded weights of an engine: of one moment, or a weighted mean of several. Made by {@code
 * Engine.newRecord}, all zero at first.
 */
public interface WeightRecord {

  /** {@code this ← (1 − share) · this + share · present weights}. */
  void blend(double share);

  /** Copies another record of the same engine. */
  void assign(WeightRecord other);

  /** Shows its numbers, to be saved or filled. */
  void visit(String name, StateVisitor visitor);

  /**
   * Whether pre-activations of the recorded weights can be computed without restoring them, and
   * without keeping a number for each sample.
   */
  default boolean canBeRead() {
    return false;
  }

  /** Announces samples whose pre-activations will be read. */
  default void prepare(int[] samples) {
    throw new UnsupportedOperationException("these weights cannot be read");
  }

  /**
   * Writes the pre-activations of all units on a sample announced last. May be called concurrently.
   *
   * @param position of the sample among those announced
   */
  default void preActivations(int position, double[] z) {
    throw new UnsupportedOperationException("these weights cannot be read");
  }
}
