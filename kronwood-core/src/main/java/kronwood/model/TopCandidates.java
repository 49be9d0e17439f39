package kronwood.model;

/**
 * The best of many candidates, in a heap of bounded size whose root is the worst that is kept.
 *
 * <p>The better of two has the larger prediction, or the lower position if these are equal; a
 * prediction that is no number is worse than any. This order is total, so that what is kept does
 * not depend on the order of {@link #offer offers}. Cost: log(size) where an offer is kept.
 */
final class TopCandidates {
  private final int[] positions;
  private final double[] predictions;
  private int size;

  TopCandidates(int capacity) {
    this.positions = new int[capacity];
    this.predictions = new double[capacity];
  }

  /** Keeps a candidate if it is among the best so far. */
  void offer(int position, double prediction) {
    if (size < positions.length) {
      rise(size++, position, prediction);
    } else if (size > 0 && worse(positions[0], predictions[0], position, prediction)) {
      sink(0, position, prediction);
    }
  }

  /** Offers all that another keeps. */
  void offerAll(TopCandidates other) {
    for (int i = 0; i < other.size; i++) {
      offer(other.positions[i], other.predictions[i]);
    }
  }

  /** Removes all into arrays of as many, the best first. */
  void drain(int[] toPositions, double[] toPredictions) {
    for (int i = size - 1; i >= 0; i--) {
      toPositions[i] = positions[0];
      toPredictions[i] = predictions[0];
      size = i;
      sink(0, positions[i], predictions[i]);
    }
  }

  private static boolean worse(int position, double prediction, int than, double thanPrediction) {
    boolean number = !Double.isNaN(prediction);
    boolean thanNumber = !Double.isNaN(thanPrediction);
    if (number != thanNumber) {
      return thanNumber;
    }
    if (prediction < thanPrediction || prediction > thanPrediction) {
      return prediction < thanPrediction;
    }
    return position > than;
  }

  private void rise(int hole, int position, double prediction) {
    int at = hole;
    while (at > 0) {
      int parent = (at - 1) / 2;
      if (!worse(position, prediction, positions[parent], predictions[parent])) {
        break;
      }
      put(at, positions[parent], predictions[parent]);
      at = parent;
    }
    put(at, position, prediction);
  }

  private void sink(int hole, int position, double prediction) {
    int at = hole;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size
          && worse(
              positions[child + 1], predictions[child + 1], positions[child], predictions[child])) {
        child++;
      }
      if (!worse(positions[child], predictions[child], position, prediction)) {
        break;
      }
      put(at, positions[child], predictions[child]);
      at = child;
    }
    if (at < positions.length) {
      put(at, position, prediction);
    }
  }

  private void put(int at, int position, double prediction) {
    positions[at] = position;
    predictions[at] = prediction;
  }
}
