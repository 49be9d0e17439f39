package kronwood.train;

import kronwood.tree.FiredNeurons;

/**
 * Holds the weights of all neurons in some form and answers which of them fire on a sample.
 *
 * <p>Engines differ in cost, never in result: for the same calls all report the same neurons and,
 * up to rounding, the same pre-activations.
 */
public sealed interface Engine permits DenseEngine, EagerEngine, BlockEngine {

  /** Name on the command line. */
  String name();

  /**
   * Announces queries: those for {@code order[from … to − 1]} come next, at the weights of now, and
   * probably those for the rest of {@code order} after them, with updates in between. No query may
   * come for a sample that was not announced by the last call.
   */
  void prepare(int[] order, int from, int to);

  /**
   * Fills {@code fired} with the neurons of {@code z_r = ⟨W_r, x_sample⟩ > b}, in increasing order,
   * with their pre-activations. May be called concurrently for different samples, with different
   * buffers.
   */
  void query(int sample, FiredNeurons fired);

  /**
   * Takes one step: {@code W_r ← W_r(0) + keep · (W_r − W_r(0)) + Σ_j c_{r,j} · x_j} for all
   * neurons.
   *
   * @param batch the coefficients
   * @param keep 1 without weight decay, else between 0 and 1, both exclusive
   */
  void update(BatchCoefficients batch, double keep);

  /**
   * Writes the weights of a neuron to {@code tensor}, shape rank_1 × … × rank_K, row-major. May be
   * called concurrently for different neurons.
   */
  void weights(int neuron, double[] tensor);

  /** Work done by queries and updates so far. */
  WorkCounters work();
}
