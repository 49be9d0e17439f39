package kronwood.engine;

import java.util.Arrays;
import kronwood.input.StructuredInputs;
import kronwood.math.Parallel;

/**
 * The samples of the current block in the order of the epoch, the norms of their inputs, and how
 * many of them the log holds.
 */
final class BlockSamples {
  private static final int NOWHERE = -1;
  private static final int NORMS_PER_TASK = 256;

  private final StructuredInputs inputs;
  private final Parallel parallel;
  private final int[] positions;
  private int[] block = new int[0];
  private double[] norms = new double[0];
  private int taken;

  /** None of these inputs. */
  BlockSamples(StructuredInputs inputs, Parallel parallel) {
    this.inputs = inputs;
    this.parallel = parallel;
    this.positions = new int[inputs.size()];
    Arrays.fill(positions, NOWHERE);
  }

  /** Begins a block of the samples {@code order[from]} until {@code order[to]}. */
  void begin(int[] order, int from, int to) {
    forget();
    block = Arrays.copyOfRange(order, from, to);
    for (int p = 0; p < block.length; p++) {
      positions[block[p]] = p;
    }
    if (norms.length < block.length) {
      norms = new double[block.length];
    }
    parallel.forRange(
        block.length,
        NORMS_PER_TASK,
        (first, last, worker) -> {
          for (int p = first; p < last; p++) {
            norms[p] = inputs.norm(block[p]);
          }
        });
  }

  /** Norm of the input at a position of the block. */
  double norm(int position) {
    return norms[position];
  }

  /** Whether samples follow each other in the block as they do in an order. */
  boolean holds(int[] order, int from, int to) {
    boolean holds = true;
    for (int i = from; i < to && holds; i++) {
      // Of another order, a block may hold the same samples at other places.
      int first = positions[order[from]];
      holds = first >= 0 && positions[order[i]] == first + i - from;
    }
    return holds;
  }

  /** Where a sample is, negative if it is not in the block. */
  int position(int sample) {
    return positions[sample];
  }

  /** The samples up to the last one that was taken. */
  int[] logged() {
    return Arrays.copyOf(block, taken);
  }

  /** How many samples are before the end of the last batch that was taken. */
  int taken() {
    return taken;
  }

  /** A batch goes into the log. */
  void take(BatchCoefficients batch) {
    for (int j = 0; j < batch.samples(); j++) {
      taken = Math.max(taken, positions[batch.sample(j)] + 1);
    }
  }

  /** The log is empty again. */
  void clearTaken() {
    taken = 0;
  }

  /** No sample is announced any more; what was taken still counts. */
  void forget() {
    for (int sample : block) {
      positions[sample] = NOWHERE;
    }
  }

  /** There is no block. */
  void clear() {
    forget();
    block = new int[0];
  }
}
