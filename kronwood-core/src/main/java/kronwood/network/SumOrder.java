package kronwood.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The order in which sums over units are made: a binary tree, fixed by the numbers of the units
 * alone.
 *
 * <p>A leaf is the sum over up to {@link #PANEL} neurons. Leaf 2p is that of the p-th panel of
 * distinct neurons, leaf 2p + 1 that of their partners. The linear units of a linear skip belong to
 * leaf 0, after its neurons. The node of level h with index i is the sum of the leaves {@code i ·
 * 2^h} to {@code (i + 1) · 2^h − 1}, and so the sum of the nodes 2i and 2i + 1 of the level below.
 * Leaves that do not exist are left out, which gives the same bits as if they were 0: no sum is −0.
 *
 * <p>So a process that holds the units of one node computes exactly that node; see {@link
 * NeuronRange}. In an ensemble each member has a tree of its own, in which only the leaves with
 * units of that member exist.
 *
 * <p>Cost of a sum: one addition for each unit and each leaf. Memory: 12 bytes a unit. Immutable.
 */
public final class SumOrder {
  /** Neurons of a leaf. */
  public static final int PANEL = 16;

  /** Adds what one unit contributes to a sum of several numbers. */
  public interface Addend {
    void add(int unit, double[] sum);
  }

  /** Leaf of each unit, numbered member by member, in the order of leaves. */
  private final int[] leafOf;

  /** Units in the order of leaves, and the place of each leaf's first one. */
  private final int[] units;

  private final int[] unitsBegin;

  /** For each member its first leaf. */
  private final int[] leavesBegin;

  /** After each leaf, how many times the two newest sums are added. */
  private final int[] additions;

  /** The same additions, lower levels first: leaf {@code into[k]} takes the sum {@code from[k]}. */
  private final int[] into;

  private final int[] from;

  SumOrder(InitialWeights initial) {
    int members = initial.options().ensemble().members();
    this.units =
        IntStream.range(0, initial.units())
            .boxed()
            .sorted(Comparator.comparingInt(initial::member).thenComparingInt(initial::leaf))
            .mapToInt(Integer::intValue)
            .toArray();
    this.leafOf = new int[units.length];
    int[] number = new int[units.length];
    int[] begin = new int[units.length + 1];
    int[] first = new int[members + 1];
    int count = 0;
    for (int i = 0; i < units.length; i++) {
      boolean other = i > 0 && initial.member(units[i]) != initial.member(units[i - 1]);
      if (i == 0 || other || initial.leaf(units[i]) != number[count - 1]) {
        number[count] = initial.leaf(units[i]);
        begin[count++] = i;
      }
      leafOf[units[i]] = count - 1;
      first[initial.member(units[i]) + 1] = count;
    }
    for (int e = 0; e < members; e++) {
      first[e + 1] = Math.max(first[e], first[e + 1]);
    }
    begin[count] = units.length;
    this.unitsBegin = Arrays.copyOf(begin, count + 1);
    this.leavesBegin = first;
    this.additions = new int[count];
    List<int[]> pairs = plan(number);
    // Additions of one level do not wait for each other.
    pairs.sort(Comparator.comparingInt(pair -> level(number[pair[0]], number[pair[1]])));
    this.into = pairs.stream().mapToInt(pair -> pair[0]).toArray();
    this.from = pairs.stream().mapToInt(pair -> pair[1]).toArray();
  }

  /** Works out the additions, member by member, as pairs of leaves whose sums are added. */
  private List<int[]> plan(int[] number) {
    List<int[]> pairs = new ArrayList<>();
    int[] open = new int[Integer.SIZE];
    for (int e = 0; e + 1 < leavesBegin.length; e++) {
      int size = 0;
      for (int leaf = leavesBegin[e]; leaf < leavesBegin[e + 1]; leaf++) {
        open[size++] = leaf;
        boolean last = leaf + 1 == leavesBegin[e + 1];
        while (size > 1
            && (last
                || level(number[open[size - 2]], number[leaf])
                    < level(number[leaf], number[leaf + 1]))) {
          size--;
          pairs.add(new int[] {open[size - 1], open[size]});
          additions[leaf]++;
        }
      }
    }
    return pairs;
  }

  /** Grows with the level of the lowest node that holds two leaves. */
  private static int level(int leaf, int other) {
    return Integer.highestOneBit(leaf ^ other);
  }

  /** Number of leaves of all members together. */
  int leaves() {
    return additions.length;
  }

  /** The leaf of a unit, below {@link #leaves}. */
  int leaf(int unit) {
    return leafOf[unit];
  }

  /**
   * Adds leaves up.
   *
   * @param sums of each leaf {@code length} numbers; changed
   * @param out for each member its {@code length} sums, from {@code at} on
   */
  void sum(double[] sums, int length, double[] out, int at) {
    if (length == 1) {
      for (int k = 0; k < into.length; k++) {
        sums[into[k]] += sums[from[k]];
      }
    } else {
      for (int k = 0; k < into.length; k++) {
        int target = into[k] * length;
        int source = from[k] * length;
        for (int c = 0; c < length; c++) {
          sums[target + c] += sums[source + c];
        }
      }
    }
    for (int e = 0; e + 1 < leavesBegin.length; e++) {
      int to = at + e * length;
      if (leavesBegin[e] < leavesBegin[e + 1]) {
        System.arraycopy(sums, leavesBegin[e] * length, out, to, length);
      } else {
        Arrays.fill(out, to, to + length, 0);
      }
    }
  }

  /**
   * The sum of what the units of a member contribute. Needs arrays for some log₂(leaves) sums only.
   *
   * @param length numbers of a contribution
   */
  public double[] sum(int member, int length, Addend addend) {
    double[][] open = new double[Integer.SIZE][];
    int size = 0;
    for (int leaf = leavesBegin[member]; leaf < leavesBegin[member + 1]; leaf++) {
      if (open[size] == null) {
        open[size] = new double[length];
      }
      double[] sum = open[size++];
      Arrays.fill(sum, 0);
      for (int i = unitsBegin[leaf]; i < unitsBegin[leaf + 1]; i++) {
        addend.add(units[i], sum);
      }
      for (int k = 0; k < additions[leaf]; k++) {
        size--;
        for (int c = 0; c < length; c++) {
          open[size - 1][c] += open[size][c];
        }
      }
    }
    return size == 0 ? new double[length] : open[0];
  }
}
