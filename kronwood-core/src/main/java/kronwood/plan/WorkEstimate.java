package kronwood.plan;

import java.util.EnumMap;
import java.util.Map;
import kronwood.engine.weights.BlockSize;
import kronwood.engine.weights.TensorBlockSize;
import kronwood.engine.weights.UpdateRule;
import kronwood.input.StructuredInputs;
import kronwood.math.Precision;
import kronwood.math.kernel.Kernels;
import kronwood.network.NetworkOptions;
import kronwood.state.NeuronStates;
import kronwood.state.Representation;
import kronwood.state.StateAxis;
import kronwood.state.StateLayout;

/**
 * The time a training sample takes on one core, estimated from shapes: units of each {@link
 * WorkKind}, times what a unit takes.
 *
 * <p>Samples are taken to name entities at random, neurons to fire independently of each other.
 */
final class WorkEstimate {
  private static final int PANEL = Kernels.PANEL;

  /** Inputs that read together. */
  private static final int TOGETHER = 4;

  /** Bytes of states that stay in a core's caches from block to block. */
  private static final double CACHE_BYTES = 1e6;

  /** Numbers of a neuron in a tile, as {@code kronwood.state} cuts them. */
  private static final double TILE = 1 << 11;

  private static final double STRIP = Kernels.STRIP;

  /** Samples of a batch if their number is left to the step size. */
  private static final int AUTO_BATCH = 64;

  /** Entries up to which a Gram matrix is stored. */
  private static final double STORED_ENTRIES = 1 << 25;

  private final StructuredInputs inputs;
  private final double neurons;
  private final double fired;
  private final double batch;
  private final UpdateRule rule;
  private final Precision precision;
  private final Map<WorkKind, Double> units = new EnumMap<>(WorkKind.class);

  private WorkEstimate(
      StructuredInputs inputs, NetworkOptions network, double fired, Workload workload) {
    this.inputs = inputs;
    this.neurons = network.neurons();
    this.fired = fired;
    int asked = workload.batch() == Workload.AUTO_BATCH ? AUTO_BATCH : workload.batch();
    this.batch = Math.clamp(inputs.size(), 1, asked);
    this.rule = workload.rule();
    this.precision = workload.engine().precision();
    add(WorkKind.FIRED, fired);
    add(WorkKind.BATCH, 1 / batch);
  }

  /** Of the block engine. */
  static WorkEstimate block(
      StructuredInputs inputs,
      NetworkOptions network,
      double fired,
      Workload workload,
      StateLayout layout) {
    WorkEstimate estimate = new WorkEstimate(inputs, network, fired, workload);
    estimate.addBlock(layout);
    return estimate;
  }

  /** Of the block engine whose weights are the state. */
  static WorkEstimate weights(
      StructuredInputs inputs, NetworkOptions network, double fired, Workload workload) {
    WorkEstimate estimate = new WorkEstimate(inputs, network, fired, workload);
    estimate.addTensors();
    return estimate;
  }

  /** Of the block engine whose weights are those of single entries, of sparse inputs. */
  static WorkEstimate entries(
      StructuredInputs inputs, NetworkOptions network, double fired, Workload workload) {
    WorkEstimate estimate = new WorkEstimate(inputs, network, fired, workload);
    estimate.addEntries();
    return estimate;
  }

  /** Of the eager engine. */
  static WorkEstimate eager(
      StructuredInputs inputs, NetworkOptions network, double fired, Workload workload) {
    WorkEstimate estimate = new WorkEstimate(inputs, network, fired, workload);
    double samples = inputs.size();
    double products = inputs.terms().readCount() * inputs.terms().count();
    estimate.add(WorkKind.INPUT_PRODUCT, samples * inputs.modes() * products);
    estimate.add(WorkKind.INPUT_SUM, samples * fired);
    double touched = estimate.neurons * everIn(estimate.batch, fired / estimate.neurons);
    estimate.add(WorkKind.TREE_LEAF, estimate.rule.parts() * samples * touched / estimate.batch);
    return estimate;
  }

