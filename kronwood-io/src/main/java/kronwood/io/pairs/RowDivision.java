package kronwood.io.pairs;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import kronwood.data.ClassTargets;
import kronwood.data.EntityTuples;
import kronwood.data.Targets;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.io.table.Listing;
import kronwood.io.table.SourceTable;
import kronwood.io.table.SourceTable.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a table are in which part, other than by predicates. The array is not copied.
 *
 * @param part of each row a number: 0 none, 1 training, 2 validation, 3 test
 */
@SuppressWarnings("ArrayRecordComponent") // stays in this package
record RowDivision(int[] part) {
  static final int TRAIN = 1;
  static final int VALIDATION = 2;
  static final int TEST = 3;

  private static final List<String> NAMES = List.of("train", "validation", "test");

  /** Whether each row is in a part. */
  boolean[] in(int which) {
    boolean[] in = new boolean[part.length];
    for (int i = 0; i < in.length; i++) {
      in[i] = part[i] == which;
    }
    return in;
  }

  /**
   * By a column with the names of the parts; a row whose cell is empty is in none.
   *
   * @throws InputException if there is no such column, or a cell has another word
   */
  static RowDivision byColumn(PairsTable pairs, String name) {
    int column = pairs.column("the column of parts", name);
    int[] part = new int[pairs.rows()];
    pairs.forEachRow(
        "CAST(" + pairs.table().column(column) + " AS VARCHAR)",
        (row, result) -> {
          @Nullable String value = result.getString(1);
          if (value == null || value.isEmpty()) {
            return;
          }
          part[row - 1] = 1 + NAMES.indexOf(value);
          if (part[row - 1] == 0) {
            throw notAPart(pairs, row, name, value);
          }
        });
    return new RowDivision(part);
  }

  /** Says that a row of the column of parts has another word. */
  static InputException notAPart(PairsTable pairs, long row, String column, String found) {
    return pairs
        .table()
        .source()
        .at(
            row,
            column,
            "found %s, expected train, validation or test".formatted(Listing.quoted(found)));
  }

  /**
   * By time, as {@link LastRows} says.
   *
   * @param tuples entities of all rows
   * @param targets of all rows
   * @throws InputException if there is no such column, it holds no times, or no entity has so many
   *     positive rows that one can be tested on
   */
  static RowDivision byTime(PairsTable pairs, LastRows last, EntityTuples tuples, Targets targets) {
    long[] time = times(pairs, last.time());
    int rows = time.length;
    // Entity, then time, then row.
    int[] order =
        IntStream.range(0, rows)
            .boxed()
            .sorted(
                (a, b) -> {
                  int byEntity = Integer.compare(tuples.entity(a, 0), tuples.entity(b, 0));
                  return byEntity != 0 ? byEntity : Long.compare(time[a], time[b]);
                })
            .mapToInt(Integer::intValue)
            .toArray();
    int[] part = new int[rows];
    Arrays.fill(part, TRAIN);
    int to;
    for (int from = 0; from < rows; from = to) {
      to = from + 1;
      while (to < rows && tuples.entity(order[to], 0) == tuples.entity(order[from], 0)) {
        to++;
      }
      int[] positives =
          Arrays.stream(order, from, to).filter(row -> isPositive(targets, row)).toArray();
      divide(positives, Arrays.copyOfRange(order, from, to), last, time, targets, part);
    }
    RowDivision division = new RowDivision(part);
    checkSomeIn(pairs, division, TEST, "test-last", last.test());
    checkSomeIn(pairs, division, VALIDATION, "validation-last", last.validation());
    return division;
  }

  /** Divides the rows of an entity, which are in the order of time. */
  private static void divide(
      int[] positives, int[] rows, LastRows last, long[] time, Targets targets, int[] part) {
    int all = positives.length;
    int test = LastRows.count(last.test(), all, all - 1);
    int validation = LastRows.count(last.validation(), all, all - 1 - test);
    for (int i = all - test - validation; i < all; i++) {
      part[positives[Math.max(i, 0)]] = i < all - test ? VALIDATION : TEST;
    }
    long testBegins = test == 0 ? Long.MAX_VALUE : time[positives[all - test]];
    long validationBegins =
        validation == 0 ? Long.MAX_VALUE : time[positives[all - test - validation]];
    for (int row : rows) {
      if (!isPositive(targets, row)) {
        part[row] =
            time[row] >= testBegins ? TEST : time[row] >= validationBegins ? VALIDATION : TRAIN;
      }
    }
  }

  private static boolean isPositive(Targets targets, int row) {
    return !(targets instanceof ClassTargets classes)
        || classes.classes().size() != 2
        || classes.label(row) == 1;
  }

  private static void checkSomeIn(
      PairsTable pairs, RowDivision division, int which, String option, double wanted) {
    if (wanted > 0 && Arrays.stream(division.part).noneMatch(part -> part == which)) {
      throw InputException.ofOption(
          option,
          "%s: no entity of the first mode has so many positive rows that one is left to train on"
              .formatted(pairs.table().source().source()));
    }
  }

  /** Numbers in the order of the times, equal for equal ones. */
  private static long[] times(PairsTable pairs, String name) {
    int column = pairs.column("the column of times", name);
    SourceTable source = pairs.table().source();
    if (pairs.table().kind(column) == Kind.TEXT) {
      throw new InputException(
          "%s, column %s: is text, expected numbers, dates (2026-01-31) or time stamps (2026-01-31 12:00:00)"
              .formatted(source.source(), Listing.quoted(name)),
          Facts.NONE.inColumn(name));
    }
    long[] times = new long[pairs.rows()];
    String rows =
        "(SELECT row_number() OVER () AS r, %s AS t FROM %s)"
            .formatted(pairs.table().column(column), pairs.table().identifier());
    try {
      pairs
          .db()
          .query(
              "SELECT r, t IS NULL, dense_rank() OVER (ORDER BY t) FROM " + rows + " ORDER BY r",
              result -> {
                int row = 0;
                while (result.next()) {
                  row++;
                  if (result.getBoolean(2)) {
                    throw source.at(row, name, "the cell is empty, expected a time");
                  }
                  times[row - 1] = result.getLong(3);
                }
                return row;
              });
    } catch (SQLException e) {
      throw source.unreadable(e);
    }
    return times;
  }
}
