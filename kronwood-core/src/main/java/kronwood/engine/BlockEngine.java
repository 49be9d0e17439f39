package kronwood.engine;

import java.util.Arrays;
import kronwood.engine.weights.BlockSize;
import kronwood.engine.weights.BlockWeights;
import kronwood.engine.weights.EntryBlockSize;
import kronwood.engine.weights.ExpandedBlockWeights;
import kronwood.engine.weights.PartScales;
import kronwood.engine.weights.TensorBlockSize;
import kronwood.engine.weights.TensorWeights;
import kronwood.engine.weights.UpdateRule;
import kronwood.engine.weights.WeightRecord;
import kronwood.input.StructuredInputs;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.network.Activation;
import kronwood.network.EntryWeights;
import kronwood.network.Exchange;
import kronwood.network.InitialWeights;
import kronwood.state.CoefficientLog;
import kronwood.state.StateLayout;
import kronwood.state.StateVisitor;
import kronwood.tree.FiredNeurons;
import kronwood.tree.LazyTree;
import kronwood.tree.NeuronSearch;

/**
 * Exact training with lazy evaluation: nothing is computed before it is needed.
 *
 * <p>The order of an epoch is known in advance and is cut into blocks of samples. The weights are
 * {@code W_r = W_r(0) + s · (Q_r + L_r)}: the state Q, the {@link CoefficientLog} L of the current
 * block, and a common scale s that carries weight decay. States are kept in a {@link StateLayout},
 * or they are the weights themselves.
 *
 * <pre>
 *   refresh   z of the block's samples with all neurons, from W(0) and the states
 *   query     candidates of the lazy tree; their exact z adds the log's pull
 *             s · Σ_j c_j ⟨x_j, x_i⟩
 *   update    append the batch to the log; enlarge the drift bounds
 *   absorb    at the end of the block, take the log into the states
 * </pre>
 *
 * <p>With momentum the change of weights has two such parts, see {@link UpdateRule}. Linear units
 * are neurons that are always candidates and always fire.
 *
 * <p>The drift bound of a neuron is the norm of the sum of its log, not the sum of norms: {@code ‖L
 * + Σ c_j x_j‖² = ‖L‖² + 2 Σ c_j ⟨L, x_j⟩ + Σ c_j c_j' ⟨x_j, x_j'⟩}, where {@code ⟨L, x_j⟩} was
 * computed when the neuron fired on j. Weight decay shrinks {@code Q_r} by the same share for all
 * inputs, which adds that share of {@code ‖Q_r‖}.
 *
 * <p>Cost per sample, for m neurons of which q are candidates and f fire: m · Π read_k + f · Π
 * update_k, plus a pull of q · (entries of a neuron's log) that grows with the block; see {@link
 * BlockSize}. Memory, in numbers of the chosen precision: states, n · (m or m/2) initial inner
 * products, n coefficients for each neuron to form its weights from, and m · block. If the weights
 * are the state: m · d for each part of the change, m · d or half of that for initial weights, and
 * m · block; nothing grows with n.
 */
public final class BlockEngine implements Engine {
  private final String name;
  private final StructuredInputs inputs;
  private final int units;
  private final UpdateRule rule;
  private final BlockWeights weights;
  private final PartScales scales;
  private final CoefficientLog log;
  private final LazyTree tree;
  private final BlockDrift drift;
  private final BlockLeaves leaves;

  private final BlockSamples block;
  private final BlockSize blockSize;
  private boolean restored;
  private final BlockQueries queries;
  private final BlockUpdates updates;
  private final BlockCounts counts;

  /**
   * The network before training.
   *
   * @param inputs all samples that will be queried
   * @param initialWeights the weights to start from
   * @param rule of the updates to come
   * @param layout coordinates of the states
   * @param precision of the states and of what else is kept
   * @param exchange completes what is counted over neurons to choose the size of blocks and the
   *     order of sums
   * @param parallel where to run; not closed by the engine
   * @throws ArithmeticException if d or a neuron's state exceeds the range of an array
   */
  public BlockEngine(
      StructuredInputs inputs,
      InitialWeights initialWeights,
      UpdateRule rule,
      StateLayout layout,
      Precision precision,
      Exchange exchange,
      Parallel parallel) {
    this(
        "block",
        inputs,
        initialWeights,
        rule,
        new ExpandedBlockWeights(inputs, initialWeights, rule, layout, precision, parallel),
        new BlockSize(inputs, layout, initialWeights.allUnits()),
        precision,
        exchange,
        parallel);
  }

