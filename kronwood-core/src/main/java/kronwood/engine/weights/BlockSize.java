package kronwood.engine.weights;

import kronwood.input.StructuredInputs;
import kronwood.state.NeuronStates;
import kronwood.state.StateLayout;

/**
 * The number of samples in a block.
 *
 * <p>With longer blocks the states are read less often, but logs are longer. At the best size both
 * cost about the same. Which one costs more is computed from counters, not from clocks, so that a
 * training is reproducible.
 */
public sealed class BlockSize permits TensorBlockSize, EntryBlockSize {
  private static final int FIRST = 512;
  private static final int SMALLEST = 64;
  static final int LARGEST = 1 << 14;

  /** Most numbers of one kind that are held for a block. */
  private static final double LARGEST_ARRAY = 1 << 24;

  /** Log entries that are pulled in the time that reading one number of a state takes. */
  static final double PASSING = 1;

  private final double passing;
  private final int largest;
  private int size;

  public BlockSize(StructuredInputs inputs, StateLayout layout, int units) {
    this.passing = PASSING * layout.size(inputs) * NeuronStates.stride(units);
    this.largest = largest(inputs, layout, units);
    this.size = Math.min(FIRST, largest);
  }

  /** Blocks of other kinds. */
  BlockSize(int largest) {
    this.passing = 0;
    this.largest = largest;
    this.size = Math.min(FIRST, largest);
  }

  /** Samples in a block at most. */
  public static int largest(StructuredInputs inputs, StateLayout layout, int units) {
    int largest = LARGEST;
    while (largest > SMALLEST
        && ((double) largest * NeuronStates.stride(units) > LARGEST_ARRAY
            || layout.blockArray(inputs, largest) > LARGEST_ARRAY)) {
      largest /= 2;
    }
    return largest;
  }

  /** Samples in a block, as chosen at present. */
  public final int get() {
    return size;
  }

  /** Continues with a size that was chosen before. */
  public final void set(int chosen) {
    size = Math.clamp(chosen, SMALLEST, Math.max(SMALLEST, largest));
  }

  /** Twice as many samples if {@code larger}, else half as many, within the limits. */
  final void change(boolean larger) {
    size = larger ? Math.min(largest, size * 2) : Math.max(SMALLEST, size / 2);
  }

  /**
   * A block is done.
   *
   * @param pulled log entries that were pulled in it
   * @param samples that it had
   */
  public void adapt(long pulled, int samples) {
    if (pulled > passing) {
      size = Math.max(SMALLEST, size / 2);
    } else if (4 * pulled < passing) {
      size = Math.min(largest, size * 2);
    }
  }
}
