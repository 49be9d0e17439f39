package kronwood.data;

/**
 * Samples that are others the other way round: (v, u) where (u, v) occurs too, both modes being of
 * one table. Where exchanging the two keeps a prediction up to its sign, a test sample whose
 * reverse is trained on tests nothing.
 */
public final class ReversedTuples {
  private ReversedTuples() {}

  /**
   * Number of {@code tests} that are a training sample, or one the other way round. O(n log n) for
   * n samples of the data set, 24 bytes a sample.
   */
  public static int among(Dataset data, int[] training, int[] tests) {
    int[] keys = TupleKeys.of(data.samples().tuples(), data.tableOfMode());
    boolean[] trained = new boolean[keys.length];
    for (int sample : training) {
      trained[keys[sample]] = true;
    }
    int count = 0;
    for (int sample : tests) {
      count += trained[keys[sample]] ? 1 : 0;
    }
    return count;
  }
}
