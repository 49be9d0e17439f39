package kronwood.train;

import java.util.Arrays;
import kronwood.gram.StructuredInputs;
import kronwood.math.Kernels;
import kronwood.math.Parallel;
import kronwood.tree.AsynchronousTree;
import kronwood.tree.FiredNeurons;
import kronwood.tree.TreeCounters;
import kronwood.tree.UpdatePaths;

/**
 * The algorithm of Song and Ye (arXiv 2305.08001), as published: every inner product of a neuron
 * with a sample is kept current in an {@link AsynchronousTree}; weights are never formed while
 * training.
 *
 * <pre>
 *   init     z_{r,i} = ⟨W_r(0), x_i⟩ for all neurons r and samples i
 *   query    the fired neurons of sample i, from its tree
 *   update   z_{r,i} ← z_{r,i} + Σ_j c_{r,j} · Π_k G^(k)[i_k, j_k] for all samples i
 * </pre>
 *
 * <p>With n samples, m neurons and K modes:
 *
 * <ul>
 *   <li>init: m/2 · n_1 · d for pairs with n_1 left entities, plus m/2 · n · d/rank_1 (see {@link
 *       kronwood.gram.TensorContraction}); half of it thanks to paired neurons;
 *   <li>query: O(fired · log m), with weight decay O(m);
 *   <li>update of a batch of S samples: S · n · (K + fired) plus n · touched · log m, free of d;
 *   <li>memory: 16 · n · m bytes for the trees, 8 · n a neuron that ever fired for its
 *       coefficients, the factor Gram matrices, and with weight decay 16 · n · m more.
 * </ul>
 *
 * <p>Weight decay moves every inner product towards its initial value at every step. Then {@code z
 * = z⁰ + s · q} with one scale s for all, and a sample's tree is rebuilt when it is queried.
 *
 * <p>Updates run in parallel over samples; each sample's sums have a fixed order, so that results
 * do not depend on the number of threads.
 */
public final class EagerEngine implements Engine {
  private static final int SAMPLES_PER_TASK = 256;
  private static final int SAMPLES_PER_BLOCK = 64;

  /** Below this the common scale is multiplied into what it scales. */
  private static final double SMALLEST_SCALE = 1e-6;

  private final Kernels kernels = Kernels.active();
  private final StructuredInputs inputs;
  private final Parallel parallel;
  private final double shift;
  private final AsynchronousTree tree;
  private final ExpandedWeights weights;

  /** With weight decay only, else of length 0: z⁰ and q of each sample. */
  private final double[][] initial;

  private final double[][] moved;
  private double scale = 1;
  private long innerProducts;

  /**
   * The network before training: all inner products at their initial values.
   *
   * @param inputs all samples that will be queried, trained on or not
   * @param initialWeights the weights to start from
   * @param decays whether updates may have {@code keep ≠ 1}
   * @param parallel where to run; not closed by the engine
   * @throws ArithmeticException if d exceeds the range of an array
   */
  public EagerEngine(
      StructuredInputs inputs, InitialWeights initialWeights, boolean decays, Parallel parallel) {
    this.inputs = inputs;
    this.parallel = parallel;
    this.shift = initialWeights.options().shift();
    int samples = inputs.size();
    int neurons = initialWeights.options().neurons();
    this.tree = new AsynchronousTree(samples, neurons);
    this.weights = new ExpandedWeights(inputs, initialWeights);
    initialise(neurons, initialWeights.distinctNeurons());
    this.initial = new double[decays ? samples : 0][neurons];
    this.moved = new double[decays ? samples : 0][neurons];
    for (int i = 0; i < initial.length; i++) {
      for (int r = 0; r < neurons; r++) {
        initial[i][r] = tree.leaf(i, r);
      }
    }
  }

  private void initialise(int neurons, int distinct) {
    weights.initialProducts(
        parallel,
        (r, z) -> {
          for (int partner = r; partner < neurons; partner += distinct) {
            for (int i = 0; i < z.length; i++) {
              tree.setLeaf(i, partner, z[i]);
            }
          }
        });
    parallel.forRange(
        inputs.size(),
        SAMPLES_PER_TASK,
        (from, to, worker) -> {
          for (int i = from; i < to; i++) {
            tree.repair(i);
          }
        });
  }

  static double bytes(
      long samples, long neurons, long gramBytes, double dimension, boolean decays) {
    double perPair = 16 + 8 + (decays ? 16 : 0);
    return perPair * samples * neurons + gramBytes + 16 * dimension;
  }

  @Override
  public String name() {
    return "eager";
  }

  @Override
  public void prepare(int[] order, int from, int to) {}

  @Override
  public void query(int sample, FiredNeurons fired) {
    if (initial.length > 0) {
      double[] start = initial[sample];
      double[] change = moved[sample];
      for (int r = 0; r < start.length; r++) {
        tree.setLeaf(sample, r, start[r] + scale * change[r]);
      }
      tree.repair(sample);
    }
    tree.query(sample, shift, fired);
  }