  /**
   * The network before training, with weights as states: nothing is kept for each pair of sample
   * and neuron.
   *
   * @param inputs all samples that will be queried
   * @param initialWeights the weights to start from
   * @param rule of the updates to come
   * @param precision of the weights and of what else is kept
   * @param exchange completes what is counted over neurons to choose the size of blocks
   * @param parallel where to run; not closed by the engine
   * @throws ArithmeticException if the weights of 16 neurons exceed the range of an array
   */
  public static BlockEngine ofWeights(
      StructuredInputs inputs,
      InitialWeights initialWeights,
      UpdateRule rule,
      Precision precision,
      Exchange exchange,
      Parallel parallel) {
    return new BlockEngine(
        "weights",
        inputs,
        initialWeights,
        rule,
        new TensorWeights(inputs, initialWeights, rule, precision, parallel),
        inputs.isSparse()
            ? new EntryBlockSize()
            : new TensorBlockSize(inputs, initialWeights.allUnits()),
        precision,
        exchange,
        parallel);
  }

  private BlockEngine(
      String name,
      StructuredInputs inputs,
      InitialWeights initialWeights,
      UpdateRule rule,
      BlockWeights weights,
      BlockSize blockSize,
      Precision precision,
      Exchange exchange,
      Parallel parallel) {
    this.name = name;
    this.inputs = inputs;
    int neurons = initialWeights.neurons();
    this.units = initialWeights.units();
    this.rule = rule;
    this.weights = weights;
    this.scales = new PartScales(weights.parts(), rule);
    this.log = new CoefficientLog(units, rule.parts());
    this.tree = new LazyTree(neurons, Activation.of(inputs.structure()).isOdd());
    this.blockSize = blockSize;
    this.counts = new BlockCounts(exchange, units - neurons);
    this.leaves = new BlockLeaves(weights, units, precision, parallel);
    this.block = new BlockSamples(inputs, parallel);
    DriftBounds bounds =
        rule.hasMomentum()
            ? new SumOfNormsBounds(neurons, rule.parts())
            : new NormOfSumBounds(neurons, precision);
    InputProducts products =
        new InputProducts(inputs, weights.areWithoutLog(), precision, parallel);
    this.drift = new BlockDrift(initialWeights, tree, bounds, weights, products, block);
    this.queries =
        new BlockQueries(
            inputs, initialWeights, tree, log, leaves, products, block, precision, parallel);
    this.updates = new BlockUpdates(weights, scales, log, drift, block, neurons, units, parallel);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void prepare(int[] order, int from, int to) {
    // An order begins a block even where all of it is in the last one, so that no log grows for
    // ever.
    if (from == 0 || !block.holds(order, from, to)) {
      // States are read after a scale was multiplied in, as they would be had they been saved here.
      if (scales.isAnySpent()) {
        settle();
      } else {
        adaptBlockSize();
      }
      beginBlock(order, from, Math.min(order.length, from + Math.max(blockSize.get(), to - from)));
    }
    if (block.taken() > 0) {
      int[] batch = Arrays.copyOfRange(order, from, to);
      counts.pull(queries.prepare(batch, block.position(batch[0]), block.taken(), scales.values()));
    }
  }

  /**
   * Called before the next size is read; the size is then the same whether or not this block was
   * settled.
   */
  private void adaptBlockSize() {
    if (block.taken() > 0) {
      blockSize.adapt(counts.takePulled(), block.taken());
    }
  }

  private void beginBlock(int[] order, int from, int to) {
    int[] next = Arrays.copyOfRange(order, from, to);
    int[] logged = block.logged();
    weights.refresh(log, logged, next);
    endBlock();
    block.begin(order, from, to);
    queries.begin(next);
    leaves.begin(next, tree);
    counts.refresh((long) next.length * units);
    drift.bounds().begin();
  }

  /** The log has been taken into the states. */
  private void endBlock() {
    block.forget();
    if (block.taken() == 0) {
      return;
    }
    drift.bounds().absorb();
    log.clear();
    block.clearTaken();
    for (int part = 0; part < scales.count(); part++) {
      if (scales.isSpent(part)) {
        drift.bounds().scale(part, scales.of(part));
        weights.fold(part);
      }
    }
  }

  @Override
  public void query(int sample, FiredNeurons out) {
    int position = block.position(sample);
    if (position < 0) {
      throw new IllegalStateException("sample " + sample + " was not announced");
    }
    out.clear();
    int seen = queries.query(position, block.taken() > 0, out);
    counts.query(out.count(), seen);
  }

  @Override
  public NeuronSearch search(int sample) {
    return queries.search(block.position(sample), block.taken() > 0);
  }

  @Override
  public void preActivations(int sample, double[] z) {
    queries.preActivations(sample, block.position(sample), block.taken(), scales.values(), z);
  }

  @Override
  public void update(BatchCoefficients batch, double keep) {
    rule.check(keep);
    if (restored) {
      throw new IllegalStateException("restored weights are not trained on");
    }
    updates.take(batch, keep);
  }

  @Override
  public void weights(int unit, double[] tensor) {
    weights.weights(unit, tensor);
    if (weights.areWithoutLog() && log.length(unit) > 0) {
      addLog(unit, tensor);
    }
  }

  @Override
  public void weights(int from, int to, float[][] tensors) {
    if (weights.areWithoutLog() && log.size() > 0) {
      Engine.super.weights(from, to, tensors);
    } else {
      weights.weights(from, to, tensors);
    }
  }

  private void addLog(int unit, double[] tensor) {
    double[] coefficients = new double[log.length(unit)];
    log.coefficients(unit, scales.values(), coefficients);
    int[] logged = block.logged();
    double[] x = new double[tensor.length];
    for (int e = 0; e < coefficients.length; e++) {
      inputs.materialise(logged[log.position(unit, e)], x);
      for (int i = 0; i < tensor.length; i++) {
        tensor[i] += coefficients[e] * x[i];
      }
    }
  }

  /**
   * The weights of single entries, of an engine of weights whose inputs are sparse. They are taken
   * out of the engine, which cannot be asked for anything any more.
   *
   * @param loop where to run
   */
  public EntryWeights takeEntries(Parallel loop) {
    if (weights instanceof TensorWeights tensors && block.taken() == 0) {
      return tensors.entries(loop);
    }
    throw new IllegalStateException("weights are no entries");
  }

  @Override
  public WeightRecord newRecord() {
    return weights.newRecord(this::settle);
  }

  @Override
  public void restore(WeightRecord record) {
    settle();
    restored = true;
    weights.restore(record, log, blockSize.get());
  }

  @Override
  public void restoreToRead(WeightRecord record) {
    endBlock();
    block.clear();
    log.clear();
    restored = true;
    weights.restoreToRead(record);
  }

  /** Takes the log into the states; no sample is announced afterwards. */
  private void settle() {
    adaptBlockSize();
    if (block.taken() > 0) {
      int[] logged = block.logged();
      weights.absorb(log, logged);
    }
    endBlock();
    block.clear();
  }

  @Override
  public void visit(StateVisitor visitor) {
    settle();
    weights.visit(visitor);
    drift.bounds().visit(visitor);
    long[] size = {blockSize.get()};
    visitor.visit("blockSize", size);
    blockSize.set((int) size[0]);
  }

  @Override
  public void release() {
    settle();
    weights.release();
    leaves.release();
  }

  @Override
  public boolean usesGramMatrices() {
    return !weights.areWithoutLog();
  }

  /** Samples in a block, as chosen at present. */
  public int blockSize() {
    return blockSize.get();
  }

  @Override
  public WorkCounters work() {
    return counts.work();
  }
}