  /** Of the dense engine. */
  static WorkEstimate dense(
      StructuredInputs inputs, NetworkOptions network, double fired, Workload workload) {
    WorkEstimate estimate = new WorkEstimate(inputs, network, fired, workload);
    double dimension = inputs.estimatedDimension();
    estimate.add(WorkKind.MATERIALISE, 2 * dimension * inputs.terms().count());
    estimate.add(WorkKind.DENSE_PRODUCT, estimate.neurons * dimension);
    double moved = estimate.rule.shrinks() ? estimate.neurons / estimate.batch : 0;
    estimate.add(WorkKind.DENSE_SUM, (fired + moved) * dimension);
    return estimate;
  }

  /** Nanoseconds. */
  double nanos() {
    double nanos = 0;
    for (Map.Entry<WorkKind, Double> entry : units.entrySet()) {
      nanos += entry.getValue() * entry.getKey().nanos();
    }
    return nanos;
  }

  /** Units of a kind of work. */
  double units(WorkKind kind) {
    return units.getOrDefault(kind, 0.0);
  }

  private void add(WorkKind kind, double count) {
    units.merge(kind, count, Double::sum);
  }

  private void addBlock(StateLayout layout) {
    double stride = NeuronStates.stride((int) neurons);
    double block = block(layout);
    Axes axes = Axes.of(inputs, layout);
    add(WorkKind.LEAF, stride);
    add(WorkKind.LOGGED, fired);
    add(WorkKind.NEURON_OF_BATCH, neurons / batch);
    addRows(layout, axes, block);
    addPulls(block);
    double parts = rule.parts() * precision.bytes() / (double) Float.BYTES;
    addReads(layout, axes, block, parts * stride);
    addWrites(axes, block, layout.writes(inputs), parts * stride);
    double state = axes.value() * axes.inner();
    double touched =
        Math.max(
            axes.value()
                * axes.weight()
                * distinct(axes.coefficient(), block * layout.writes(inputs)),
            axes.inner() * distinct(axes.value(), block * layout.reads(inputs)));
    add(WorkKind.MEMORY, uncached(parts * stride * state) * parts * stride * touched / block);
  }

  private void addTensors() {
    double stride = NeuronStates.stride((int) neurons);
    TensorBlockSize size = new TensorBlockSize(inputs, (int) neurons);
    for (int i = 0; i < 16; i++) {
      double longest = Math.min(inputs.size(), Math.max(size.get(), batch));
      size.adapt((long) (longest * pulls(longest)), (int) longest);
    }
    int block = (int) Math.clamp(inputs.size(), 1.0, Math.max(size.get(), batch));
    add(WorkKind.LEAF, stride);
    add(WorkKind.LOGGED, fired);
    add(WorkKind.NEURON_OF_BATCH, neurons / batch);
    double wide = precision.bytes() / (double) Float.BYTES;
    double parts = rule.parts() * wide;
    double reads = (rule.decays() ? rule.parts() + 1 : rule.parts()) * wide;
    double dimension = inputs.estimatedDimension();
    double contracted = size.contracted(block);
    double ranks = 0;
    for (int k = 0; k < inputs.modes(); k++) {
      ranks += inputs.factor(k).rank();
    }
    double terms = inputs.terms().count();
    double products = reads * stride * contracted * dimension / block;
    double changed = Math.min(contracted, terms * block * fired / neurons);
    products += parts * stride * changed * dimension / block;
    products += wide * size.logProducts(block) * Math.ceil(batch / PANEL) * PANEL / batch;
    add(WorkKind.MATRIX_PRODUCT, products);
    double left = terms * ranks / Math.max(1, inputs.modes());
    add(WorkKind.READ_TOGETHER, reads * stride * left);
    add(WorkKind.SUM, parts * fired * left);
    add(WorkKind.TENSOR_NUMBER, (reads + parts) * stride * dimension / block);
    add(WorkKind.ROW, 3 * terms * ranks);
    add(WorkKind.PULL, wide * pulls(block));
    add(WorkKind.LOG_PRODUCT, wide * inputs.modes() * terms * block / 2);
  }

