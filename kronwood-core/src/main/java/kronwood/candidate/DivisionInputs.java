package kronwood.candidate;

import java.util.ArrayList;
import java.util.List;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.data.Mode;
import kronwood.data.Split;
import kronwood.fit.ModelOptions;
import kronwood.fit.TrainingInputs;
import kronwood.train.TrainingProblem;

/** The inputs of one division of the samples, in any form. */
public final class DivisionInputs {
  private final Dataset data;
  private final Split split;
  private final TableFits fits;
  private final List<Integer> trained;

  /**
   * Inputs of a division.
   *
   * @param fits the coordinates of the data's tables
   */
  public DivisionInputs(Dataset data, Split split, TableFits fits) {
    this.data = data;
    this.split = split;
    this.fits = fits;
    this.trained = fits.trainingSets(split);
  }

  /** What is to be learned from inputs in a form. */
  public TrainingProblem problem(InputConfiguration inputs, ModelOptions options) {
    return TrainingInputs.problem(
        data, split, inputs.apply(options), fits.of(inputs, trained, options));
  }

  /** The data set with other tables in the places of its own. */
  static Dataset withTables(Dataset data, List<EntityTable> tables) {
    return Dataset.of(modes(data, tables), data.samples());
  }

  /** The data set's modes, with other tables. */
  public static List<Mode> modes(Dataset data, List<EntityTable> tables) {
    int[] tableOfMode = data.tableOfMode();
    List<Mode> modes = new ArrayList<>();
    for (int k = 0; k < tableOfMode.length; k++) {
      modes.add(new Mode(data.modes().get(k).name(), tables.get(tableOfMode[k])));
    }
    return modes;
  }
}
