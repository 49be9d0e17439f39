package kronwood.io.pairs;

import kronwood.fault.InputException;

/**
 * A division by time: of each entity of the first mode the last positive rows test, and those
 * before them validate.
 *
 * <p>Positive are rows of the positive one of two classes; of other targets all rows are. Rows of
 * the same time count in the order of the table. At least one positive row of an entity trains: one
 * that has a single one is in no other part. Rows that are not positive are of the part whose
 * positive rows begin at that time or before, so that of an entity nothing is trained on that is
 * later than what is tested.
 *
 * @param time column of numbers, dates or time stamps
 * @param test how many of an entity's positive rows test: a number from 1 on, or a share below 1,
 *     which is rounded
 * @param validation the same of those that validate; 0 for none
 */
public record LastRows(String time, double test, double validation) {
  /**
   * Checks the ranges.
   *
   * @throws InputException naming the value out of range
   */
  public LastRows {
    check("test-last", test);
    check("validation-last", validation);
    if (test == 0 && validation == 0) {
      throw new InputException("no row is to test or to validate");
    }
  }

  private static void check(String option, double value) {
    if (!(value >= 0) || (value >= 1 && value != Math.rint(value)) || value > Integer.MAX_VALUE) {
      throw InputException.ofOption(
          option, "found " + value + ", expected a whole number >= 1 or a share below 1");
    }
  }

  /** How many of {@code all} positive rows are asked for, of those that are left. */
  static int count(double wanted, int all, int left) {
    long count = wanted < 1 ? Math.round(wanted * all) : (long) wanted;
    return (int) Math.clamp(count, 0L, (long) Math.max(0, left));
  }
}
