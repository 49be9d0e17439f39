package kronwood;

import java.util.List;
import kronwood.data.Dataset;
import kronwood.data.Split;
import kronwood.loss.Loss;

/**
 * What a model is trained on. Made by {@link TrainingTables} from files, by {@link TrainingArrays}
 * from arrays, or of parts that are there already. Immutable.
 *
 * @param dataset entities, modes and samples
 * @param split which samples train, validate and test
 * @param loss the loss that goes with the targets
 * @param warnings sentences about what was changed or looks odd in the data
 */
public record TrainingData(Dataset dataset, Split split, Loss loss, List<String> warnings) {
  /** Copies the list. */
  public TrainingData {
    warnings = List.copyOf(warnings);
  }

  /** The same samples, divided otherwise. */
  public TrainingData withSplit(Split other) {
    return new TrainingData(dataset, other, loss, warnings);
  }
}
