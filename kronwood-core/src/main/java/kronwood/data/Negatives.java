package kronwood.data;

import kronwood.fault.InputException;

/**
 * How many pairs that are not listed count as negatives.
 *
 * @param perPositive how many for each positive, 0 for all
 */
public record Negatives(int perPositive) {
  /** All pairs that are not listed. */
  public static final Negatives ALL = new Negatives(0);

  /**
   * Checks the range.
   *
   * @throws InputException if the number is negative
   */
  public Negatives {
    if (perPositive < 0) {
      throw new InputException("negatives per positive are " + perPositive + ", expected >= 0");
    }
  }

  /** True if only some of the pairs are drawn, at random. */
  public boolean samples() {
    return perPositive > 0;
  }

  @Override
  public String toString() {
    return samples() ? "sample:" + perPositive : "all";
  }
}
