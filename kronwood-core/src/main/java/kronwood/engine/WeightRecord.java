package kronwood.engine;

import kronwood.state.StateVisitor;

/**
 * Weights of an engine as they were: at one time, or a mixture of several. Made by {@link
 * Engine#newRecord}, all zero at first.
 */
public interface WeightRecord {

  /** {@code this ← (1 − share) · this + share · present weights}. */
  void blend(double share);

  /** Takes over what another record of the same engine holds. */
  void assign(WeightRecord other);

  /** Shows its numbers, to be saved or filled. */
  void visit(String name, StateVisitor visitor);

  /**
   * Whether the recorded weights can be asked for pre-activations, without being restored and
   * without a number kept for each sample.
   */
  default boolean canBeRead() {
    return false;
  }

  /** Announces samples whose pre-activations will be asked for, if they can be. */
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
