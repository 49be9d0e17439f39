package kronwood.io.pairs;

import java.util.ArrayList;
import java.util.List;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.RealTargets;
import kronwood.data.Split;

/**
 * A pairs table as a data set. Samples keep the order of the table; rows in no part of the split
 * are left out. The array is not copied.
 *
 * @param dataset modes and samples
 * @param split positions of the training, validation and test samples in the data set
 * @param rows data row, counted from 1, that each sample was read from; 0 for a sample that was
 *     added as a negative
 * @param warnings what the user should know but need not change
 */
public record TrainingPairs(Dataset dataset, Split split, int[] rows, List<String> warnings) {

  /** Names of the classes, the positive one last when there are two; empty for real targets. */
  public List<String> classes() {
    return switch (dataset.samples().targets()) {
      case ClassTargets classes -> classes.classes();
      case RealTargets _ -> List.of();
    };
  }

  /** The same with warnings that came before. */
  public TrainingPairs warnedBefore(List<String> earlier) {
    List<String> all = new ArrayList<>(earlier);
    all.addAll(warnings);
    return new TrainingPairs(dataset, split, rows, List.copyOf(all));
  }
}
