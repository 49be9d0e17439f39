package kronwood.tree;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import kronwood.math.kernel.Kernels;

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
 * two do not reach the shift.
 *
 * <p>A two-sided tree is for neurons that fire where {@code |z|} is above the shift, and has {@code
 * |z_{r,i}(τ)|} in place of {@code z_{r,i}(τ)}.
 *
 * <p>All is kept in single precision; bounds and shift are moved by more than the rounding errors
 * of that, and of sums in double precision elsewhere. What is added to D_r covers the error of
 * large |z| too: where {@code |z| ≫ |b|}, z can only pass b if ‖x‖·D_r is as large.
 *
 * <p>Cost of a query: m/64 nodes and 64 neurons, in vector instructions, for each node that is
 * opened. Memory: 4 bytes a neuron and sample of a block. Queries may run concurrently, changes may
 * not.
 */
public final class LazyTree {
  private static final int NODE = 64;

  /** Relative and absolute allowance for rounding: some 30 roundings in single precision. */
  private static final double SLACK = 2e-6;

  private final Kernels kernels = Kernels.active();
  private final int neurons;
  private final boolean twoSided;
  private final int nodes;
  private final float[] drift;
  private final float[] nodeDrift;
  private int stride;
  private float[] leaves = new float[0];
  private float[] nodeMaxima = new float[0];

  /** A tree of no samples. */
  public LazyTree(int neurons) {
    this(neurons, false);
  }

  /**
   * A tree of no samples.
   *
   * @param twoSided whether a neuron fires where {@code |z| > b}, rather than where {@code z > b}
   */
  public LazyTree(int neurons, boolean twoSided) {
    this.neurons = neurons;
    this.twoSided = twoSided;
    this.nodes = (neurons + NODE - 1) / NODE;
    this.drift = new float[neurons];
    this.nodeDrift = new float[nodes];
  }

  /**
   * Begins a block of samples, all drift bounds 0. Their leaves are then to be repaired with {@link
   * #repair} before they are queried.
   *
   * @param samples number of samples
   * @param z pre-activation of neuron r on the p-th sample at {@code p · stride + r}, rounded to
   *     the nearest; kept, not copied, until the next block
   * @param stride at least m
   */
  public void begin(int samples, float[] z, int stride) {
    this.leaves = z;
    this.stride = stride;
    int wanted = samples * nodes;
    if (nodeMaxima.length < wanted) {
      nodeMaxima = new float[wanted];
    }
    Arrays.fill(drift, 0);
    Arrays.fill(nodeDrift, 0);
  }

  /** Makes the nodes of one sample from its leaves. Different samples may be repaired at once. */
  public void repair(int position) {
    for (int node = 0; node < nodes; node++) {
      int length = Math.min(neurons - node * NODE, NODE);
      int first = position * stride + node * NODE;
      nodeMaxima[position * nodes + node] =
          twoSided
              ? kernels.largestMagnitude(leaves, first, length)
              : kernels.max(leaves, first, length);
    }
  }

  /** Neurons of one node: those from {@code k · nodeSize()} to {@code (k + 1) · nodeSize() − 1}. */
  public static int nodeSize() {
    return NODE;
  }

  /**
   * Sets by how much, in norm, a neuron has moved at most since the beginning of the block. Is seen
   * by queries after {@link #repairDrift} of its node; different nodes may be changed at once.
   */
  public void setDrift(int neuron, double bound) {
    drift[neuron] = (float) (bound * (1 + SLACK));
  }

  /** Makes a node's drift bound from those of its neurons. */
  public void repairDrift(int node) {
    int end = Math.min(neurons, (node + 1) * NODE);
    float largest = 0;
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
    float reach = (float) (norm * (1 + SLACK));
    float threshold = (float) (shift - SLACK * (1 + Math.abs(shift)));
    int count = 0;
    int row = position * stride;
    for (int node = 0; node < nodes; node++) {
      if (nodeMaxima[position * nodes + node] + reach * nodeDrift[node] > threshold) {
        int end = Math.min(neurons, (node + 1) * NODE);
        int first = node * NODE;
        count =
            twoSided
                ? kernels.magnitudesAbove(
                    leaves, row, drift, reach, threshold, first, end, candidates, count)
                : kernels.above(
                    leaves, row, drift, reach, threshold, first, end, candidates, count);
      }
    }
    return count;
  }

  /**
   * How {@link #query} finds its candidates, for people to look at. Bounds include the allowance
   * for rounding of numbers about as large as the shift. Cost: m.
   *
   * @param position position of the sample in the block
   * @param norm {@code ‖x_i‖}
   * @param shift b
   * @param candidates what the query found
   * @param exact the present pre-activation of each of these
   */
  public NeuronSearch search(
      int position, double norm, double shift, int[] candidates, double[] exact) {
    float reach = (float) (norm * (1 + SLACK));
    float threshold = (float) (shift - SLACK * (1 + Math.abs(shift)));
    double allowance = shift - threshold;
    int[] all = new int[nodes];
    double[] ofNodes = new double[nodes];
    IntStream.Builder reached = IntStream.builder();
    for (int node = 0; node < nodes; node++) {
      float bound = nodeMaxima[position * nodes + node] + reach * nodeDrift[node];
      all[node] = node;
      ofNodes[node] = bound + allowance;
      if (bound > threshold) {
        IntStream.range(node * NODE, Math.min(neurons, (node + 1) * NODE)).forEach(reached::add);
      }
    }
    int[] visited = reached.build().toArray();
    double[] z = new double[visited.length];
    double[] bounds = new double[visited.length];
    double[] now = new double[visited.length];
    Arrays.fill(now, Double.NaN);
    int next = 0;
    for (int i = 0; i < visited.length; i++) {
      int r = visited[i];
      z[i] = leaves[position * stride + r];
      bounds[i] = (twoSided ? Math.abs(z[i]) : z[i]) + reach * drift[r] + allowance;
      if (next < candidates.length && candidates[next] == r) {
        now[i] = exact[next++];
      }
    }
    List<NeuronSearch.Level> levels =
        List.of(
            new NeuronSearch.Level(nodes, all, ofNodes),
            new NeuronSearch.Level(nodes * NODE, visited, bounds));
    return new NeuronSearch(shift, twoSided, true, neurons, levels, visited, z, bounds, now);
  }
}
