package kronwood.model;

/**
 * Candidates with the largest predictions, the best first. The arrays are not copied.
 *
 * @param candidates entities, as {@link Predictor#indexOf} numbers them
 * @param predictions the prediction that each was ranked by
 */
public record Ranked(int[] candidates, double[] predictions) {
  /** Number of candidates. */
  public int size() {
    return candidates.length;
  }
}
