package kronwood.tree;

import java.util.Arrays;

/**
 * A tree that may be out of date and still misses no neuron.
 *
 * <p>For the samples of one block it keeps the pre-activations of all neurons as of the block's
 * beginning, time τ. Since then neuron r has moved by a vector of norm at most {@code D_r}, its
 * drift bound, so by Cauchy–Schwarz
 *
 * <pre>
 *   |z_{r,i}(t) − z_{r,i}(τ)| ≤ ‖x_i‖ · D_r
 * </pre>
 *
 * <p>and r can fire on sample i only if {@code z_{r,i}(τ) + ‖x_i‖ · D_r > b}. A query reports these
 * candidates; the caller evaluates them exactly. Nodes of 64 neurons hold the largest
 * pre-activation and the largest bound of their neurons and are passed over as a whole where these
 * two do not reach the shift. Bounds are enlarged by more than the rounding errors of both sides.
 *
 * <p>Cost of a query: m/64 nodes and 64 neurons for each node that is opened. Memory: 8 bytes a
 * neuron and sample of a block. Queries may run concurrently, changes may not.
 */
public final class LazyTree {
  private static final int NODE = 64;

  /** Relative and absolute allowance for rounding, far above what sums of doubles can err by. */
  private static final double RELATIVE_SLACK = 1e-9;

  private final int neurons;
  private final int nodes;
  private final double[] drift;
  private final double[] nodeDrift;
  private double[] leaves = new double[0];
  private double[] nodeMaxima = new double[0];

  /** A tree of no samples. */
  public LazyTree(int neurons) {
    this.neurons = neurons;
    this.nodes = (neurons + NODE - 1) / NODE;
    this.drift = new double[neurons];
    this.nodeDrift = new double[nodes];
  }

  /**
   * Begins a block: takes the pre-activations of its samples and sets all drift bounds to 0.
   *
   * @param samples number of samples
   * @param z pre-activation of neuron r on the p-th sample at {@code p · m + r}; kept, not copied,
   *     until the next block
   */
  public void begin(int samples, double[] z) {
    leaves = z;
    nodeMaxima = new double[samples * nodes];
    for (int p = 0; p < samples; p++) {
      for (int node = 0; node < nodes; node++) {
        int end = p * neurons + Math.min(neurons, (node + 1) * NODE);
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = p * neurons + node * NODE; i < end; i++) {
          largest = Math.max(largest, z[i]);
        }
        nodeMaxima[p * nodes + node] = largest;
      }
    }
    Arrays.fill(drift, 0);
    Arrays.fill(nodeDrift, 0);
  }

  /** Pre-activation of a neuron at the beginning of the block. */
  public double leaf(int position, int neuron) {
    return leaves[position * neurons + neuron];
  }

  /** Sets by how much, in norm, a neuron has moved at most since the beginning of the block. */
  public void setDrift(int neuron, double bound) {
    drift[neuron] = bound;
    int node = neuron / NODE;
    int end = Math.min(neurons, (node + 1) * NODE);
    double largest = 0;
    for (int r = node * NODE; r < end; r++) {
      largest = Math.max(largest, drift[r]);
    }
    nodeDrift[node] = largest;
  }

  /**
   * Writes the neurons that may fire on a sample to {@code candidates}, increasing, and returns how
   * many there are.
   *
   * @param position position of the sample in the block
   * @param norm {@code ‖x_i‖}
   * @param shift b
   * @param candidates length m
   */
  public int query(int position, double norm, double shift, int[] candidates) {
    int count = 0;
    double reach = norm * (1 + RELATIVE_SLACK);
    for (int node = 0; node < nodes; node++) {
      double largest = nodeMaxima[position * nodes + node];
      double threshold = shift - RELATIVE_SLACK * (1 + Math.abs(shift));
      if (!(largest + reach * nodeDrift[node] + RELATIVE_SLACK * Math.abs(largest) > threshold)) {
        continue;
      }
      int end = Math.min(neurons, (node + 1) * NODE);
      for (int r = node * NODE; r < end; r++) {
        double z = leaves[position * neurons + r];
        if (z + reach * drift[r] + RELATIVE_SLACK * Math.abs(z) > threshold) {
          candidates[count++] = r;
        }
      }
    }
    return count;
  }
}
