package kronwood.cli.options;

import kronwood.io.pairs.LastRows;
import kronwood.io.pairs.SplitSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rows of a table of pairs are in which part, by predicates or a column. */
public final class PartOptions {
  @Option(
      names = "--train-where",
      paramLabel = "SQL",
      description =
          "Rows to train on, such as \"fold <> 'test'\" (default: the rows of no other part).")
  private @Nullable String trainWhere;

  @Option(
      names = "--validation-where",
      paramLabel = "SQL",
      description = "Rows to evaluate on while choosing options.")
  private @Nullable String validationWhere;

  @Option(names = "--test-where", paramLabel = "SQL", description = "Rows to evaluate on.")
  private @Nullable String testWhere;

  @Option(
      names = "--split-column",
      paramLabel = "COLUMN",
      description = {
        "Instead of predicates: a column that says of each row train, validation or test; a row"
            + " whose cell is empty is in no part."
      })
  private @Nullable String splitColumn;

  /** Whether rows are held out for validation or test. */
  boolean holdRowsOut() {
    return validationWhere != null || testWhere != null || splitColumn != null;
  }

  /** Whether a predicate says which rows to train on. */
  boolean saysWhatToTrainOn() {
    return trainWhere != null;
  }

  /**
   * The parts.
   *
   * @param last how rows are held out by time, null if they are not
   */
  public SplitSpec spec(@Nullable LastRows last) {
    return new SplitSpec(trainWhere, validationWhere, testWhere, splitColumn, last, "--");
  }
}
