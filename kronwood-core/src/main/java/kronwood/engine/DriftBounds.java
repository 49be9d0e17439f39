package kronwood.engine;

import kronwood.engine.weights.PartScale;
import kronwood.state.StateVisitor;

/**
 * By how much each neuron has moved since the last refresh, in norm, as an upper bound.
 *
 * <p>Different neurons may be changed concurrently.
 */
sealed interface DriftBounds permits NormOfSumBounds, SumOfNormsBounds {

  /** A refresh: the logs are empty. */
  void begin();

  /** The logs become part of the states. */
  void absorb();

  /** All states and logs of a part were multiplied by {@code factor}. */
  void scale(int part, double factor);

  /**
   * One coefficient of the current batch.
   *
   * @param sample position in the batch
   * @param c coefficient in each part
   * @param alongLog ⟨L_r, x⟩ before the batch, of all parts together
   * @param alongState ⟨Q_r, x⟩ of part 0
   * @param norm ‖x‖
   */
  void add(int r, int sample, double[] c, double alongLog, double alongState, double norm);

  /** Whether {@link #endBatch} looks at inner products. */
  boolean needsGram();

  /**
   * All coefficients of the batch for a neuron were added.
   *
   * @param gram inner products of the batch's samples, row-major; any array if they are not needed
   */
  void endBatch(int r, double[] gram, int samples);

  /** The bound of a neuron, at scales that were others at the refresh. */
  double bound(int r, PartScale[] parts);

  /** Shows what it has summed, after {@link #absorb}. */
  void visit(StateVisitor visitor);
}
