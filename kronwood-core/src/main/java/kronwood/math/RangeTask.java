package kronwood.math;

/** The body of a parallel loop; see {@link Parallel#forRange}. */
@FunctionalInterface
public interface RangeTask {

  /**
   * Does the work for the indices from (included) to to (excluded).
   *
   * @param from first index
   * @param to index after the last
   * @param worker number in [0, threads) that no other call running at the same time has: the place
   *     of scratch memory, never of a result
   */
  void run(int from, int to, int worker);
}