  @Override
  public void update(BatchCoefficients batch, double keep) {
    if (keep != 1 && initial.length == 0) {
      throw new IllegalStateException("this engine was made without weight decay");
    }
    rescale(keep);
    int[] touched = touchedNeurons(batch);
    int[] slot = new int[tree.neurons()];
    for (int i = 0; i < touched.length; i++) {
      slot[touched[i]] = i;
    }
    for (int j = 0; j < batch.samples(); j++) {
      for (int i = batch.start(j); i < batch.end(j); i++) {
        weights.add(batch.neuron(i), batch.sample(j), batch.coefficient(i) / scale);
      }
    }
    UpdatePaths paths = UpdatePaths.of(tree.neurons(), touched);
    double[][][] gramRows = gramRows(batch);
    innerProducts += (long) touched.length * inputs.size();
    parallel.forRange(
        inputs.size(),
        SAMPLES_PER_TASK,
        (from, to, worker) -> {
          double[] delta = new double[touched.length * SAMPLES_PER_BLOCK];
          double[] inner = new double[batch.samples() * SAMPLES_PER_BLOCK];
          for (int start = from; start < to; start += SAMPLES_PER_BLOCK) {
            int end = Math.min(to, start + SAMPLES_PER_BLOCK);
            change(start, end, batch, gramRows, slot, inner, delta);
            for (int i = start; i < end; i++) {
              apply(i, touched, paths, delta, i - start);
            }
          }
        });
  }

  private void rescale(double keep) {
    scale *= keep;
    if (scale >= SMALLEST_SCALE) {
      return;
    }
    for (double[] change : moved) {
      ExpandedWeights.multiply(change, scale);
    }
    weights.scale(scale);
    scale = 1;
  }

  private int[] touchedNeurons(BatchCoefficients batch) {
    boolean[] touched = new boolean[tree.neurons()];
    int count = 0;
    for (int i = 0; i < batch.size(); i++) {
      if (!touched[batch.neuron(i)]) {
        touched[batch.neuron(i)] = true;
        count++;
      }
    }
    int[] neurons = new int[count];
    int next = 0;
    for (int r = 0; r < touched.length; r++) {
      if (touched[r]) {
        neurons[next++] = r;
      }
    }
    return neurons;
  }

  private double[][][] gramRows(BatchCoefficients batch) {
    double[][][] rows = new double[batch.samples()][inputs.modes()][];
    for (int j = 0; j < batch.samples(); j++) {
      for (int k = 0; k < inputs.modes(); k++) {
        rows[j][k] = inputs.gramRow(batch.sample(j), k);
      }
    }
    return rows;
  }

  /**
   * {@code delta[slot][i − start] = Σ_j c_{r,j} ⟨x_j, x_i⟩} for the touched neurons and a block of
   * samples, side by side so that each coefficient is applied to the whole block at once.
   */
  private void change(
      int start,
      int end,
      BatchCoefficients batch,
      double[][][] gramRows,
      int[] slot,
      double[] inner,
      double[] delta) {
    Arrays.fill(delta, 0);
    int width = end - start;
    for (int j = 0; j < batch.samples(); j++) {
      int row = j * SAMPLES_PER_BLOCK;
      Arrays.fill(inner, row, row + width, 1);
      for (int k = 0; k < inputs.modes(); k++) {
        double[] gramRow = gramRows[j][k];
        for (int i = 0; i < width; i++) {
          inner[row + i] *= gramRow[inputs.entity(start + i, k)];
        }
      }
      for (int e = batch.start(j); e < batch.end(j); e++) {
        int column = slot[batch.neuron(e)] * SAMPLES_PER_BLOCK;
        kernels.axpy(batch.coefficient(e), inner, row, delta, column, width);
      }
    }
  }

  private void apply(int i, int[] touched, UpdatePaths paths, double[] delta, int position) {
    if (initial.length == 0) {
      tree.update(i, paths, delta, position, SAMPLES_PER_BLOCK);
      return;
    }
    for (int t = 0; t < touched.length; t++) {
      moved[i][touched[t]] += delta[t * SAMPLES_PER_BLOCK + position] / scale;
    }
  }

  @Override
  public void weights(int neuron, double[] tensor) {
    weights.form(neuron, weights.coefficients(neuron), scale, tensor);
  }

  /** What the tree has counted. */
  public TreeCounters treeCounters() {
    return tree.counters();
  }

  @Override
  public WorkCounters work() {
    TreeCounters counters = tree.counters();
    return new WorkCounters(
        counters.queries(),
        counters.neuronsFired(),
        counters.leavesVisited(),
        counters.nodesVisited(),
        innerProducts);
  }
}
