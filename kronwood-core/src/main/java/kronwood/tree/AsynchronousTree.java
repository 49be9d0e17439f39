package kronwood.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * The asynchronous tree of Song and Ye (arXiv 2305.08001): one tournament tree per sample over the
 * m neurons.
 *
 * <p>A leaf of sample i is the pre-activation {@code z_{r,i}} of one neuron, an inner node the
 * maximum of its two children, so the root is {@code max_r z_{r,i}}:
 *
 * <pre>
 *   init(i, z)       all leaves and inner nodes of a sample     O(m)
 *   query(i, b)      the neurons with z &gt; b, descending only    O(fired · log m)
 *                    where a node exceeds b
 *   update           z += δ for some neurons, and their paths   O(touched · log m)
 * </pre>
 *
 * <p>A tree of any width is stored in one array of length 2m: node 1 is the root, node p has the
 * children 2p and 2p + 1, neuron r is node m + r. A neuron fires if its pre-activation is strictly
 * above the shift. In a two-sided tree it fires if {@code |z|} is, and inner nodes are the largest
 * {@code |z|} below them. Memory: 16 · m bytes a sample.
 *
 * <p>Thread safety: different samples may be changed and queried concurrently, one sample may not.
 */
public final class AsynchronousTree {
  private final int neurons;
  private final boolean twoSided;
  private final int firstDeepLeaf;
  private final double[][] nodes;
  private final LongAdder queries = new LongAdder();
  private final LongAdder nodesVisited = new LongAdder();
  private final LongAdder leavesVisited = new LongAdder();
  private final LongAdder neuronsFired = new LongAdder();
  private final LongAdder leavesUpdated = new LongAdder();

  /**
   * Trees in which a neuron fires above the shift, whose leaves are all −∞.
   *
   * @param samples number of trees
   * @param neurons width m ≥ 1
   */
  public AsynchronousTree(int samples, int neurons) {
    this(samples, neurons, false);
  }

  /**
   * Trees whose leaves are all −∞, or all 0 if they are two-sided.
   *
   * @param samples number of trees
   * @param neurons width m ≥ 1
   * @param twoSided whether a neuron fires where {@code |z| > b}, rather than where {@code z > b}
   */
  public AsynchronousTree(int samples, int neurons, boolean twoSided) {
    if (samples < 0 || neurons < 1) {
      throw new IllegalArgumentException(
          "a tree needs at least one neuron, found " + samples + " samples × " + neurons);
    }
    this.neurons = neurons;
    this.twoSided = twoSided;
    // Nodes from this power of two on are one level deeper than the other leaves.
    this.firstDeepLeaf = neurons == 1 ? 1 : 2 * Integer.highestOneBit(neurons - 1);
    this.nodes = new double[samples][2 * neurons];
    for (double[] tree : twoSided ? new double[0][] : nodes) {
      Arrays.fill(tree, Double.NEGATIVE_INFINITY);
    }
  }

  /** Bytes that trees of this shape take. */
  public static long bytes(long samples, long neurons) {
    return samples * (16 * neurons + 24);
  }

  /** Number of trees. */
  public int samples() {
    return nodes.length;
  }

  /** Width m. */
  public int neurons() {
    return neurons;
  }

  /** Sets all leaves of a sample to {@code z}, length m, and its inner nodes to match. */
  public void init(int sample, double[] z) {
    System.arraycopy(z, 0, nodes[sample], neurons, neurons);
    repair(sample);
  }

  /** Pre-activation stored for a neuron. */
  public double leaf(int sample, int neuron) {
    return nodes[sample][neurons + neuron];
  }

  /**
   * Sets a leaf and leaves the inner nodes as they are; {@link #repair(int)} must follow before the
   * next query.
   */
  public void setLeaf(int sample, int neuron, double z) {
    nodes[sample][neurons + neuron] = z;
  }

  /** Makes all inner nodes of a sample the maxima of their children. Cost: m. */
  public void repair(int sample) {
    double[] tree = nodes[sample];
    if (twoSided) {
      for (int p = neurons - 1; p >= 1; p--) {
        tree[p] = Math.max(Math.abs(tree[2 * p]), Math.abs(tree[2 * p + 1]));
      }
      return;
    }
    for (int p = neurons - 1; p >= 1; p--) {
      tree[p] = Math.max(tree[2 * p], tree[2 * p + 1]);
    }
  }

