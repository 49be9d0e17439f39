package kronwood.train;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import kronwood.gram.StructuredInputs;
import kronwood.math.Parallel;
import kronwood.state.CoefficientLog;
import kronwood.state.NeuronStates;
import kronwood.state.StateLayout;
import kronwood.tree.FiredNeurons;
import kronwood.tree.LazyTree;

/**
 * Exact training in which nothing is computed before it is needed.
 *
 * <p>The order of an epoch is known in advance, so it is cut into blocks. The weights are {@code
 * W_r = W_r(0) + s · (Q_r + L_r)}: the state {@link NeuronStates}, the {@link CoefficientLog} of
 * the current block, and a common scale s that carries weight decay.
 *
 * <pre>
 *   refresh   z of the block's samples with all neurons, from W(0) and the states
 *   query     candidates of the lazy tree; their exact z adds the log's pull
 *             s · Σ_j c_j ⟨x_j, x_i⟩
 *   update    append the batch to the log; enlarge the drift bounds
 *   absorb    at the end of the block, take the log into the states
 * </pre>
 *
 * <p>The drift bound of a neuron is the norm of the sum of its log, not the sum of norms: {@code ‖L
 * + Σ c_j x_j‖² = ‖L‖² + 2 Σ c_j ⟨L, x_j⟩ + Σ c_j c_j' ⟨x_j, x_j'⟩}, where {@code ⟨L, x_j⟩} was
 * computed when the neuron fired on j. Weight decay shrinks {@code Q_r} by the same share for all
 * inputs, which adds that share of {@code ‖Q_r‖}.
 *
 * <p>Cost per sample, for m neurons of which q are candidates and f fire: m · Π read_k + f · Π
 * update_k, plus a pull of q · (entries of a neuron's log) that grows with the block. The block
 * size follows from counted work: it shrinks when pulling costs more than passing through all
 * states does, and grows when it costs far less. Memory: states, 8 · n · (m or m/2) bytes of
 * initial inner products, 8 · n a neuron of coefficients to make its weights from, and 8 · m ·
 * block.
 */
public final class BlockEngine implements Engine {
  private static final int FIRST_BLOCK = 512;
  private static final int SMALLEST_BLOCK = 64;
  private static final int LARGEST_BLOCK = 4096;

  /** Numbers of one kind that are held for a block, at most: 64 MiB of them. */
  private static final double LARGEST_BLOCK_ARRAY = 1 << 23;

  /**
   * Below this the common scale is multiplied in: drift bounds divide by it, and what rounding they
   * allow for must stay above what the division makes of it.
   */
  private static final double SMALLEST_SCALE = 1e-3;

  private final StructuredInputs inputs;
  private final Parallel parallel;
  private final double shift;
  private final int neurons;
  private final int distinct;
  private final double stateSize;
  private final NeuronStates states;
  private final CoefficientLog log;
  private final LazyTree tree;
  private final DriftBounds drift;
  private final ExpandedWeights weights;
  private final double[] norms;

  /** Initial inner products, {@code distinct} of them for each sample. */
  private final double[][] initial;

  private final int[] positions;
  private int[] block = new int[0];
  private double[] leaves = new double[0];
  private final int largestBlock;
  private int blockSize;
  private int taken;
  private double scale = 1;
  private double scaleAtRefresh = 1;
  private final ThreadLocal<int[]> candidates;
  private final ThreadLocal<double[]> inner = ThreadLocal.withInitial(() -> new double[0]);
  private final LongAdder queries = new LongAdder();
  private final LongAdder fired = new LongAdder();
  private final LongAdder candidatesSeen = new LongAdder();
  private final LongAdder pulled = new LongAdder();
  private long refreshed;

