package kronwood.io.pairs;

import kronwood.fault.InputException;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a pairs table train, validate and test: by DuckDB SQL predicates over its columns,
 * by a column that names the part, or by time. A predicate that is NULL for a row counts as false.
 * Without a training predicate every row trains that is in neither of the others.
 *
 * @param trainWhere predicate of the training rows
 * @param validationWhere predicate of the validation rows
 * @param testWhere predicate of the test rows
 * @param column column with {@code train}, {@code validation} or {@code test}, null for none
 * @param last a division by time, null for none
 * @param prefix what messages put before the names of the predicates, as in {@code --test-where}
 */
public record SplitSpec(
    @Nullable String trainWhere,
    @Nullable String validationWhere,
    @Nullable String testWhere,
    @Nullable String column,
    @Nullable LastRows last,
    String prefix) {

  /**
   * Checks that there is one way to divide.
   *
   * @throws InputException if there are several
   */
  public SplitSpec {
    int ways = trainWhere != null || validationWhere != null || testWhere != null ? 1 : 0;
    ways += (column == null ? 0 : 1) + (last == null ? 0 : 1);
    if (ways > 1) {
      throw new InputException(
          "rows are divided either by %strain-where, %svalidation-where and %stest-where, or by"
                  .formatted(prefix, prefix, prefix)
              + " %ssplit-column, or by %stest-last; found several".formatted(prefix, prefix));
    }
  }

  /** Predicates alone. */
  public SplitSpec(
      @Nullable String trainWhere,
      @Nullable String validationWhere,
      @Nullable String testWhere,
      String prefix) {
    this(trainWhere, validationWhere, testWhere, null, null, prefix);
  }

  /** Predicates that messages call train-where, validation-where and test-where. */
  public SplitSpec(
      @Nullable String trainWhere, @Nullable String validationWhere, @Nullable String testWhere) {
    this(trainWhere, validationWhere, testWhere, "");
  }

  /** A column that names the part of each row. */
  public static SplitSpec ofColumn(String column) {
    return new SplitSpec(null, null, null, column, null, "");
  }

  /** A division by time. */
  public static SplitSpec of(LastRows last) {
    return new SplitSpec(null, null, null, null, last, "");
  }

  /** Every row trains. */
  public static SplitSpec trainOnAll() {
    return new SplitSpec(null, null, null);
  }
}
