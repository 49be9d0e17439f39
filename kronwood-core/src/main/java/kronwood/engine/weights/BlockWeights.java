package kronwood.engine.weights;

import kronwood.math.RealArray;
import kronwood.state.CoefficientLog;
import kronwood.state.StateVisitor;

/**
 * The weights of a {@code kronwood.engine.BlockEngine}'s units, but for the log of the current
 * block: what they are kept as, and what the samples of a block read from them.
 */
public sealed interface BlockWeights permits ExpandedBlockWeights, TensorWeights {
  /** The parts of the change of weights; the engine moves their scales. */
  PartScale[] parts();

  /** Takes the log of the last block in and reads the samples of the next. */
  void refresh(CoefficientLog log, int[] logged, int[] next);

  /** Takes the log in and reads nothing. */
  void absorb(CoefficientLog log, int[] logged);

  /** The samples that were read are the block; the present scales are those of the refresh. */
  void begin(int[] samples);

  /** Writes the pre-activations of all units at a position of the block, from {@code from} on. */
  void copy(int position, RealArray out, int from);

  /** One of them, at the present scales. */
  double get(int position, int unit);

  /** {@code ⟨Q_r, x⟩} of part 0, for {@code DriftBounds.add}. */
  double alongState(int position, int unit);

  /**
   * {@code ⟨L_r, x⟩} of part 0, if it is the only one, for {@code DriftBounds.add}.
   *
   * @param z the unit's pre-activation
   * @param scale of the part, when it had this one
   */
  double alongLog(int position, int unit, double z, double scale);

  /** A sample gets coefficients in one part. */
  void begin(int part, int sample);

  /** One of them. Different units may be added to at once. */
  void add(int part, int unit, int sample, double c);

  /** Multiplies the scale of a part into what it scales. */
  void fold(int part);

  /** Writes the weights of a unit, without the log if {@link #areWithoutLog}. */
  void weights(int unit, double[] tensor);

  /** Writes the weights of units in single precision, at most a panel of them. */
  void weights(int from, int to, float[][] tensors);

  /** Whether weights that are asked for lack what is in the log. */
  boolean areWithoutLog();

  /**
   * A record of weights, all 0.
   *
   * @param settle has the log taken in
   */
  WeightRecord newRecord(Runnable settle);

  /**
   * Sets all weights to recorded ones.
   *
   * @param log an empty log, to work with; empty again afterwards
   * @param block samples to take in at a time
   */
  void restore(WeightRecord record, CoefficientLog log, int block);

  /** The same, where nothing will be asked for but the weights. */
  void restoreToRead(WeightRecord record);

  /** Shows all that updates change. */
  void visit(StateVisitor visitor);

  /** Gives back memory that only queries and updates need. */
  void release();
}
