package kronwood.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Room for a number of labelled samples, which are replaced by others as a training goes through
 * them. {@link #samples} shows what the slots hold at present.
 *
 * <p>Memory: 4 bytes a slot for each mode, each target, and the weight. Not thread-safe: nobody may
 * read a slot while it is written.
 */
public final class SampleSlots {
  private final int modes;
  private final int outputs;
  private final int[] entities;
  private final float[] values;
  private final int[] labels;
  private final float @Nullable [] weights;
  private final Samples samples;

  private SampleSlots(
      int modes,
      int outputs,
      int[] entities,
      float[] values,
      int[] labels,
      boolean weighted,
      Targets shown) {
    this.modes = modes;
    this.outputs = outputs;
    this.entities = entities;
    this.values = values;
    this.labels = labels;
    this.weights = weighted ? new float[entities.length / modes] : null;
    this.samples = Samples.sharing(EntityTuples.sharing(modes, entities), shown, weights);
  }

  /**
   * Slots of samples with real targets, all 0.
   *
   * @param names names of the targets
   * @param weighted whether samples have weights
   */
  public static SampleSlots ofReals(int slots, int modes, List<String> names, boolean weighted) {
    float[] values = new float[Math.multiplyExact(slots, names.size())];
    return new SampleSlots(
        modes,
        names.size(),
        new int[Math.multiplyExact(slots, modes)],
        values,
        new int[0],
        weighted,
        RealTargets.sharing(names, values));
  }

  /**
   * Slots of samples with classes, all of the first one.
   *
   * @param name name of what is classified
   * @param classes names of the classes
   * @param weighted whether samples have weights
   */
  public static SampleSlots ofClasses(
      int slots, int modes, String name, List<String> classes, boolean weighted) {
    int[] labels = new int[slots];
    return new SampleSlots(
        modes,
        1,
        new int[Math.multiplyExact(slots, modes)],
        new float[0],
        labels,
        weighted,
        ClassTargets.sharing(name, classes, labels));
  }

  /** What the slots hold, now and after each change. */
  public Samples samples() {
    return samples;
  }

  /** Sets an entity; it must exist. */
  public void setEntity(int slot, int mode, int entity) {
    entities[slot * modes + mode] = entity;
  }

  /** Sets a real target, finite. */
  public void setValue(int slot, int output, float value) {
    values[slot * outputs + output] = value;
  }

  /** Sets a class; it must exist. */
  public void setLabel(int slot, int label) {
    labels[slot] = label;
  }

  /** Sets a weight, finite and not negative; of slots without weights it is always 1. */
  public void setWeight(int slot, float weight) {
    if (weights != null) {
      weights[slot] = weight;
    }
  }
}
