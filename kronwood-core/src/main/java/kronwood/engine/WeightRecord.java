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
}
