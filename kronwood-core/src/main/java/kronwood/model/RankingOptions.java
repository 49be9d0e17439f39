package kronwood.model;

import java.util.List;
import kronwood.fault.InputException;

/**
 * How rankings of a model are measured.
 *
 * @param cuts the numbers k of {@link kronwood.measure.RankingMetric}, increasing
 * @param given mode of the entities that candidates are ranked for, 0 or 1; the other is ranked
 * @param relevant least target of a relevant pair, where targets are numbers; NaN where they are
 *     two classes, of which the positive one is relevant
 * @param sampled number of candidates that are not relevant, drawn for each entity; 0 for all
 * @param seed of the drawing
 */
public record RankingOptions(
    List<Integer> cuts, int given, double relevant, int sampled, long seed) {
  /**
   * Sorts the cuts.
   *
   * @throws InputException if a value is out of its range
   */
  public RankingOptions {
    cuts = cuts.stream().distinct().sorted().toList();
    if (cuts.isEmpty() || cuts.getFirst() < 1) {
      throw new InputException("ranking metrics at " + cuts + ", expected numbers >= 1");
    }
    if (given < 0 || given > 1) {
      throw new InputException("rankings for mode " + given + ", expected 0 or 1");
    }
    if (sampled < 0) {
      throw new InputException("candidates drawn are " + sampled + ", expected >= 0");
    }
  }

  /** Metrics at some cuts, for each entity of the first mode, of two classes. */
  public static RankingOptions at(Integer... cuts) {
    return new RankingOptions(List.of(cuts), 0, Double.NaN, 0, 1);
  }

  /** The same for each entity of a mode. */
  public RankingOptions forEach(int mode) {
    return new RankingOptions(cuts, mode, relevant, sampled, seed);
  }

  /** The same where a target is relevant from a number on. */
  public RankingOptions from(double least) {
    return new RankingOptions(cuts, given, least, sampled, seed);
  }

  /** The same with so many drawn candidates, 0 for all. */
  public RankingOptions drawing(int count) {
    return new RankingOptions(cuts, given, relevant, count, seed);
  }

  /** The mode that is ranked. */
  public int ranked() {
    return 1 - given;
  }
}
