package kronwood.engine;

import kronwood.engine.weights.WeightRecord;
import kronwood.math.kernel.Kernels;
import kronwood.state.StateVisitor;
import kronwood.tree.FiredNeurons;
import kronwood.tree.NeuronSearch;

/**
 * Holds the weights of all units in some form and answers which of them fire on a sample. Units are
 * the m neurons, and with a linear skip a linear unit for each output, numbered from m on, that
 * always fires.
 *
 * <p>Engines differ in cost, never in result: for the same calls all report the same neurons and,
 * up to rounding, the same pre-activations.
 */
public sealed interface Engine permits DenseEngine, EagerEngine, BlockEngine {

  /** Name on the command line. */
  String name();

  /**
   * Announces queries: queries for {@code order[from … to − 1]} come next, with the present
   * weights; those for the rest of {@code order} probably follow, with updates in between. Only
   * samples that the last call announced may be queried.
   */
  void prepare(int[] order, int from, int to);

  /**
   * Fills {@code fired} with the neurons of {@code z_r = ⟨W_r, x_sample⟩ > b}, in increasing order,
   * and all linear units, with their pre-activations. May be called concurrently for different
   * samples, with different buffers.
   */
  void query(int sample, FiredNeurons fired);

  /**
   * How the last {@link #query} of an announced sample found the neurons that fire, asked before
   * the next update. Changes nothing and counts no work.
   */
  NeuronSearch search(int sample);

  /**
   * Writes the pre-activations of all units on an announced sample to {@code z}. May be called
   * concurrently for different samples.
   */
  void preActivations(int sample, double[] z);

  /**
   * Takes one step of the {@link kronwood.engine.weights.UpdateRule}.
   *
   * @param batch the coefficients
   * @param keep 1 without weight decay, else between 0 and 1, both exclusive
   */
  void update(BatchCoefficients batch, double keep);

  /**
   * Writes the weights of a unit to {@code tensor}, shape rank_1 × … × rank_K, row-major. May be
   * called concurrently for different units.
   */
  void weights(int unit, double[] tensor);

  /**
   * Writes the weights of units [from, to) in single precision, at most {@link Kernels#PANEL} at a
   * time. This may cost much less than one by one. May be called concurrently.
   */
  default void weights(int from, int to, float[][] tensors) {
    for (int r = from; r < to; r++) {
      double[] tensor = new double[tensors[r - from].length];
      weights(r, tensor);
      for (int i = 0; i < tensor.length; i++) {
        tensors[r - from][i] = (float) tensor[i];
      }
    }
  }

  /** A record of weights, all 0. */
  WeightRecord newRecord();

  /** Sets the weights to recorded ones, to be queried and read: no update may follow. */
  void restore(WeightRecord record);

  /** Sets the weights to recorded ones, to be read only: neither query nor update may follow. */
  default void restoreToRead(WeightRecord record) {
    restore(record);
  }

  /**
   * Shows all numbers that {@link #update} has changed. Allowed only at the end of an order. An
   * engine that was made in the same way and filled with these numbers continues with the same
   * bits.
   */
  void visit(StateVisitor visitor);

  /** Releases memory that only queries and updates need; {@link #weights} still works. */
  void release();

  /** Whether it reads rows of Gram matrices, which inputs then compute and keep. */
  default boolean usesGramMatrices() {
    return true;
  }

  /** Work done by queries and updates so far. */
  WorkCounters work();
}
