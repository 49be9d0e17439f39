package kronwood.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kronwood.data.ClassTargets;
import kronwood.data.RealTargets;
import kronwood.data.Targets;
import kronwood.data.feed.SampleWalk;
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
    return ofWalks(targets, loss, training.stream().map(SampleWalk::of).toList(), centred);
  }

  /**
   * Encodes targets for a loss and the members of an ensemble, where samples may be visited only
   * one after another: targets that change are encoded anew by {@link #encode}.
   *
   * @param targets what is there of them at present
   * @param training for each member the samples that mean and standard deviation are taken over,
   *     each visited twice
   * @param centred whether to subtract the mean; false where outputs turn their sign with the
   *     inputs
   * @throws InputException if the loss cannot learn such targets; the message says which it can
   */
  public static EncodedTargets ofWalks(
      Targets targets, Loss loss, List<SampleWalk> training, boolean centred) {
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
          ofClasses(classes, classes.classes().size(), training.size());
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
      RealTargets real, List<SampleWalk> training, boolean centred) {
    int outputs = real.outputs();
    int width = training.size() * outputs;
    double[] offset = new double[width];
    double[] scale = new double[width];
    for (int e = 0; e < training.size(); e++) {
      SampleWalk shown = training.get(e);
      int first = e * outputs;
      int count = shown.size();
      double[] mean = new double[outputs];
      if (centred) {
        shown.forEach(
            i -> {
              for (int c = 0; c < outputs; c++) {
                mean[c] += (double) real.value(i, c) / count;
              }
            });
      }
      double[] variance = new double[outputs];
      shown.forEach(
          i -> {
            for (int c = 0; c < outputs; c++) {
              double deviation = real.value(i, c) - mean[c];
              variance[c] += deviation * deviation / count;
            }
          });
      for (int c = 0; c < outputs; c++) {
        offset[first + c] = mean[c];
        // Below this, what is left of a constant target is rounding.
        scale[first + c] = variance[c] > 1e-24 * mean[c] * mean[c] ? Math.sqrt(variance[c]) : 1;
      }
    }
    return encoded(real, List.of(), outputs, offset, scale);
  }

  private static EncodedTargets binary(ClassTargets classes, int members) {
    if (classes.classes().size() != 2) {
      throw new InputException(
          "loss logistic needs two classes, found "
              + classes.classes().size()
              + ": "
              + classes.classes());
    }
    return ofClasses(classes, 1, members);
  }

  private static EncodedTargets ofClasses(ClassTargets classes, int outputs, int members) {
    double[] scale = new double[members * outputs];
    Arrays.fill(scale, 1);
    return encoded(classes, classes.classes(), outputs, new double[scale.length], scale);
  }

  private static EncodedTargets encoded(
      Targets targets, List<String> classes, int outputs, double[] offset, double[] scale) {
    double[] values = new double[Math.multiplyExact(targets.size(), offset.length)];
    EncodedTargets encoded =
        new EncodedTargets(
            new ArrayList<>(targets.names()), classes, outputs, values, offset, scale);
    encoded.encode(targets, 0, targets.size());
    return encoded;
  }

  /**
   * Encodes the targets of the samples {@code from … to − 1} anew.
   *
   * @param targets of the same kind as before
   */
  public void encode(Targets targets, int from, int to) {
    int width = offset.length;
    switch (targets) {
      case RealTargets real -> {
        for (int i = from; i < to; i++) {
          for (int k = 0; k < width; k++) {
            values[i * width + k] = (real.value(i, k % outputs) - offset[k]) / scale[k];
          }
        }
      }
      case ClassTargets labels when outputs == 1 -> encodeBinary(labels, from, to);
      case ClassTargets labels -> {
        Arrays.fill(values, from * width, to * width, 0);
        for (int i = from; i < to; i++) {
          for (int e = 0; e < width; e += outputs) {
            values[i * width + e + labels.label(i)] = 1;
          }
        }
      }
    }
  }

  private void encodeBinary(ClassTargets labels, int from, int to) {
    int members = offset.length;
    for (int i = from; i < to; i++) {
      Arrays.fill(values, i * members, (i + 1) * members, labels.label(i));
    }
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
