package kronwood.engine;

import java.util.Arrays;
import kronwood.engine.weights.BlockWeights;
import kronwood.network.InitialWeights;
import kronwood.tree.LazyTree;

/** Keeps the drift bounds of a {@link BlockEngine}'s neurons, and hands them to the lazy tree. */
final class BlockDrift {
  private final LazyTree tree;
  private final DriftBounds bounds;
  private final BlockWeights weights;
  private final InputProducts products;
  private final BlockSamples samples;
  private final int neurons;

  /**
   * Without any drift.
   *
   * @param weights what the block read from them
   * @param products inner products of inputs, for batches
   * @param samples of the block, with their norms
   */
  BlockDrift(
      InitialWeights initialWeights,
      LazyTree tree,
      DriftBounds bounds,
      BlockWeights weights,
      InputProducts products,
      BlockSamples samples) {
    this.tree = tree;
    this.bounds = bounds;
    this.weights = weights;
    this.products = products;
    this.samples = samples;
    this.neurons = initialWeights.neurons();
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
  void add(int neuron, int j, int position, double[] c, double z, double previousScale) {
    double alongLog = weights.alongLog(position, neuron, z, previousScale);
    bounds.add(
        neuron, j, c, alongLog, weights.alongState(position, neuron), samples.norm(position));
  }

  /**
   * Hands the bounds of a node's neurons to the tree, once the batch is taken.
   *
   * @param gram inner products of the batch's inputs, as {@link #gram} makes them
   * @param count samples of the batch
   */
  void publish(int node, double[] gram, int count) {
    int from = node * LazyTree.nodeSize();
    int to = Math.min(neurons, from + LazyTree.nodeSize());
    for (int r = from; r < to; r++) {
      bounds.endBatch(r, gram, count);
      tree.setDrift(r, bounds.bound(r, weights.parts()));
    }
    if (from < to) {
      tree.repairDrift(node);
    }
  }

  /** Inner products of a batch's inputs, samples × samples, if the bounds look at them. */
  double[] gram(BatchCoefficients batch) {
    if (!bounds.needsGram()) {
      return new double[0];
    }
    int[] listed = new int[batch.samples()];
    Arrays.setAll(listed, batch::sample);
    return products.gram(listed);
  }
}
