package kronwood.model;

import java.util.Arrays;
import java.util.List;
import kronwood.fault.InputException;
import kronwood.loss.Loss;
import kronwood.measure.SpreadCalibration;

/**
 * What a model predicts, and how outputs become predictions: {@code link(offset + scale · f)}, the
 * link being that of the loss.
 *
 * @param loss loss it was trained with; says whether outputs are real numbers or probabilities
 * @param names names of the target columns, or of the column that holds the class
 * @param classes names of the classes, empty for real targets; of two classes the second is the
 *     positive one
 * @param offset added to each output once scaled, length C, or E · C for the members of an ensemble
 * @param scale factor on each output, of the same length
 * @param calibration for each output what the spread between members says about the error; empty
 *     where that is not known: for a single network, or classes
 */
public record ModelTarget(
    Loss loss,
    List<String> names,
    List<String> classes,
    double[] offset,
    double[] scale,
    List<SpreadCalibration> calibration) {

  /**
   * Copies the lists.
   *
   * @throws InputException if offset and scale differ in length, or names and classes do not fit
   *     the loss
   */
  public ModelTarget {
    names = List.copyOf(names);
    classes = List.copyOf(classes);
    calibration = List.copyOf(calibration);
    if (offset.length != scale.length) {
      throw new InputException(offset.length + " offsets but " + scale.length + " scales");
    }
    int outputs = outputs(loss, names, classes);
    boolean classesFit =
        switch (loss.task()) {
          case REGRESSION -> classes.isEmpty();
          case BINARY -> classes.size() == 2;
          case MULTICLASS -> true;
        };
    if (!classesFit || outputs == 0 || offset.length == 0 || offset.length % outputs != 0) {
      throw new InputException(
          "loss "
              + loss.key()
              + " does not fit "
              + names.size()
              + " targets, "
              + classes.size()
              + " classes and "
              + offset.length
              + " outputs");
    }
    if (!calibration.isEmpty() && calibration.size() != outputs) {
      throw new InputException(calibration.size() + " calibrations for " + outputs + " outputs");
    }
  }

  /** Without a calibration. */
  public ModelTarget(
      Loss loss, List<String> names, List<String> classes, double[] offset, double[] scale) {
    this(loss, names, classes, offset, scale, List.of());
  }

  private static int outputs(Loss loss, List<String> names, List<String> classes) {
    return switch (loss.task()) {
      case REGRESSION -> names.size();
      case BINARY -> 1;
      case MULTICLASS -> classes.size();
    };
  }

  /** The same with another calibration. */
  public ModelTarget withCalibration(List<SpreadCalibration> other) {
    return new ModelTarget(loss, names, classes, offset, scale, other);
  }

  /** Whether the link takes outputs as they are. */
  public boolean isIdentity() {
    return Arrays.stream(offset).allMatch(o -> o == 0)
        && Arrays.stream(scale).allMatch(s -> s == 1);
  }

  /** The same with a number added to each offset. */
  ModelTarget shifted(double by) {
    double[] shifted = offset.clone();
    for (int c = 0; c < shifted.length; c++) {
      shifted[c] += by;
    }
    return new ModelTarget(loss, names, classes, shifted, scale, calibration);
  }

  /** Numbers per prediction, C. */
  public int outputs() {
    return outputs(loss, names, classes);
  }
}
