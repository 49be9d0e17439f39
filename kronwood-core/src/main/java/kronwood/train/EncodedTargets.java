package kronwood.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kronwood.data.ClassTargets;
import kronwood.data.RealTargets;
import kronwood.data.Targets;

/**
 * Targets as the losses want them: C numbers per sample.
 *
 * <ul>
 *   <li>Real targets are standardised per output, {@code y ← (y − offset) / scale}, with mean and
 *       standard deviation of the training samples; a constant target keeps scale 1. Where outputs
 *       turn their sign with the inputs, so must targets: the offset is 0 and the scale the root of
 *       their mean square.
 *   <li>Two classes under logistic loss become 0 and 1, class 1 being the positive one.
 *   <li>Classes under softmax become one-hot vectors.
 * </ul>
 */
public final class EncodedTargets {
  private final List<String> names;
  private final List<String> classes;
  private final double[] values;
  private final double[] offset;
  private final double[] scale;

  private EncodedTargets(
      List<String> names, List<String> classes, double[] values, double[] offset, double[] scale) {
    this.names = names;
    this.classes = classes;
    this.values = values;
    this.offset = offset;
    this.scale = scale;
  }

  /**
   * Encodes targets for a loss.
   *
   * @param training samples that mean and standard deviation are taken over
   * @throws IllegalArgumentException if the loss cannot learn such targets; the message says which
   *     it can
   */
  public static EncodedTargets of(Targets targets, Loss loss, int[] training) {
    return of(targets, loss, training, true);
  }

  /**
   * Encodes targets for a loss.
   *
   * @param training samples that mean and standard deviation are taken over
   * @param centred whether to subtract the mean; false where outputs turn their sign with the
   *     inputs
   * @throws IllegalArgumentException if the loss cannot learn such targets; the message says which
   *     it can
   */
  public static EncodedTargets of(Targets targets, Loss loss, int[] training, boolean centred) {
    if (!centred && loss.task() == Task.MULTICLASS) {
      throw new IllegalArgumentException(
          "loss "
              + loss.key()
              + " does not go with outputs that turn their sign when two entities are exchanged:"
              + " logistic takes two classes, squared and huber take numbers");
    }
    return switch (targets) {
      case RealTargets real when loss.task() == Task.REGRESSION ->
          standardised(real, training, centred);
      case ClassTargets classes when loss.task() == Task.BINARY -> binary(classes);
      case ClassTargets classes when loss.task() == Task.MULTICLASS -> oneHot(classes);
      case RealTargets real ->
          throw new IllegalArgumentException(
              "loss "
                  + loss.key()
                  + " needs classes, but "
                  + real.names()
                  + " are real numbers; squared and huber take these");
      case ClassTargets classes ->
          throw new IllegalArgumentException(
              "loss "
                  + loss.key()
                  + " needs real numbers, but "
                  + classes.names()
                  + " are classes; logistic and softmax take these");
    };
  }

  private static EncodedTargets standardised(RealTargets real, int[] training, boolean centred) {
    int outputs = real.outputs();
    double[] offset = new double[outputs];
    double[] scale = new double[outputs];
    for (int c = 0; c < outputs; c++) {
      double mean = 0;
      for (int i : training) {
        mean += centred ? (double) real.value(i, c) / training.length : 0;
      }
      double variance = 0;
      for (int i : training) {
        double deviation = real.value(i, c) - mean;
        variance += deviation * deviation / training.length;
      }
      offset[c] = mean;
      // Below this, what is left of a constant target is rounding.
      scale[c] = variance > 1e-24 * mean * mean ? Math.sqrt(variance) : 1;
    }
    double[] values = new double[Math.multiplyExact(real.size(), outputs)];
    for (int i = 0; i < real.size(); i++) {
      for (int c = 0; c < outputs; c++) {
        values[i * outputs + c] = (real.value(i, c) - offset[c]) / scale[c];
      }
    }
    return new EncodedTargets(real.names(), List.of(), values, offset, scale);
  }

  private static EncodedTargets binary(ClassTargets classes) {
    if (classes.classes().size() != 2) {
      throw new IllegalArgumentException(
          "loss logistic needs two classes, found "
              + classes.classes().size()
              + ": "
              + classes.classes());
    }
    double[] values = new double[classes.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = classes.label(i);
    }
    return new EncodedTargets(
        classes.names(), classes.classes(), values, new double[1], new double[] {1});
  }

  private static EncodedTargets oneHot(ClassTargets classes) {
    int outputs = classes.classes().size();
    double[] values = new double[Math.multiplyExact(classes.size(), outputs)];
    for (int i = 0; i < classes.size(); i++) {
      values[i * outputs + classes.label(i)] = 1;
    }
    double[] scale = new double[outputs];
    Arrays.fill(scale, 1);
    return new EncodedTargets(
        new ArrayList<>(classes.names()), classes.classes(), values, new double[outputs], scale);
  }

  /** Names of the target columns. */
  public List<String> names() {
    return names;
  }

  /** Names of the classes, empty for real targets. */
  public List<String> classes() {
    return classes;
  }

  /** Numbers per sample, C. */
  public int outputs() {
    return offset.length;
  }

  /** What was subtracted from output {@code output}. */
  public double offset(int output) {
    return offset[output];
  }

  /** What output {@code output} was then divided by. */
  public double scale(int output) {
    return scale[output];
  }

  /** The numbers, sample-major, not to be changed. */
  public double[] values() {
    return values;
  }
}
