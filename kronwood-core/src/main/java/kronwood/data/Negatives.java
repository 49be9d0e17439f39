package kronwood.data;

import kronwood.fault.InputException;

/**
 * How many pairs that are not listed count as negatives, and which.
 *
 * @param perPositive how many for each positive, 0 for all
 * @param byPopularity whether pairs of entities with many positives are drawn more often, see
 *     {@link ImplicitNegatives#thin}; else each pair is as likely
 */
public record Negatives(int perPositive, boolean byPopularity) {
  /** All pairs that are not listed. */
  public static final Negatives ALL = new Negatives(0);

  /**
   * Checks the range.
   *
   * @throws InputException if the number is negative, or all pairs are to be drawn by popularity
   */
  public Negatives {
    if (perPositive < 0) {
      throw new InputException("negatives per positive are " + perPositive + ", expected >= 0");
    }
    if (perPositive == 0 && byPopularity) {
      throw new InputException("all negatives are taken, so that none is drawn by popularity");
    }
  }

  /** Each pair is as likely to be drawn. */
  public Negatives(int perPositive) {
    this(perPositive, false);
  }

  /** True if only some of the pairs are drawn, at random. */
  public boolean samples() {
    return perPositive > 0;
  }

  @Override
  public String toString() {
    return samples() ? "sample:" + perPositive + (byPopularity ? " by popularity" : "") : "all";
  }
}
