package kronwood.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kronwood.data.ClassTargets;
import kronwood.data.RealTargets;
import kronwood.data.Targets;
import kronwood.fault.InputException;

/**
 * Targets as the losses want them: C numbers per sample, for each member of an ensemble.
 *
 * <ul>
 *   <li>Real targets are standardised per output, {@code y ← (y − offset) / scale}, with mean and
 *       standard deviation of the samples that the member trains on; a constant target keeps scale
 *       1. Where outputs turn their sign with the inputs, so must targets: the offset is 0 and the
 *       scale the root of their mean square.
 *   <li>Two classes under logistic loss become 0 and 1, class 1 being the positive one.
 *   <li>Classes under softmax become one-hot vectors.
 * </ul>
 */
public final class EncodedTargets {
  private final List<String> names;
  private final List<String> classes;
  private final int outputs;
  private final double[] values;
  private final double[] offset;
  private final double[] scale;

  private EncodedTargets(
      List<String> names,
      List<String> classes,
      int outputs,
      double[] values,
      double[] offset,
      double[] scale) {
    this.outputs = outputs;
    this.names = names;
    this.classes = classes;
    this.values = values;
    this.offset = offset;
    this.scale = scale;
  }

  /**
   * Encodes targets for a loss and a single network.
   *
   * @param training samples that mean and standard deviation are taken over
   * @throws InputException if the loss cannot learn such targets; the message says which it can
   */
  public static EncodedTargets of(Targets targets, Loss loss, int[] training) {
    return of(targets, loss, List.of(training), true);
  }

  /**
   * Encodes targets for a loss and a single network.
   *
   * @param training samples that mean and standard deviation are taken over
   * @param centred whether to subtract the mean; false where outputs turn their sign with the
   *     inputs
   * @throws InputException if the loss cannot learn such targets; the message says which it can
   */
  public static EncodedTargets of(Targets targets, Loss loss, int[] training, boolean centred) {
    return of(targets, loss, List.of(training), centred);
  }

  /**
   * Encodes targets for a loss and the members of an ensemble.
   *
   * @param training for each member the samples that mean and standard deviation are taken over
   * @param centred whether to subtract the mean; false where outputs turn their sign with the
   *     inputs
   * @throws InputException if the loss cannot learn such targets; the message says which it can
   */
  public static EncodedTargets of(
      Targets targets, Loss loss, List<int[]> training, boolean centred) {
    if (!centred && loss.task() == Task.MULTICLASS) {
      throw new InputException(
          "loss "
              + loss.key()
              + " does not go with outputs that turn their sign when two entities are exchanged:"
              + " logistic takes two classes, squared and huber take numbers");
    }
    return switch (targets) {
      case RealTargets real when loss.task() == Task.REGRESSION ->
          standardised(real, training, centred);
      case ClassTargets classes when loss.task() == Task.BINARY -> binary(classes, training.size());
      case ClassTargets classes when loss.task() == Task.MULTICLASS ->
          oneHot(classes, training.size());
      case RealTargets real ->
          throw new InputException(
              "loss "
                  + loss.key()
                  + " needs classes, but "
                  + real.names()
                  + " are real numbers; squared and huber take these");
      case ClassTargets classes ->
          throw new InputException(
              "loss "
                  + loss.key()
                  + " needs real numbers, but "
                  + classes.names()
                  + " are classes; logistic and softmax take these");
    };
  }

  private static EncodedTargets standardised(
      RealTargets real, List<int[]> training, boolean centred) {
    int outputs = real.outputs();
    int width = training.size() * outputs;
    double[] offset = new double[width];
    double[] scale = new double[width];
    for (int k = 0; k < width; k++) {
      int c = k % outputs;
      int[] shown = training.get(k / outputs);
      double mean = 0;
      for (int i : shown) {
        mean += centred ? (double) real.value(i, c) / shown.length : 0;
      }
      double variance = 0;
      for (int i : shown) {
        double deviation = real.value(i, c) - mean;
        variance += deviation * deviation / shown.length;
      }
      offset[k] = mean;
      // Below this, what is left of a constant target is rounding.
      scale[k] = variance > 1e-24 * mean * mean ? Math.sqrt(variance) : 1;
    }
    double[] values = new double[Math.multiplyExact(real.size(), width)];
    for (int i = 0; i < real.size(); i++) {
      for (int k = 0; k < width; k++) {
        values[i * width + k] = (real.value(i, k % outputs) - offset[k]) / scale[k];
      }
    }
    return new EncodedTargets(real.names(), List.of(), outputs, values, offset, scale);
  }

  private static EncodedTargets binary(ClassTargets classes, int members) {
    if (classes.classes().size() != 2) {
      throw new InputException(
          "loss logistic needs two classes, found "
              + classes.classes().size()
              + ": "
              + classes.classes());
    }
    double[] values = new double[Math.multiplyExact(classes.size(), members)];
    for (int i = 0; i < values.length; i++) {
      values[i] = classes.label(i / members);
    }
    return ofClasses(classes, 1, members, values);
  }

  private static EncodedTargets oneHot(ClassTargets classes, int members) {
    int outputs = classes.classes().size();
    double[] values = new double[Math.multiplyExact(classes.size(), members * outputs)];
    for (int i = 0; i < classes.size(); i++) {
      for (int e = 0; e < members; e++) {
        values[(i * members + e) * outputs + classes.label(i)] = 1;
      }
    }
    return ofClasses(classes, outputs, members, values);
  }

  private static EncodedTargets ofClasses(
      ClassTargets classes, int outputs, int members, double[] values) {
    double[] scale = new double[members * outputs];
    Arrays.fill(scale, 1);
    return new EncodedTargets(
        new ArrayList<>(classes.names()),
        classes.classes(),
        outputs,
        values,
        new double[scale.length],
        scale);
  }

  /** Names of the target columns. */
  public List<String> names() {
    return names;
  }

  /** Names of the classes, empty for real targets. */
  public List<String> classes() {
    return classes;
  }

  /** Numbers per sample and member, C. */
  public int outputs() {
    return outputs;
  }

  /** Numbers per sample, E · C. */
  public int width() {
    return offset.length;
  }

  /** What was subtracted from output {@code output}; output c of member e is e · C + c. */
  public double offset(int output) {
    return offset[output];
  }

  /** What output {@code output} was then divided by. */
  public double scale(int output) {
    return scale[output];
  }

  /** The numbers, sample by sample and then member by member, not to be changed. */
  public double[] values() {
    return values;
  }
}