  /**
   * Fills {@code fired} with the neurons whose leaf, or the magnitude of whose leaf if this is
   * two-sided, is strictly above {@code shift}, in increasing order. Cost: at most 2 · fired ·
   * ⌈log₂ m⌉ + 1 nodes.
   */
  public void query(int sample, double shift, FiredNeurons fired) {
    fired.clear();
    double[] tree = nodes[sample];
    int deep = 0;
    long visited = 0;
    long visitedLeaves = 0;
    int p = 1;
    // Depth first and left to right without a stack: after a subtree, climb while it was a right
    // child, then step to the sibling.
    do {
      visited++;
      if (p >= neurons) {
        visitedLeaves++;
      }
      if ((twoSided ? Math.abs(tree[p]) : tree[p]) > shift) {
        if (p < neurons) {
          p = 2 * p;
          continue;
        }
        fired.add(p - neurons, tree[p]);
        if (p >= firstDeepLeaf) {
          deep++;
        }
      }
      while ((p & 1) == 1 && p > 1) {
        p >>= 1;
      }
      p = p == 1 ? 0 : p + 1;
    } while (p != 0);
    // Left to right, the deeper leaves come first, though they are the later neurons.
    if (deep < fired.count()) {
      fired.rotate(deep);
    }
    queries.increment();
    nodesVisited.add(visited);
    leavesVisited.add(visitedLeaves);
    neuronsFired.add(fired.count());
  }

  /** How {@link #query} finds what it finds. Counts no work. Cost: that of the query. */
  public NeuronSearch search(int sample, double shift) {
    double[] tree = nodes[sample];
    List<NeuronSearch.Level> levels = new ArrayList<>();
    IntStream.Builder reached = IntStream.builder();
    int[] level = {1};
    for (int first = 1; level.length > 0; first *= 2) {
      int[] places = new int[level.length];
      double[] bounds = new double[level.length];
      IntStream.Builder next = IntStream.builder();
      for (int i = 0; i < level.length; i++) {
        int p = level[i];
        places[i] = p - first;
        bounds[i] = twoSided ? Math.abs(tree[p]) : tree[p];
        if (p >= neurons) {
          reached.add(p - neurons);
        } else if (bounds[i] > shift) {
          next.add(2 * p).add(2 * p + 1);
        }
      }
      levels.add(new NeuronSearch.Level(first, places, bounds));
      level = next.build().toArray();
    }
    int[] visited = reached.build().sorted().toArray();
    double[] leaves = new double[visited.length];
    double[] bounds = new double[visited.length];
    for (int i = 0; i < visited.length; i++) {
      leaves[i] = leaf(sample, visited[i]);
      bounds[i] = twoSided ? Math.abs(leaves[i]) : leaves[i];
    }
    return new NeuronSearch(
        shift, twoSided, false, neurons, levels, visited, leaves, bounds, leaves);
  }

  /**
   * Adds to the leaves of several neurons of one sample and restores the inner nodes above them.
   *
   * @param delta change of the t-th neuron of {@code paths} at {@code offset + t · stride}
   */
  public void update(int sample, UpdatePaths paths, double[] delta, int offset, int stride) {
    double[] tree = nodes[sample];
    int touched = paths.neuronCount();
    for (int i = 0; i < touched; i++) {
      tree[neurons + paths.neuron(i)] += delta[offset + i * stride];
    }
    int inner = paths.innerCount();
    for (int i = 0; i < inner; i++) {
      int p = paths.inner(i);
      tree[p] =
          twoSided
              ? Math.max(Math.abs(tree[2 * p]), Math.abs(tree[2 * p + 1]))
              : Math.max(tree[2 * p], tree[2 * p + 1]);
    }
    leavesUpdated.add(touched);
  }

  /** Work done so far. */
  public TreeCounters counters() {
    return new TreeCounters(
        queries.sum(),
        nodesVisited.sum(),
        leavesVisited.sum(),
        neuronsFired.sum(),
        leavesUpdated.sum());
  }
}
