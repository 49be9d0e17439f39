package kronwood.data.fold;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Divides units (samples, or entities with their samples) among parts, so that each part gets its
 * share of every stratum.
 *
 * <p>Units are taken by descending order of magnitude, at random within each (wholly by size, the
 * repeats of a division would be the same), and each goes to the part f for which
 *
 * <pre>
 *   Σ_s (2 x_fs u_s + u_s²) / (q_f N_s²)
 * </pre>
 *
 * is least: x_fs of the N_s samples of stratum s are in the part already, u_s are the unit's, q_f
 * is the part's share. That is the greedy step down Σ_f q_f Σ_s (x_fs / (q_f N_s) − 1)². Of equals
 * the part of fewest units for its share takes it, then the first. For single samples and equal
 * shares, parts differ by at most one sample, in every stratum and in all. Cost: O(samples ·
 * parts).
 */
final class Apportionment {
  private final int[] start;
  private final int[] strataOf;
  private final long[] size;
  private final int units;

  /**
   * Units with their samples.
   *
   * @param units number of units
   * @param unitOf unit of each occurrence of a sample in a unit, or negative for none
   * @param stratumOf stratum of each
   * @param strata number of strata
   */
  Apportionment(int units, int[] unitOf, int[] stratumOf, int strata) {
    this.units = units;
    this.start = new int[units + 1];
    this.size = new long[strata];
    for (int i = 0; i < unitOf.length; i++) {
      if (unitOf[i] >= 0) {
        start[unitOf[i] + 1]++;
        size[stratumOf[i]]++;
      }
    }
    for (int u = 0; u < units; u++) {
      start[u + 1] += start[u];
    }
    this.strataOf = new int[start[units]];
    int[] next = Arrays.copyOf(start, units);
    for (int i = 0; i < unitOf.length; i++) {
      if (unitOf[i] >= 0) {
        strataOf[next[unitOf[i]]++] = stratumOf[i];
      }
    }
    for (int u = 0; u < units; u++) {
      Arrays.sort(strataOf, start[u], start[u + 1]);
    }
  }

  /** The part of each unit. */
  int[] divide(double[] shares, SplittableRandom random) {
    int parts = shares.length;
    double[][] filled = new double[parts][size.length];
    double[] taken = new double[parts];
    int[] part = new int[units];
    for (int unit : order(random)) {
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int f = 0; f < parts; f++) {
        double cost = cost(unit, filled[f]) / shares[f];
        boolean tie = cost == least && taken[f] / shares[f] < taken[best] / shares[best];
        if (cost < least || tie) {
          best = f;
          least = cost;
        }
      }
      part[unit] = best;
      taken[best]++;
      for (int i = start[unit]; i < start[unit + 1]; i++) {
        filled[best][strataOf[i]]++;
      }
    }
    return part;
  }

  private double cost(int unit, double[] filled) {
    double cost = 0;
    int end;
    for (int from = start[unit]; from < start[unit + 1]; from = end) {
      int stratum = strataOf[from];
      end = from + 1;
      while (end < start[unit + 1] && strataOf[end] == stratum) {
        end++;
      }
      double count = end - from;
      double all = size[stratum];
      cost += (2 * filled[stratum] * count + count * count) / (all * all);
    }
    return cost;
  }

  /** Units by descending binary order of magnitude of Σ_s u_s / N_s, shuffled within each. */
  private int[] order(SplittableRandom random) {
    long[] keys = new long[units];
    for (int unit = 0; unit < units; unit++) {
      double weight = 0;
      for (int i = start[unit]; i < start[unit + 1]; i++) {
        weight += 1.0 / size[strataOf[i]];
      }
      keys[unit] = ((long) -Math.getExponent(weight) << 32) | unit;
    }
    for (int i = 1; i < units; i++) {
      int other = random.nextInt(i + 1);
      long key = keys[other];
      keys[other] = keys[i];
      keys[i] = key;
    }
    return stablyByMagnitude(keys);
  }

  private static int[] stablyByMagnitude(long[] keys) {
    long[] ranked = new long[keys.length];
    for (int position = 0; position < keys.length; position++) {
      ranked[position] = (keys[position] >> 32 << 32) | position;
    }
    Arrays.sort(ranked);
    int[] order = new int[keys.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = (int) keys[(int) ranked[i]];
    }
    return order;
  }
}
