package kronwood.engine.weights;

import java.util.List;
import kronwood.math.Parallel;
import kronwood.math.RealArray;
import kronwood.network.EntryWeights;
import kronwood.state.CoefficientLog;
import kronwood.state.StateVisitor;

/**
 * How weights of all units, and sums of weights, are laid out in arrays of numbers, and what inputs
 * read of them and add to them. Linear operations on weights are those on all numbers.
 */
sealed interface WeightArrays permits TensorArrays, EntryArrays {

  /**
   * Weights that are 0. An array without numbers stands for zeros until {@link #absorb} has any.
   */
  RealArray[] zeros();

  /**
   * Reads inputs: {@code out[p · stride + r] = ⟨W_r, x_p⟩} with W the sum of weights.
   *
   * @param withInitial whether W(0) is in the sum too
   * @param summands further weights
   * @param out of this precision
   */
  void read(
      boolean withInitial, List<RealArray[]> summands, int[] block, int stride, RealArray out);

  /** Adds a log to weights; see {@link kronwood.state.WeightTensors#absorb}. */
  void absorb(RealArray[] weights, CoefficientLog log, int part, int[] logged);

  /** {@code tensor += scale · W_unit}. */
  void addTo(double[] tensor, double scale, RealArray[] weights, int unit);

  /** {@code tensor += W_unit(0)}. */
  void addInitialTo(double[] tensor, int unit);

  /** Shows what says where weights are, which updates may change. */
  void visit(StateVisitor visitor);

  /** Makes arrays long enough for the numbers that there are now. */
  void grow(RealArray[] weights);

  /**
   * Makes the weights of single entries of a change of weights, which it takes over and spoils.
   *
   * @throws UnsupportedOperationException if weights are whole tensors
   */
  EntryWeights entries(RealArray[] change, Parallel loop);
}
