package kronwood.train;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kronwood.network.Exchange;
import kronwood.network.NeuronRange;

/**
 * Joins trainers in threads of one process: all meet at a barrier, and their numbers are added as
 * halving the range of all neurons says.
 */
public final class ThreadExchange {
  private final List<NeuronRange> ranges;
  private final NeuronRange whole;
  private final Phaser barrier;
  private final double[][] values;
  private final long[] counts;
  private final int[] lengths;
  private double[] sum = new double[0];
  private long total;
  private int calls;

  public ThreadExchange(List<NeuronRange> ranges) {
    this.ranges = ranges;
    int distinct = ranges.getFirst().distinct();
    this.whole = new NeuronRange(0, distinct, distinct);
    this.values = new double[ranges.size()][];
    this.counts = new long[ranges.size()];
    this.lengths = new int[ranges.size()];
    this.barrier =
        new Phaser(ranges.size()) {
          @Override
          protected boolean onAdvance(int phase, int parties) {
            return !add();
          }
        };
  }

  /** How many times all trainers met, twice for each sum. */
  public int calls() {
    return calls;
  }

  /** What one trainer holds; all must be used, each on a thread of its own. */
  public NeuronShare share(int rank) {
    return new NeuronShare(
        ranges.get(rank),
        new Exchange() {
          @Override
          public void sum(double[] numbers, int count) {
            values[rank] = Arrays.copyOf(numbers, count);
            lengths[rank] = count;
            await();
            System.arraycopy(sum, 0, numbers, 0, count);
            await();
          }

          @Override
          public long sum(long value) {
            values[rank] = new double[0];
            counts[rank] = value;
            lengths[rank] = -1;
            await();
            long result = total;
            await();
            return result;
          }
        });
  }

  /** A trainer has failed: the others shall not wait for it. */
  public void fail() {
    barrier.forceTermination();
  }

  private void await() {
    try {
      if (barrier.awaitAdvanceInterruptibly(barrier.arrive(), 3, TimeUnit.MINUTES) < 0) {
        throw new IllegalStateException("another trainer has failed: " + Arrays.toString(lengths));
      }
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException("another trainer has failed", e);
    }
  }

  /**
   * Also runs when all have read the sums; then it changes nothing.
   *
   * @return whether all made the same call
   */
  private boolean add() {
    calls++;
    if (Arrays.stream(lengths).distinct().count() != 1) {
      return false;
    }
    if (calls % 2 == 1) {
      sum = node(whole);
      total = Arrays.stream(counts).sum();
    }
    return true;
  }

  private double[] node(NeuronRange range) {
    int rank = ranges.indexOf(range);
    if (rank >= 0) {
      return values[rank];
    }
    double[] left = node(range.half(0)).clone();
    double[] right = node(range.half(1));
    for (int i = 0; i < left.length; i++) {
      left[i] += right[i];
    }
    return left;
  }
}
