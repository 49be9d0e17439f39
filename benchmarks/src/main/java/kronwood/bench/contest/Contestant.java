package kronwood.bench.contest;

import kronwood.math.Precision;

/** One side of a comparison: something that trains the same network whenever it is asked to. */
public interface Contestant extends AutoCloseable {

  /** What tells it from the other sides. */
  String label();

  /**
   * Names the training it does. Contestants of one comparison with the same name train the same
   * network on the same problem and must come to the same losses with the same neurons fired.
   */
  String training();

  /** Whether this is another program than ours. */
  default boolean isPeer() {
    return false;
  }

  /** In what numbers it keeps weights: says how closely losses can be compared. */
  default Precision precision() {
    return Precision.DOUBLE;
  }

  /** What it works on. */
  Shape shape();

  /**
   * Trains from the start.
   *
   * @param epochs passes over the training samples
   * @param weigh whether this is the first run, which measures memory, spoiling the clocks; it must
   *     be whole. A contestant whose later runs are not, compares their losses with the first's.
   */
  Run run(int epochs, boolean weigh);

  /** Gives back what is held from run to run. */
  @Override
  default void close() {}

  /**
   * Sizes, for the table.
   *
   * @param engine what does the work
   * @param neurons width m
   * @param samples training samples
   * @param dimension of an input as the user brings it, before any reduction
   * @param batch samples per step
   */
  record Shape(String engine, int neurons, int samples, double dimension, int batch) {}
}
