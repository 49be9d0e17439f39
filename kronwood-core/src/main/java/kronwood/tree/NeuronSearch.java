package kronwood.tree;

import java.util.List;

/**
 * How the neurons that fire on one sample were found: what was visited on the way, and why the rest
 * was not.
 *
 * <p>A node holds an upper bound of the pre-activations below it. Only where the bound is above the
 * shift is the search continued below. In a two-sided search, bounds and what is compared with the
 * shift are magnitudes {@code |z|}.
 *
 * <p>A search for people to look at; training never makes one by itself.
 *
 * @param shift b
 * @param twoSided whether a neuron fires where {@code |z| > b}, rather than where {@code z > b}
 * @param lazy whether leaves may be out of date, so that bounds are larger than the leaves, and
 *     what passes them is evaluated anew
 * @param neurons width m
 * @param levels what was visited, from the root or the roots to the neurons
 * @param visited neurons whose leaves were visited, increasing
 * @param leaves for each of these the pre-activation that its leaf holds
 * @param bounds for each of these the upper bound of its present pre-activation
 * @param exact for each of these its present pre-activation; NaN if the bound made that superfluous
 */
@SuppressWarnings("ArrayRecordComponent") // made for one look, and not shared
public record NeuronSearch(
    double shift,
    boolean twoSided,
    boolean lazy,
    int neurons,
    List<Level> levels,
    int[] visited,
    double[] leaves,
    double[] bounds,
    double[] exact) {

  /**
   * Nodes at the same distance from the root.
   *
   * @param places number of places side by side, with empty ones
   * @param visited places of the nodes that were visited, increasing
   * @param bounds upper bound of each of these
   */
  @SuppressWarnings("ArrayRecordComponent") // as above
  public record Level(int places, int[] visited, double[] bounds) {}

  /** Copies the list. */
  public NeuronSearch {
    levels = List.copyOf(levels);
  }

  /** A search in which every neuron is evaluated, as without a tree. */
  public static NeuronSearch ofAll(double shift, boolean twoSided, double[] z) {
    int[] all = new int[z.length];
    double[] bounds = new double[z.length];
    for (int r = 0; r < z.length; r++) {
      all[r] = r;
      bounds[r] = twoSided ? Math.abs(z[r]) : z[r];
    }
    List<Level> levels = List.of(new Level(z.length, all, bounds));
    return new NeuronSearch(shift, twoSided, false, z.length, levels, all, z, bounds, z);
  }

  /** Whether the i-th visited neuron was evaluated. */
  public boolean isCandidate(int i) {
    return !Double.isNaN(exact[i]);
  }

  /** Whether the i-th visited neuron fires. */
  public boolean fires(int i) {
    return (twoSided ? Math.abs(exact[i]) : exact[i]) > shift;
  }

  /** Number of neurons that were evaluated. */
  public int candidates() {
    int count = 0;
    for (int i = 0; i < visited.length; i++) {
      count += isCandidate(i) ? 1 : 0;
    }
    return count;
  }

  /** Number of neurons that fire. */
  public int fired() {
    int count = 0;
    for (int i = 0; i < visited.length; i++) {
      count += fires(i) ? 1 : 0;
    }
    return count;
  }
}
