package kronwood.cli.report;

import java.util.List;
import kronwood.fault.InputException;
import kronwood.model.ModelTarget;
import org.jspecify.annotations.Nullable;

/**
 * The number that candidates are ranked by.
 *
 * @param index its position among the model's outputs
 * @param label name of its column, as predict calls it
 */
public record RankedOutput(int index, String label) {
  /**
   * The output of that name, or the only one.
   *
   * @param name a target, or a class; null for none
   * @throws InputException if there is none of that name, or several and no name
   */
  public static RankedOutput of(ModelTarget target, @Nullable String name) {
    List<String> names =
        switch (target.loss().task()) {
          case REGRESSION -> target.names();
          case BINARY -> List.of(target.classes().getLast());
          case MULTICLASS -> target.classes();
        };
    if (name == null && names.size() > 1) {
      throw new InputException(
          "--output: is missing, expected which of the model's %d outputs to rank by: %s"
              .formatted(names.size(), String.join(", ", names)));
    }
    int index = name == null ? 0 : names.indexOf(name);
    if (index < 0) {
      throw new InputException(
          "--output: found '%s', expected %s%s"
              .formatted(name, names.size() > 1 ? "one of " : "", String.join(", ", names)));
    }
    return new RankedOutput(
        index,
        switch (target.loss().task()) {
          case REGRESSION -> names.size() == 1 ? "score" : names.get(index);
          case BINARY -> "probability";
          case MULTICLASS -> "probability_" + names.get(index);
        });
  }
}
