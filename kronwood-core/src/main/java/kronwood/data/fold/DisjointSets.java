package kronwood.data.fold;

import java.util.Arrays;

/** Elements that are joined into sets, by union and find with path halving. */
final class DisjointSets {
  private final int[] parent;

  DisjointSets(int elements) {
    parent = new int[elements];
    for (int i = 0; i < elements; i++) {
      parent[i] = i;
    }
  }

  /** The element that stands for the set of {@code element}. */
  int find(int element) {
    int root = element;
    while (parent[root] != root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }

  /** Joins the sets of two elements; the smaller representative stays. */
  void join(int a, int b) {
    int first = find(a);
    int second = find(b);
    parent[Math.max(first, second)] = Math.min(first, second);
  }

  /**
   * Joins elements of equal key.
   *
   * @param elements the elements, possibly with repetitions
   * @param keys key of each, negative for none
   */
  void joinEqual(int[] elements, int[] keys) {
    int largest = -1;
    for (int key : keys) {
      largest = Math.max(largest, key);
    }
    int[] first = new int[largest + 1];
    Arrays.fill(first, -1);
    for (int i = 0; i < elements.length; i++) {
      if (keys[i] >= 0) {
        if (first[keys[i]] < 0) {
          first[keys[i]] = elements[i];
        } else {
          join(first[keys[i]], elements[i]);
        }
      }
    }
  }
}
