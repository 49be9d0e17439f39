package kronwood.engine;

import java.util.Arrays;
import kronwood.input.StructuredInputs;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.kernel.Kernels;
import kronwood.network.Activation;
import kronwood.network.InitialWeights;
import kronwood.state.CoefficientLog;
import kronwood.tree.FiredNeurons;
import kronwood.tree.LazyTree;
import kronwood.tree.NeuronSearch;

/**
 * Answers which units fire on the samples of a block: the candidates of the lazy tree, whose
 * pre-activations are the block's leaves and what the log has changed since. What the log changes
 * is worked out for a batch at once, when it is announced.
 */
final class BlockQueries {
  private static final int SAMPLES_PER_TASK = 16;

  private final StructuredInputs inputs;
  private final LazyTree tree;
  private final CoefficientLog log;
  private final BlockLeaves leaves;
  private final LogChanges changes;
  private final Parallel parallel;
  private final BlockSamples samples;
  private final double shift;
  private final Activation activation;
  private final int neurons;
  private final int units;
  private final boolean[] wanted;
  private final ThreadLocal<int[]> buffer;
  private int[] block = new int[0];
  private int[][] candidates = new int[0][];
  private int batchBegin;

  BlockQueries(
      StructuredInputs inputs,
      InitialWeights initial,
      LazyTree tree,
      CoefficientLog log,
      BlockLeaves leaves,
      InputProducts products,
      BlockSamples samples,
      Precision precision,
      Parallel parallel) {
    this.inputs = inputs;
    this.tree = tree;
    this.log = log;
    this.leaves = leaves;
    this.samples = samples;
    this.parallel = parallel;
    this.changes = new LogChanges(products, initial.units(), precision, parallel);
    this.shift = initial.options().shift();
    this.activation = Activation.of(inputs.structure());
    this.neurons = initial.neurons();
    this.units = initial.units();
    this.wanted = new boolean[units];
    Arrays.fill(wanted, neurons, units, true);
    this.buffer = ThreadLocal.withInitial(() -> new int[units]);
  }

  /** A block of samples begins, with an empty log. */
  void begin(int[] next) {
    block = next;
    changes.begin(next);
  }

  /**
   * Finds the candidates of a batch and what the log changes for them.
   *
   * @param batch samples that follow one another in the block
   * @param position of the first of them
   * @param taken number of samples of the block that the log may name
   * @param scales s, for each part of the log
   * @return vector operations that combining the log took
   */
  long prepare(int[] batch, int position, int taken, double[] scales) {
    batchBegin = position;
    if (candidates.length < batch.length) {
      candidates = Arrays.copyOf(candidates, batch.length);
    }
    Arrays.fill(wanted, 0, neurons, false);
    parallel.forRange(
        batch.length,
        SAMPLES_PER_TASK,
        (first, last, worker) -> {
          int[] found = buffer.get();
          for (int i = first; i < last; i++) {
            int count = tree.query(position + i, samples.norm(position + i), shift, found);
            candidates[i] = Arrays.copyOf(found, count);
            for (int c = 0; c < count; c++) {
              wanted[found[c]] = true;
            }
          }
        });
    changes.compute(batch, taken, log, scales, wanted);
    long entries = 0;
    for (int r = 0; r < units; r++) {
      entries += wanted[r] ? log.length(r) : 0;
    }
    return entries * Math.ceilDiv(batch.length, Kernels.PANEL);
  }

  /**
   * Appends the units that fire on a sample and returns the number of candidates.
   *
   * @param changed whether the log has entries; then the sample is of the batch prepared last
   */
  int query(int position, boolean changed, FiredNeurons out) {
    return changed ? queryBatch(position, out) : queryLeaves(position, out);
  }

  private int queryLeaves(int position, FiredNeurons out) {
    int[] found = buffer.get();
    int count = tree.query(position, samples.norm(position), shift, found);
    for (int i = 0; i < count; i++) {
      addIfFiring(found[i], leaves.get(position, found[i]), out);
    }
    for (int r = neurons; r < units; r++) {
      out.add(r, leaves.get(position, r));
    }
    return count;
  }

  private int queryBatch(int position, FiredNeurons out) {
    int i = position - batchBegin;
    int[] found = candidates[i];
    for (int r : found) {
      addIfFiring(r, leaves.get(position, r) + changes.get(r, i), out);
    }
    for (int r = neurons; r < units; r++) {
      out.add(r, leaves.get(position, r) + changes.get(r, i));
    }
    return found.length;
  }

  /**
   * How the query of a sample went.
   *
   * @param changed as in {@link #query}
   */
  NeuronSearch search(int position, boolean changed) {
    int i = position - batchBegin;
    int[] found;
    if (changed) {
      found = candidates[i];
    } else {
      int[] all = buffer.get();
      found = Arrays.copyOf(all, tree.query(position, samples.norm(position), shift, all));
    }
    double[] z = new double[found.length];
    for (int c = 0; c < found.length; c++) {
      z[c] = leaves.get(position, found[c]) + (changed ? changes.get(found[c], i) : 0);
    }
    return tree.search(position, samples.norm(position), shift, found, z);
  }

  private void addIfFiring(int neuron, double z, FiredNeurons out) {
    if (activation.fires(z, shift)) {
      out.add(neuron, z);
    }
  }

  /** Writes the pre-activations of all units on a sample of the block, at any time. */
  void preActivations(int sample, int position, int taken, double[] scales, double[] z) {
    for (int r = 0; r < units; r++) {
      z[r] = leaves.get(position, r);
    }
    if (taken == 0) {
      return;
    }
    double[] products = new double[taken];
    inputs.innerProducts(sample, block, taken, products);
    for (int r = 0; r < units; r++) {
      double[] coefficients = new double[log.length(r)];
      log.coefficients(r, scales, coefficients);
      for (int e = 0; e < coefficients.length; e++) {
        z[r] += coefficients[e] * products[log.position(r, e)];
      }
    }
  }
}
