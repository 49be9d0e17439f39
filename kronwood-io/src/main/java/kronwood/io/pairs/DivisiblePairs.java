package kronwood.io.pairs;

import java.util.List;
import kronwood.data.fold.Grouping;

/**
 * A pairs table whose training samples are yet to be divided, as for cross-validation.
 *
 * @param pairs the samples; where unlisted tuples were added as negatives, these follow the listed
 *     ones, with row 0
 * @param listed number of samples that the table lists
 * @param groupings what no division may take apart
 */
public record DivisiblePairs(TrainingPairs pairs, int listed, List<Grouping> groupings) {
  /** Copies the list. */
  public DivisiblePairs {
    groupings = List.copyOf(groupings);
  }
}
