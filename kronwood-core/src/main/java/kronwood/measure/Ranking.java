package kronwood.measure;

import java.util.Arrays;

/**
 * Values in ascending order, grouped into ties.
 *
 * <p>A tie group is named by the position of its first member in the ascending order, which is also
 * the number of values strictly smaller. Cost to make: O(n log n) time, 16·n bytes at the peak,
 * half of them kept. Values must not be NaN; −0 equals 0.
 */
final class Ranking {
  private final int[] group;
  private final int[] order;

  private Ranking(int[] group, int[] order) {
    this.group = group;
    this.order = order;
  }

  static Ranking of(double[] values) {
    int n = values.length;
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int[] group = new int[n];
    int[] order = new int[n];
    int[] placed = new int[n];
    for (int i = 0; i < n; i++) {
      int first = countSmaller(sorted, values[i]);
      group[i] = first;
      order[first + placed[first]++] = i;
    }
    return new Ranking(group, order);
  }

  private static int countSmaller(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  int size() {
    return order.length;
  }

  /** Index of the value at a position of the ascending order. */
  int at(int position) {
    return order[position];
  }

  /** Tie group of value {@code index}: how many values are strictly smaller. */
  int group(int index) {
    return group[index];
  }

  /** First position of the tie group that holds {@code position}. */
  int groupStart(int position) {
    return group[order[position]];
  }

  /** Position after the last of the tie group that starts at {@code start}; cost O(group). */
  int groupEnd(int start) {
    int end = start + 1;
    while (end < order.length && group[order[end]] == start) {
      end++;
    }
    return end;
  }

  /** Rank of each value from 1; equal values share the mean of the ranks they occupy. */
  double[] midRanks() {
    double[] ranks = new double[order.length];
    int end;
    for (int start = 0; start < order.length; start = end) {
      end = groupEnd(start);
      double rank = 0.5 * ((double) start + 1 + end);
      for (int position = start; position < end; position++) {
        ranks[order[position]] = rank;
      }
    }
    return ranks;
  }
}
