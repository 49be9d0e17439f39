package kronwood.io.pairs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kronwood.data.Split;
import kronwood.fault.InputException;
import kronwood.io.table.Listing;
import kronwood.io.table.SourceTable;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a pairs table are used for what. The arrays are not copied.
 *
 * @param split positions among the used rows
 * @param rows the used rows, counted from 1, increasing
 * @param warnings parts that are unexpectedly empty
 */
record Parts(Split split, int[] rows, List<String> warnings) {
  private static final String TRAIN = "train-where";
  private static final String VALIDATION = "validation-where";
  private static final String TEST = "test-where";

  /**
   * Evaluates the predicates.
   *
   * @throws InputException if one of them fails, two parts overlap, or nothing is left to train on
   */
  static Parts of(PairsTable pairs, SplitSpec spec) {
    if (spec.column() != null) {
      return of(pairs, spec, RowDivision.byColumn(pairs, spec.column()));
    }
    boolean[] validation = where(pairs, spec.prefix() + VALIDATION, spec.validationWhere());
    boolean[] test = where(pairs, spec.prefix() + TEST, spec.testWhere());
    boolean[] train = where(pairs, spec.prefix() + TRAIN, spec.trainWhere());
    if (spec.trainWhere() == null) {
      for (int i = 0; i < train.length; i++) {
        train[i] = !validation[i] && !test[i];
      }
    }
    checkDisjoint(pairs, spec.prefix() + TRAIN, train, spec.prefix() + TEST, test);
    checkDisjoint(pairs, spec.prefix() + TRAIN, train, spec.prefix() + VALIDATION, validation);
    checkDisjoint(pairs, spec.prefix() + VALIDATION, validation, spec.prefix() + TEST, test);
    int[] trainRows = rowsWhere(train);
    if (trainRows.length == 0) {
      throw nothingToTrainOn(pairs, spec);
    }
    int[] validationRows = rowsWhere(validation);
    int[] testRows = rowsWhere(test);
    List<String> warnings = new ArrayList<>();
    warnIfEmpty(
        pairs, spec.prefix() + VALIDATION, spec.validationWhere(), validationRows, warnings);
    warnIfEmpty(pairs, spec.prefix() + TEST, spec.testWhere(), testRows, warnings);
    return of(pairs, trainRows, validationRows, testRows, warnings);
  }

  /**
   * The parts of a division.
   *
   * @throws InputException if nothing is left to train on
   */
  static Parts of(PairsTable pairs, SplitSpec spec, RowDivision division) {
    int[] train = rowsWhere(division.in(RowDivision.TRAIN));
    if (train.length == 0) {
      throw nothingToTrainOn(pairs, spec);
    }
    return of(
        pairs,
        train,
        rowsWhere(division.in(RowDivision.VALIDATION)),
        rowsWhere(division.in(RowDivision.TEST)),
        List.of());
  }

  private static Parts of(
      PairsTable pairs,
      int[] trainRows,
      int[] validationRows,
      int[] testRows,
      List<String> warnings) {
    boolean[] used = new boolean[pairs.rows()];
    for (int[] part : new int[][] {trainRows, validationRows, testRows}) {
      for (int row : part) {
        used[row - 1] = true;
      }
    }
    int[] rows = rowsWhere(used);
    Split split =
        new Split(
            positions(trainRows, rows), positions(validationRows, rows), positions(testRows, rows));
    return new Parts(split, rows, List.copyOf(warnings));
  }

  /** The rows, counted from 1, for which a predicate holds. */
  static int[] rowsWhere(boolean[] holds) {
    int count = 0;
    for (boolean row : holds) {
      count += row ? 1 : 0;
    }
    int[] rows = new int[count];
    int next = 0;
    for (int i = 0; i < holds.length; i++) {
      if (holds[i]) {
        rows[next++] = i + 1;
      }
    }
    return rows;
  }

  private static boolean[] where(PairsTable pairs, String option, @Nullable String predicate) {
    return predicate == null
        ? new boolean[pairs.rows()]
        : pairs.table().where(pairs.db(), option, predicate);
  }

  private static int[] positions(int[] part, int[] rows) {
    int[] positions = new int[part.length];
    for (int i = 0; i < part.length; i++) {
      positions[i] = Arrays.binarySearch(rows, part[i]);
    }
    return positions;
  }

  private static void checkDisjoint(
      PairsTable pairs, String option, boolean[] part, String otherOption, boolean[] other) {
    int both = 0;
    int first = 0;
    for (int i = 0; i < part.length; i++) {
      if (part[i] && other[i]) {
        first = both == 0 ? i + 1 : first;
        both++;
      }
    }
    if (both > 0) {
      throw overlap(pairs, both, first, option, otherOption);
    }
  }

  /** Says that so many rows are in two parts. */
  static InputException overlap(
      PairsTable pairs, long rows, long first, String option, String otherOption) {
    SourceTable source = pairs.table().source();
    return new InputException(
        "%s: %s in both %s and %s, the first is %s; make the predicates exclude each other"
            .formatted(
                source.source(),
                rows == 1 ? "1 row is" : rows + " rows are",
                option,
                otherOption,
                source.rowName(first)));
  }

  private static InputException nothingToTrainOn(PairsTable pairs, SplitSpec spec) {
    SourceTable source = pairs.table().source();
    String rows = Listing.count(pairs.rows(), "row");
    if (spec.trainWhere() != null) {
      return new InputException(
          "%s: no rows to train on: none of its %s satisfies %s \"%s\" (columns of the table: %s)"
              .formatted(
                  source.source(),
                  rows,
                  spec.prefix() + TRAIN,
                  Listing.shortened(spec.trainWhere()),
                  Listing.of(source.names())));
    }
    if (spec.column() != null) {
      return new InputException(
          "%s: no rows to train on: column %s says train in none of its %s"
              .formatted(source.source(), Listing.quoted(spec.column()), rows));
    }
    List<String> taken = new ArrayList<>();
    if (spec.validationWhere() != null) {
      taken.add(
          spec.prefix() + VALIDATION + " \"" + Listing.shortened(spec.validationWhere()) + "\"");
    }
    if (spec.testWhere() != null) {
      taken.add(spec.prefix() + TEST + " \"" + Listing.shortened(spec.testWhere()) + "\"");
    }
    return new InputException(
        "%s: no rows to train on: its %s all taken by %s"
            .formatted(
                source.source(),
                pairs.rows() == 1 ? "1 row is" : rows + " are",
                String.join(" and ", taken)));
  }

  private static void warnIfEmpty(
      PairsTable pairs,
      String option,
      @Nullable String predicate,
      int[] rows,
      List<String> warnings) {
    if (predicate != null && rows.length == 0) {
      warnings.add(
          "%s: none of its %s satisfies %s \"%s\""
              .formatted(
                  pairs.table().source().source(),
                  Listing.count(pairs.rows(), "row"),
                  option,
                  Listing.shortened(predicate)));
    }
  }
}