  private void addEntries() {
    double stride = NeuronStates.stride((int) neurons);
    double wide = precision.bytes() / (double) Float.BYTES;
    double parts = rule.parts() * wide;
    double subsets = Math.scalb(1.0, inputs.modes());
    double cells = subsets - inputs.modes() - 1;
    add(WorkKind.LEAF, stride);
    add(WorkKind.LOGGED, fired);
    add(WorkKind.NEURON_OF_BATCH, neurons / batch);
    add(WorkKind.READ_ALONE, (1 + parts) * stride * subsets);
    add(WorkKind.NORMAL_NUMBER, neurons * cells);
    add(WorkKind.MEMORY, parts * stride * subsets);
    add(WorkKind.SUM, parts * fired * subsets);
    add(WorkKind.PULL, wide * pulls(Math.max(64, batch)));
  }

  /** About which share of so many numbers is not in a core's caches when they are needed again. */
  private static double uncached(double numbers) {
    double bytes = Float.BYTES * numbers;
    return bytes / (bytes + CACHE_BYTES);
  }

  /** Samples of a block once its size has settled. */
  private double block(StateLayout layout) {
    BlockSize size = new BlockSize(inputs, layout, (int) neurons);
    for (int i = 0; i < 16; i++) {
      double block = Math.min(inputs.size(), Math.max(size.get(), batch));
      size.adapt((long) (block * pulls(block)), (int) block);
    }
    return Math.max(1, Math.min(inputs.size(), Math.max(size.get(), batch)));
  }

  /** Entries times vectors of samples, a sample: half of a block's log, on average. */
  private double pulls(double block) {
    double share = fired / neurons;
    double wanted = neurons * everIn(batch, share);
    return wanted * share * block / 2 * Math.ceil(batch / PANEL) / batch;
  }

  private void addPulls(double block) {
    double wide = precision.bytes() / (double) Float.BYTES;
    add(WorkKind.PULL, wide * pulls(block));
    double padded = Math.ceil(batch / PANEL) * PANEL / batch;
    double reads = inputs.terms().readCount();
    double writes = inputs.terms().count();
    add(WorkKind.LOG_PRODUCT, wide * inputs.modes() * padded * reads * writes * block / 2);
    for (int k = 0; k < inputs.modes(); k++) {
      double entities = reads * distinct(inputs.factor(k).entities(), writes * block / 2);
      add(WorkKind.LOG_ENTITY, entities);
      addGramProducts(k, entities);
    }
  }

  /** Inner products of entities of a mode that have to be made. */
  private void addGramProducts(int mode, double products) {
    double entities = inputs.factor(mode).entities();
    if (entities * entities > STORED_ENTRIES) {
      add(WorkKind.GRAM_PRODUCT, products * inputs.factor(mode).rank());
    }
  }

  /** What the inputs of a block read and write with. */
  private void addRows(StateLayout layout, Axes axes, double block) {
    double products = block * layout.writes(inputs);
    double reads = layout.reads(inputs);
    double written = distinct(axes.value(), products) * axes.value();
    double coordinates = distinct(axes.weightEntities(), products) * axes.weight();
    double read =
        reads * distinct(axes.coefficient() * axes.weightEntities(), block) * axes.inner();
    double factors = layout.composite() ? factorsOfWhole(layout) : 1;
    double numbers = 0;
    numbers += axes.value() > 1 ? written * factors : 0;
    numbers += axes.weight() > 1 ? coordinates * factors : 0;
    numbers += axes.inner() > 1 ? read * factors : 0;
    add(WorkKind.ROW, numbers / block);
    double panels = NeuronStates.stride((int) neurons) / (double) PANEL;
    double firing = everIn(PANEL, fired / neurons);
    add(WorkKind.ROW_FROM_MEMORY, panels * axes.inner() * uncached(read));
    add(WorkKind.ROW_FROM_MEMORY, panels * firing * axes.value() * uncached(written));
    // Once for each tile of VALUE entries.
    double again = panels * firing * axes.weight() * Math.ceil(axes.value() / tile(axes));
    add(WorkKind.ROW_FROM_MEMORY, axes.weight() > 1 ? again * uncached(coordinates) : 0);
    for (int k = 0; k < inputs.modes(); k++) {
      Representation representation = layout.representations().get(layout.composite() ? 0 : k);
      if (representation.isMadeOfGramRows()) {
        double rows =
            switch (representation.access()) {
              case READ_AT_ENTRY -> distinct(axes.value(), products);
              case WRITTEN_AT_ENTRY, ROWS ->
                  reads * distinct(axes.coefficient() * axes.weightEntities(), block);
            };
        addGramProducts(k, rows / block * inputs.factor(k).entities());
      }
    }
  }

