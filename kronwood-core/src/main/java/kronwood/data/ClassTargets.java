package kronwood.data;

import java.util.List;
import kronwood.fault.InputException;

/**
 * One of several named classes per sample.
 *
 * <p>With two classes, class 1 is the positive one. Memory: 4 bytes a sample.
 */
public final class ClassTargets implements Targets {
  private final String name;
  private final List<String> classes;
  private final int[] labels;

  private ClassTargets(String name, List<String> classes, int[] labels) {
    this.name = name;
    this.classes = classes;
    this.labels = labels;
  }

  /**
   * Classes of samples; the array is copied.
   *
   * @param name name of what is classified
   * @param classes names of the classes, at least two, distinct
   * @param labels class of each sample, {@code 0 … classes.size() − 1}
   * @throws InputException if there are fewer than two classes, two of the same name, or a label
   *     out of range
   */
  public static ClassTargets of(String name, List<String> classes, int[] labels) {
    if (classes.size() < 2) {
      throw new InputException(
          "'" + name + "' has " + classes.size() + " classes, expected at least two");
    }
    if (classes.stream().distinct().count() != classes.size()) {
      throw new InputException("'" + name + "' has two classes of the same name");
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes.size()) {
        throw new InputException(
            "label "
                + labels[i]
                + " of sample "
                + (i + 1)
                + ", expected 0 to "
                + (classes.size() - 1));
      }
    }
    return new ClassTargets(name, List.copyOf(classes), labels.clone());
  }

  /** Classes of an array that is not copied, and may change. */
  static ClassTargets sharing(String name, List<String> classes, int[] labels) {
    return new ClassTargets(name, List.copyOf(classes), labels);
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public List<String> names() {
    return List.of(name);
  }

  /** Names of the classes. */
  public List<String> classes() {
    return classes;
  }

  /** Class of sample {@code sample}. */
  public int label(int sample) {
    return labels[sample];
  }

  @Override
  public ClassTargets select(int[] samples) {
    int[] selected = new int[samples.length];
    for (int i = 0; i < samples.length; i++) {
      selected[i] = labels[samples[i]];
    }
    return new ClassTargets(name, classes, selected);
  }
}
