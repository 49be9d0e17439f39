package kronwood.data.fold;

/**
 * Groups that no split divides between training and test samples.
 *
 * <p>A grouping of samples ({@link #SAMPLES}) keeps samples of one group together; where test
 * samples are told by new entities, it keeps together the entities of each such mode that occur in
 * one group. A grouping of a mode keeps that mode's entities of one group together, and leaves
 * settings alone in which the mode is not new; where pairs are divided at random, it keeps all
 * samples of the group's entities together.
 *
 * @param mode the mode whose entities are grouped, or {@link #SAMPLES}
 * @param groups group of each sample, {@link #NONE} for none; not copied
 */
public record Grouping(int mode, int[] groups) {
  /** Not one mode's entities but the samples themselves are grouped. */
  public static final int SAMPLES = -1;

  /** Group of a sample that is in none. */
  public static final int NONE = -1;

  /** The grouping of the listed samples, in that order. */
  public Grouping select(int[] samples) {
    int[] selected = new int[samples.length];
    for (int i = 0; i < samples.length; i++) {
      selected[i] = groups[samples[i]];
    }
    return new Grouping(mode, selected);
  }
}
