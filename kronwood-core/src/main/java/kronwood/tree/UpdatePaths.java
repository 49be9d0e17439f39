package kronwood.tree;

import java.util.Arrays;

/**
 * The neurons that one update touches and the inner nodes above them, each once, children before
 * parents: worked out once per batch and the same for the trees of all samples.
 */
public final class UpdatePaths {
  private final int[] touched;
  private final int[] inner;

  private UpdatePaths(int[] touched, int[] inner) {
    this.touched = touched;
    this.inner = inner;
  }

  /**
   * Paths of the given neurons. Cost: O(touched · log m), sorted.
   *
   * @param width number of neurons m
   * @param touched distinct neurons
   */
  public static UpdatePaths of(int width, int[] touched) {
    boolean[] seen = new boolean[width];
    int[] inner = new int[width];
    int count = 0;
    for (int neuron : touched) {
      for (int p = (width + neuron) >> 1; p >= 1 && !seen[p]; p >>= 1) {
        seen[p] = true;
        inner[count++] = -p;
      }
    }
    Arrays.sort(inner, 0, count);
    int[] descending = new int[count];
    for (int i = 0; i < count; i++) {
      descending[i] = -inner[i];
    }
    return new UpdatePaths(touched.clone(), descending);
  }

  int neuronCount() {
    return touched.length;
  }

  int neuron(int position) {
    return touched[position];
  }

  int innerCount() {
    return inner.length;
  }

  int inner(int position) {
    return inner[position];
  }
}
