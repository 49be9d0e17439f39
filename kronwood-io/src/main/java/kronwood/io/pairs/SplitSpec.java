package kronwood.io.pairs;

import org.jspecify.annotations.Nullable;

/**
 * Which rows of a pairs table train, validate and test, each a DuckDB SQL predicate over its
 * columns or null. A predicate that is NULL for a row counts as false. Without a training predicate
 * every row trains that is in neither of the others.
 *
 * @param trainWhere predicate of the training rows
 * @param validationWhere predicate of the validation rows
 * @param testWhere predicate of the test rows
 * @param prefix what messages put before the names of the predicates, as in {@code --test-where}
 */
public record SplitSpec(
    @Nullable String trainWhere,
    @Nullable String validationWhere,
    @Nullable String testWhere,
    String prefix) {

  /** Predicates that messages call train-where, validation-where and test-where. */
  public SplitSpec(
      @Nullable String trainWhere, @Nullable String validationWhere, @Nullable String testWhere) {
    this(trainWhere, validationWhere, testWhere, "");
  }

  /** Every row trains. */
  public static SplitSpec trainOnAll() {
    return new SplitSpec(null, null, null);
  }
}
