package kronwood.model;

/**
 * Candidates with the largest predictions, the best first. The arrays are not copied.
 *
 * @param candidates entities, as {@link Predictor#indexOf} numbers them
 * @param predictions the prediction that each was ranked by
 */
public record Ranked(int[] candidates, double[] predictions) {
  /**
   * The candidates with the largest predictions; of equal ones those that are listed first.
   *
   * @param candidates entities
   * @param predictions a row of numbers for each, as many for all
   * @param by which of the numbers to rank by
   * @param count how many to find; if there are fewer candidates, all are ranked
   */
  public static Ranked best(int[] candidates, double[] predictions, int by, int count) {
    int found = Math.min(count, candidates.length);
    int outputs = candidates.length == 0 ? 1 : predictions.length / candidates.length;
    TopCandidates best = new TopCandidates(found);
    for (int i = 0; i < candidates.length; i++) {
      best.offer(i, predictions[i * outputs + by]);
    }
    int[] entities = new int[found];
    double[] largest = new double[found];
    best.drain(entities, largest);
    for (int i = 0; i < found; i++) {
      entities[i] = candidates[entities[i]];
    }
    return new Ranked(entities, largest);
  }

  /** Number of candidates. */
  public int size() {
    return candidates.length;
  }
}