  /**
   * The network before training.
   *
   * @param inputs all samples that will be queried
   * @param initialWeights the weights to start from
   * @param layout coordinates of the states
   * @param parallel where to run; not closed by the engine
   * @throws ArithmeticException if d or a neuron's state exceeds the range of an array
   */
  public BlockEngine(
      StructuredInputs inputs,
      InitialWeights initialWeights,
      StateLayout layout,
      Parallel parallel) {
    this.inputs = inputs;
    this.parallel = parallel;
    this.shift = initialWeights.options().shift();
    this.neurons = initialWeights.options().neurons();
    this.distinct = initialWeights.distinctNeurons();
    this.stateSize = layout.size(inputs);
    this.states = new NeuronStates(inputs, layout, neurons, parallel);
    this.log = new CoefficientLog(neurons);
    this.tree = new LazyTree(neurons);
    this.drift = new DriftBounds(neurons);
    this.largestBlock = largestBlock(inputs, layout, neurons);
    this.blockSize = Math.min(FIRST_BLOCK, largestBlock);
    this.candidates = ThreadLocal.withInitial(() -> new int[neurons]);
    int samples = inputs.size();
    this.weights = new ExpandedWeights(inputs, initialWeights);
    this.initial = new double[samples][distinct];
    this.norms = new double[samples];
    this.positions = new int[samples];
    Arrays.fill(positions, -1);
    for (int i = 0; i < samples; i++) {
      norms[i] = Math.sqrt(inputs.inner(i, i));
    }
    weights.initialProducts(
        parallel,
        (r, z) -> {
          for (int i = 0; i < z.length; i++) {
            initial[i][r] = z[i];
          }
        });
  }

  /** Samples in a block at most. */
  private static int largestBlock(StructuredInputs inputs, StateLayout layout, int neurons) {
    double perSample = Math.max(neurons, layout.blockSize(inputs));
    return (int) Math.clamp(LARGEST_BLOCK_ARRAY / perSample, SMALLEST_BLOCK, LARGEST_BLOCK);
  }

  /** Numbers in the largest array that a block takes. */
  static double largestBlockArray(StructuredInputs inputs, StateLayout layout, int neurons) {
    return largestBlock(inputs, layout, neurons) * Math.max(neurons, layout.blockSize(inputs));
  }

  static double bytes(
      StructuredInputs inputs,
      StateLayout layout,
      NetworkOptions network,
      int batch,
      double dimension) {
    double neurons = network.neurons();
    double distinct = network.paired() ? neurons / 2 : neurons;
    double block =
        Math.min(inputs.size(), Math.max(batch, largestBlock(inputs, layout, network.neurons())));
    return 8 * neurons * layout.size(inputs)
        + 8 * distinct * inputs.size()
        + 8 * neurons * inputs.size()
        + 8 * block * (neurons + layout.blockSize(inputs))
        + inputs.gramBytes()
        + 16 * dimension;
  }

  @Override
  public String name() {
    return "block";
  }

  @Override
  public void prepare(int[] order, int from, int to) {
    // An order begins a block even where all of it is in the last one, so that no log grows for
    // ever.
    boolean begins = from == 0;
    for (int i = from; i < to; i++) {
      begins |= positions[order[i]] < 0;
      if (begins) {
        beginBlock(order, from, Math.min(order.length, from + Math.max(blockSize, to - from)));
        return;
      }
    }
  }

  private void beginBlock(int[] order, int from, int to) {
    int[] next = Arrays.copyOfRange(order, from, to);
    if (leaves.length < next.length * neurons) {
      leaves = new double[Math.multiplyExact(next.length, neurons)];
    }
    states.refresh(log, Arrays.copyOf(block, taken), next, leaves);
    double scaleOfStates = scale;
    endBlock();
    block = next;
    for (int p = 0; p < block.length; p++) {
      positions[block[p]] = p;
    }
    parallel.forRange(
        block.length,
        16,
        (first, last, worker) -> {
          for (int p = first; p < last; p++) {
            double[] start = initial[block[p]];
            for (int r = 0; r < neurons; r++) {
              leaves[p * neurons + r] =
                  start[r % distinct] + scaleOfStates * leaves[p * neurons + r];
            }
          }
        });
    refreshed += (long) block.length * neurons;
    scaleAtRefresh = scale;
    tree.begin(block.length, leaves);
    drift.begin();
    taken = 0;
  }

  /** The log has been taken into the states. */
  private void endBlock() {
    forgetPositions();
    if (taken == 0) {
      return;
    }
    drift.absorb();
    parallel.forRange(neurons, 8, (from, to, worker) -> addLogToWeights(from, to));
    log.clear();
    chooseBlockSize();
    if (scale < SMALLEST_SCALE) {
      foldScale();
    }
  }

  private void forgetPositions() {
    for (int sample : block) {
      positions[sample] = -1;
    }
  }

  private void addLogToWeights(int from, int to) {
    for (int r = from; r < to; r++) {
      for (int e = 0; e < log.length(r); e++) {
        weights.add(r, block[log.position(r, e)], log.coefficient(r, e));
      }
    }
  }

