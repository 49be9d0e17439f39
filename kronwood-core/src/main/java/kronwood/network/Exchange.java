package kronwood.network;

/**
 * Completes sums over neurons when several processes train one network, each with a share of its
 * neurons. A process hands over the sum over its own neurons and gets the sum over all.
 *
 * <p>An implementation must guarantee:
 *
 * <ul>
 *   <li><b>Same calls.</b> All processes make the same calls in the same order with arrays of the
 *       same length; call k of one process meets call k of every other. A call returns when all
 *       processes have made it.
 *   <li><b>Same bits.</b> All processes get the same bits. Counts are added exactly.
 *   <li><b>One end.</b> If one process fails or does not answer, the call throws an unchecked
 *       exception in all others; the training ends with it.
 * </ul>
 *
 * <p>Calls come from the thread that trains, one at a time. A training makes one call a batch with
 * S · C · E numbers and one more (S samples, C outputs, E members); in evaluation one call and a
 * count for each 1,024 samples; about 80 calls if it chooses the step size; two counts a block of
 * samples.
 */
public interface Exchange {
  /** For a process that holds all neurons: its sums are complete. */
  Exchange NONE =
      new Exchange() {
        @Override
        public void sum(double[] values, int count) {}

        @Override
        public long sum(long value) {
          return value;
        }
      };

  /** Replaces each of the first {@code count} numbers by its sum over all processes. */
  void sum(double[] values, int count);

  /** The sum of a count over all processes. */
  long sum(long value);
}
