package kronwood.model;

/**
 * Candidates with the largest predictions, the best first. The arrays are not copied.
 *
 * @param candidates entities, as {@link Predictor#indexOf} numbers them
 * @param predictions the prediction that each was ranked by
 * @param deviations the standard deviation of each prediction, as {@link Predictions} has them;
 *     empty for a single network
 */
public record Ranked(int[] candidates, double[] predictions, double[] deviations) {
  /**
   * The candidates with the largest predictions; of equal ones those that are listed first.
   *
   * @param candidates entities
   * @param predictions a row of numbers for each, as many for all
   * @param by which of the numbers to rank by
   * @param count how many to find; if there are fewer candidates, all are ranked
   */
  public static Ranked best(int[] candidates, Predictions predictions, int by, int count) {
    int found = Math.min(count, candidates.length);
    int outputs = candidates.length == 0 ? 1 : predictions.values().length / candidates.length;
    TopCandidates best = new TopCandidates(found);
    for (int i = 0; i < candidates.length; i++) {
      best.offer(i, predictions.values()[i * outputs + by]);
    }
    int[] positions = new int[found];
    double[] largest = new double[found];
    best.drain(positions, largest);
    int[] entities = new int[found];
    double[] deviations = new double[predictions.hasDeviations() ? found : 0];
    for (int i = 0; i < found; i++) {
      entities[i] = candidates[positions[i]];
      if (predictions.hasDeviations()) {
        deviations[i] = predictions.deviations()[positions[i] * outputs + by];
      }
    }
    return new Ranked(entities, largest, deviations);
  }

  /** Number of candidates. */
  public int size() {
    return candidates.length;
  }

  /** Whether there are standard deviations. */
  public boolean hasDeviations() {
    return deviations.length > 0;
  }
}
