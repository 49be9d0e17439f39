package kronwood.engine;

import kronwood.state.StateVisitor;

/**
 * Counters of the work of a training.
 *
 * @param samples samples queried
 * @param fired neurons that fired on them
 * @param candidates neurons whose pre-activation was computed to find these
 * @param nodesVisited tree nodes compared with the shift, 0 without a tree
 * @param innerProducts inner products of a neuron with a sample that were computed or brought up to
 *     date
 */
public record WorkCounters(
    long samples, long fired, long candidates, long nodesVisited, long innerProducts) {
  /** Nothing done. */
  public static final WorkCounters NONE = new WorkCounters(0, 0, 0, 0, 0);

  /** What was done since {@code earlier}. */
  public WorkCounters since(WorkCounters earlier) {
    return new WorkCounters(
        samples - earlier.samples,
        fired - earlier.fired,
        candidates - earlier.candidates,
        nodesVisited - earlier.nodesVisited,
        innerProducts - earlier.innerProducts);
  }

  /** Both together. */
  public WorkCounters plus(WorkCounters other) {
    return new WorkCounters(
        samples + other.samples,
        fired + other.fired,
        candidates + other.candidates,
        nodesVisited + other.nodesVisited,
        innerProducts + other.innerProducts);
  }

  /** Shows the counts, and returns them or what they were filled with. */
  public WorkCounters visit(String name, StateVisitor visitor) {
    long[] counts = {samples, fired, candidates, nodesVisited, innerProducts};
    visitor.visit(name, counts);
    return new WorkCounters(counts[0], counts[1], counts[2], counts[3], counts[4]);
  }
}
