package kronwood.model;

import java.util.List;
import kronwood.train.Loss;

/**
 * What a model predicts, and how outputs become predictions.
 *
 * @param loss loss it was trained with; says whether outputs are real numbers or probabilities
 * @param names names of the target columns, or of the column that holds the class
 * @param classes names of the classes, empty for real targets; of two classes the second is the
 *     positive one
 * @param offset added to each output once scaled, length C
 * @param scale factor on each output, length C
 */
public record ModelTarget(
    Loss loss, List<String> names, List<String> classes, double[] offset, double[] scale) {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if offset and scale differ in length, or names and classes do
   *     not fit the loss
   */
  public ModelTarget {
    names = List.copyOf(names);
    classes = List.copyOf(classes);
    if (offset.length != scale.length) {
      throw new IllegalArgumentException(
          offset.length + " offsets but " + scale.length + " scales");
    }
    int outputs = offset.length;
    boolean fits =
        switch (loss.task()) {
          case REGRESSION -> classes.isEmpty() && names.size() == outputs;
          case BINARY -> classes.size() == 2 && outputs == 1;
          case MULTICLASS -> classes.size() == outputs;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "loss "
              + loss.key()
              + " does not fit "
              + names.size()
              + " targets, "
              + classes.size()
              + " classes and "
              + outputs
              + " outputs");
    }
  }
}
