package kronwood.engine;

import java.util.Arrays;
import kronwood.input.StructuredInputs;
import kronwood.network.InitialWeights;
import kronwood.state.NeuronStates;
import kronwood.tree.LazyTree;

/** Keeps the drift bounds of a {@link BlockEngine}'s neurons, and hands them to the lazy tree. */
final class BlockDrift {
  private final StructuredInputs inputs;
  private final LazyTree tree;
  private final DriftBounds bounds;
  private final WeightComponent[] components;
  private final BlockLeaves leaves;
  private final double[] norms;
  private final int neurons;
  private final int stride;

  /**
   * Without any drift.
   *
   * @param components the parts of the change of weights, as bounds read them
   * @param leaves of the block
   * @param norms of all inputs
   */
  BlockDrift(
      StructuredInputs inputs,
      InitialWeights initialWeights,
      LazyTree tree,
      DriftBounds bounds,
      WeightComponent[] components,
      BlockLeaves leaves,
      double[] norms) {
    this.inputs = inputs;
    this.tree = tree;
    this.bounds = bounds;
    this.components = components;
    this.leaves = leaves;
    this.norms = norms;
    this.neurons = initialWeights.neurons();
    this.stride = NeuronStates.stride(initialWeights.units());
  }

  DriftBounds bounds() {
    return bounds;
  }

  /**
   * A neuron's coefficients for a sample of the batch.
   *
   * @param j which sample of the batch
   * @param position where it is in the block
   * @param c for each part what is logged
   * @param z the neuron's pre-activation when it fired
   * @param previousScale scale of the first part at that time
   */
  void add(
      int neuron, int j, int sample, int position, double[] c, double z, double previousScale) {
    double alongState = components[0].read(position * stride + neuron);
    double change = (z - leaves.initial(position, neuron)) / previousScale;
    bounds.add(neuron, j, c, change - alongState, alongState, norms[sample]);
  }

  /**
   * Hands the bounds of a node's neurons to the tree, once the batch is taken.
   *
   * @param gram inner products of the batch's inputs, as {@link #gram} makes them
   * @param samples of the batch
   */
  void publish(int node, double[] gram, int samples) {
    int from = node * LazyTree.nodeSize();
    int to = Math.min(neurons, from + LazyTree.nodeSize());
    for (int r = from; r < to; r++) {
      bounds.endBatch(r, gram, samples);
      tree.setDrift(r, bounds.bound(r, components));
    }
    if (from < to) {
      tree.repairDrift(node);
    }
  }

  /** Inner products of a batch's inputs, samples × samples. */
  double[] gram(BatchCoefficients batch) {
    int n = batch.samples();
    double[] gram = new double[n * n];
    int[] samples = new int[n];
    Arrays.setAll(samples, batch::sample);
    double[] row = new double[n];
    for (int j = 0; j < n; j++) {
      inputs.innerProducts(samples[j], samples, n, row);
      System.arraycopy(row, 0, gram, j * n, n);
    }
    return gram;
  }
}