  /** Multiplications to make one number of a whole input: a coordinate, or an inner product. */
  private double factorsOfWhole(StateLayout layout) {
    double terms = inputs.terms().count();
    return layout.representations().getFirst().isMadeOfGramRows()
        ? inputs.modes() * inputs.terms().readCount() * terms
        : terms;
  }

  private void addReads(StateLayout layout, Axes axes, double block, double stride) {
    double each = block / axes.value();
    double together = layout.composite() && axes.value() > 1 ? 0 : together(each);
    double reads = layout.reads(inputs);
    double numbers = reads * stride * axes.inner() / each;
    add(WorkKind.READ_TOGETHER, together * numbers);
    add(WorkKind.READ_ALONE, (each - together) * numbers);
    add(WorkKind.READ_RUN, reads * stride / PANEL * distinct(axes.value(), block) / block);
  }

  /**
   * Of a number of inputs that has a Poisson distribution, how many can be taken four at a time.
   */
  static double together(double mean) {
    if (mean > 50) {
      return mean - 1.5;
    }
    double probability = Math.exp(-mean);
    double together = 0;
    for (int k = 1; k < 150; k++) {
      probability *= mean / k;
      together += probability * (k / TOGETHER * TOGETHER);
    }
    return together;
  }

  private void addWrites(Axes axes, double block, double writes, double stride) {
    double times = rule.parts() * precision.bytes() / (double) Float.BYTES;
    double run = axes.value() * axes.weight();
    add(WorkKind.SUM, times * writes * fired * run);
    double firing = everIn(PANEL, fired / neurons);
    double changed = distinct(axes.coefficient(), firing * block * writes);
    double strips =
        axes.weight() > 1
            ? axes.value() * Math.ceil(axes.weight() / STRIP)
            : Math.ceil(axes.value() / STRIP);
    add(WorkKind.SUM_RUN, stride * changed * strips / block);
    add(WorkKind.TURN, stride * run * changed / block);
  }

  private static double tile(Axes axes) {
    double fitting = axes.weight() > 1 ? TILE / axes.inner() : STRIP;
    return Math.clamp(Math.floor(fitting), 1, Math.min(STRIP, axes.value()));
  }

  /** Probability that what happens with some probability happens in one of so many trials. */
  private static double everIn(double trials, double probability) {
    return 1 - Math.pow(1 - probability, trials);
  }

  /** Different ones of {@code all}, expected among {@code drawn}. */
  private static double distinct(double all, double drawn) {
    // 1 − (1 − 1/all)^drawn, exact where it is tiny.
    return all <= 1 ? 1 : -all * Math.expm1(drawn * Math.log1p(-1 / all));
  }

  /** Sizes of a state along the axes of each kind of access, 1 where there are none. */
  private record Axes(double value, double coefficient, double weight, double weightEntities) {

    static Axes of(StructuredInputs inputs, StateLayout layout) {
      double value = 1;
      double coefficient = 1;
      double weight = 1;
      double weightEntities = 1;
      for (int k = 0; k < layout.representations().size(); k++) {
        StateAxis axis = layout.axis(inputs, k);
        double size = layout.representations().get(k).size(axis);
        switch (layout.representations().get(k).access()) {
          case READ_AT_ENTRY -> value *= size;
          case WRITTEN_AT_ENTRY -> coefficient *= size;
          case ROWS -> {
            weight *= size;
            weightEntities *= axis.entities();
          }
        }
      }
      return new Axes(value, coefficient, weight, weightEntities);
    }

    double inner() {
      return coefficient * weight;
    }
  }
}