  /**
   * A pass through all states and the pulling of a block cost about the same at the best block
   * size; a number that is passed costs about as much as one log entry pulled.
   */
  private void chooseBlockSize() {
    double passing = 2 * stateSize * neurons;
    double pulling = pulled.sumThenReset();
    if (pulling > passing) {
      blockSize = Math.max(SMALLEST_BLOCK, blockSize / 2);
    } else if (4 * pulling < passing) {
      blockSize = Math.min(largestBlock, blockSize * 2);
    }
  }

  private void foldScale() {
    states.scale(scale);
    drift.scale(scale);
    weights.scale(scale);
    scale = 1;
  }

  @Override
  public void query(int sample, FiredNeurons out) {
    int position = positions[sample];
    if (position < 0) {
      throw new IllegalStateException("sample " + sample + " was not announced");
    }
    int[] candidate = candidates.get();
    int count = tree.query(position, norms[sample], shift, candidate);
    double[] products = taken == 0 ? null : innerProducts(sample);
    double[] start = initial[sample];
    double ratio = scale / scaleAtRefresh;
    long entries = 0;
    out.clear();
    for (int i = 0; i < count; i++) {
      int r = candidate[i];
      double z = tree.leaf(position, r);
      if (ratio != 1) {
        double z0 = start[r % distinct];
        z = z0 + ratio * (z - z0);
      }
      if (products != null) {
        z += scale * log.pull(r, products);
        entries += log.length(r);
      }
      if (z > shift) {
        out.add(r, z);
      }
    }
    queries.increment();
    fired.add(out.count());
    candidatesSeen.add(count);
    pulled.add(entries);
  }

  /** Inner products with the samples of the block that have been trained on. */
  private double[] innerProducts(int sample) {
    double[] products = inner.get();
    if (products.length < taken) {
      products = new double[block.length];
      inner.set(products);
    }
    inputs.innerProducts(sample, block, taken, products);
    return products;
  }

  @Override
  public void update(BatchCoefficients batch, double keep) {
    scale *= keep;
    for (int j = 0; j < batch.samples(); j++) {
      int position = positions[batch.sample(j)];
      taken = Math.max(taken, position + 1);
      for (int e = batch.start(j); e < batch.end(j); e++) {
        int r = batch.neuron(e);
        double c = batch.coefficient(e) / scale;
        log.add(r, position, c);
      }
    }
    updateDrift(batch, keep);
    if (scale < SMALLEST_SCALE) {
      // The next query begins a block, and before that the scale is multiplied in.
      forgetPositions();
    }
  }

  private void updateDrift(BatchCoefficients batch, double keep) {
    double[] gram = batchGram(batch);
    double previousScale = scale / keep;
    double previousRatio = previousScale / scaleAtRefresh;
    for (int j = 0; j < batch.samples(); j++) {
      int sample = batch.sample(j);
      int position = positions[sample];
      for (int e = batch.start(j); e < batch.end(j); e++) {
        int r = batch.neuron(e);
        double z0 = initial[sample][r % distinct];
        double leaf = tree.leaf(position, r);
        double atRefresh = z0 + previousRatio * (leaf - z0);
        double alongLog = (batch.preActivation(e) - atRefresh) / previousScale;
        double alongState = (leaf - z0) / scaleAtRefresh;
        drift.add(r, j, batch.coefficient(e) / scale, alongLog, alongState, norms[sample]);
      }
    }
    drift.endBatch(gram, batch.samples());
    drift.publish(tree, scale, scaleAtRefresh, keep != 1);
  }

  private double[] batchGram(BatchCoefficients batch) {
    int n = batch.samples();
    double[] gram = new double[n * n];
    int[] samples = new int[n];
    for (int j = 0; j < n; j++) {
      samples[j] = batch.sample(j);
    }
    double[] row = new double[n];
    for (int j = 0; j < n; j++) {
      inputs.innerProducts(samples[j], samples, n, row);
      System.arraycopy(row, 0, gram, j * n, n);
    }
    return gram;
  }

  @Override
  public void weights(int neuron, double[] tensor) {
    double[] coefficient = weights.coefficients(neuron);
    for (int e = 0; e < log.length(neuron); e++) {
      coefficient[block[log.position(neuron, e)]] += log.coefficient(neuron, e);
    }
    weights.form(neuron, coefficient, scale, tensor);
  }

  /** Samples in a block, as chosen at present. */
  public int blockSize() {
    return blockSize;
  }

  @Override
  public WorkCounters work() {
    return new WorkCounters(
        queries.sum(), fired.sum(), candidatesSeen.sum(), 0, refreshed + candidatesSeen.sum());
  }
}
