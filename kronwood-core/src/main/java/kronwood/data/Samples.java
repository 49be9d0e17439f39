package kronwood.data;

import kronwood.fault.InputException;
import org.jspecify.annotations.Nullable;

/**
 * Labelled samples: for each a tuple of entities, targets, and a weight.
 *
 * <p>A weight scales the sample's loss; without weights all are 1.
 */
public final class Samples {
  private final EntityTuples tuples;
  private final Targets targets;
  private final float @Nullable [] weights;

  private Samples(EntityTuples tuples, Targets targets, float @Nullable [] weights) {
    this.tuples = tuples;
    this.targets = targets;
    this.weights = weights;
  }

  /**
   * Samples of weight 1.
   *
   * @throws InputException if tuples and targets are not equally many
   */
  public static Samples of(EntityTuples tuples, Targets targets) {
    return weighted(tuples, targets, null);
  }

  /**
   * Samples with weights; the array is copied.
   *
   * @param weights one finite weight ≥ 0 per sample, or null for weight 1
   * @throws InputException if sizes differ or a weight is negative or not finite
   */
  public static Samples weighted(EntityTuples tuples, Targets targets, float @Nullable [] weights) {
    if (tuples.size() != targets.size()) {
      throw new InputException(
          tuples.size() + " tuples but targets of " + targets.size() + " samples");
    }
    if (weights == null) {
      return new Samples(tuples, targets, null);
    }
    if (weights.length != tuples.size()) {
      throw new InputException(tuples.size() + " tuples but " + weights.length + " weights");
    }
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] >= 0) || !Float.isFinite(weights[i])) {
        throw new InputException(
            "weight of sample " + (i + 1) + " is " + weights[i] + ", expected a number >= 0");
      }
    }
    return new Samples(tuples, targets, weights.clone());
  }

  /** Samples of arrays that are not copied, and may change. */
  static Samples sharing(EntityTuples tuples, Targets targets, float @Nullable [] weights) {
    return new Samples(tuples, targets, weights);
  }

  /** Number of samples. */
  public int size() {
    return tuples.size();
  }

  /** The entity tuple of each sample. */
  public EntityTuples tuples() {
    return tuples;
  }

  /** The target of each sample. */
  public Targets targets() {
    return targets;
  }

  /** Weight of sample {@code sample}. */
  public float weight(int sample) {
    return weights == null ? 1f : weights[sample];
  }

  /** The listed samples, in that order. */
  public Samples select(int[] samples) {
    float[] selected = null;
    if (weights != null) {
      selected = new float[samples.length];
      for (int i = 0; i < samples.length; i++) {
        selected[i] = weights[samples[i]];
      }
    }
    return new Samples(tuples.select(samples), targets.select(samples), selected);
  }
}
