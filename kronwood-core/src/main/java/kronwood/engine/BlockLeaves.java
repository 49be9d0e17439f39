package kronwood.engine;

import kronwood.engine.weights.BlockWeights;
import kronwood.engine.weights.PartScale;
import kronwood.math.FloatArray;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;
import kronwood.state.NeuronStates;
import kronwood.tree.LazyTree;

/**
 * Pre-activations {@code z⁰ + Σ_parts s · ⟨Q_r, x⟩} of all units on the samples of a block: what
 * they would be had the log stayed empty since the block began.
 *
 * <p>Memory: 4 bytes a unit and sample of a block, and 8 more in double precision.
 */
final class BlockLeaves {
  private static final int SAMPLES_PER_TASK = 16;

  private final BlockWeights weights;
  private final int units;
  private final int stride;
  private final Precision precision;
  private final Parallel parallel;
  private FloatArray rounded = new FloatArray(new float[0]);
  private RealArray leaves = rounded;

  BlockLeaves(BlockWeights weights, int units, Precision precision, Parallel parallel) {
    this.weights = weights;
    this.units = units;
    this.stride = NeuronStates.stride(units);
    this.precision = precision;
    this.parallel = parallel;
  }

  /** The states were read for a block of samples. */
  void begin(int[] samples, LazyTree tree) {
    int wanted = Math.multiplyExact(samples.length, stride);
    if (rounded.length() < wanted) {
      rounded = new FloatArray(new float[wanted]);
      leaves = precision == Precision.SINGLE ? rounded : precision.array(wanted);
    }
    weights.begin(samples);
    tree.begin(samples.length, rounded.values(), stride);
    parallel.forRange(
        samples.length,
        SAMPLES_PER_TASK,
        (first, last, worker) -> {
          for (int p = first; p < last; p++) {
            fill(p);
            tree.repair(p);
          }
        });
  }

  private void fill(int position) {
    int from = position * stride;
    weights.copy(position, leaves, from);
    if (precision == Precision.DOUBLE) {
      for (int i = from; i < from + units; i++) {
        rounded.set(i, leaves.get(i));
      }
    }
  }

  /** The pre-activation at the present scales. */
  double get(int position, int unit) {
    for (PartScale part : weights.parts()) {
      if (part.scale() != part.scaleAtRefresh()) {
        return weights.get(position, unit);
      }
    }
    return leaves.get(position * stride + unit);
  }

  /** Gives the memory back. */
  void release() {
    rounded = new FloatArray(new float[0]);
    leaves = rounded;
  }
}
