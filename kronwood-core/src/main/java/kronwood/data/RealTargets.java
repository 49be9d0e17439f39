package kronwood.data;

import java.util.List;
import kronwood.fault.InputException;

/**
 * One or several real numbers per sample, row-major.
 *
 * <p>Memory: 4 · size · outputs bytes.
 */
public final class RealTargets implements Targets {
  private final List<String> names;
  private final float[] values;

  private RealTargets(List<String> names, float[] values) {
    this.names = names;
    this.values = values;
  }

  /**
   * Targets from a row-major array, which is copied.
   *
   * @param names one name per target, at least one
   * @param values target {@code c} of sample {@code i} at {@code i * names.size() + c}, finite
   * @throws InputException if the shape does not fit or a value is not finite
   */
  public static RealTargets of(List<String> names, float[] values) {
    if (names.isEmpty() || values.length % names.size() != 0) {
      throw new InputException(
          values.length + " values do not make rows of " + names.size() + " targets");
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InputException(
            "target '"
                + names.get(i % names.size())
                + "' of sample "
                + (i / names.size() + 1)
                + " is "
                + values[i]
                + ", expected a finite number");
      }
    }
    return new RealTargets(List.copyOf(names), values.clone());
  }

  /** Targets of an array that is not copied, and may change. */
  static RealTargets sharing(List<String> names, float[] values) {
    return new RealTargets(List.copyOf(names), values);
  }

  @Override
  public int size() {
    return values.length / names.size();
  }

  @Override
  public List<String> names() {
    return names;
  }

  /** Targets per sample. */
  public int outputs() {
    return names.size();
  }

  /** Target {@code output} of sample {@code sample}. */
  public float value(int sample, int output) {
    return values[sample * names.size() + output];
  }

  @Override
  public RealTargets select(int[] samples) {
    int outputs = outputs();
    float[] selected = new float[Math.multiplyExact(samples.length, outputs)];
    for (int i = 0; i < samples.length; i++) {
      System.arraycopy(values, samples[i] * outputs, selected, i * outputs, outputs);
    }
    return new RealTargets(names, selected);
  }
}
