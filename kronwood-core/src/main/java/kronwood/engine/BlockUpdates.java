package kronwood.engine;

import kronwood.engine.weights.BlockWeights;
import kronwood.engine.weights.PartScales;
import kronwood.math.Parallel;
import kronwood.state.CoefficientLog;
import kronwood.tree.LazyTree;

/**
 * Takes steps along the inputs of a batch: its coefficients enter the log of the block and the
 * weights, and the drift bounds of the neurons grow. Cost: that of one entry of the log and of the
 * weights for each unit that fired and each part.
 */
final class BlockUpdates {
  private final BlockWeights weights;
  private final PartScales scales;
  private final CoefficientLog log;
  private final BlockDrift drift;
  private final BlockSamples block;
  private final int neurons;
  private final int units;
  private final Parallel parallel;

  BlockUpdates(
      BlockWeights weights,
      PartScales scales,
      CoefficientLog log,
      BlockDrift drift,
      BlockSamples block,
      int neurons,
      int units,
      Parallel parallel) {
    this.weights = weights;
    this.scales = scales;
    this.log = log;
    this.drift = drift;
    this.block = block;
    this.neurons = neurons;
    this.units = units;
    this.parallel = parallel;
  }

  /**
   * Takes one step.
   *
   * @param batch coefficients of samples of the block
   * @param keep the share of the change of weights that weight decay keeps
   */
  void take(BatchCoefficients batch, double keep) {
    double previousScale = scales.of(0);
    scales.decay(keep);
    block.take(batch);
    for (int j = 0; j < batch.samples(); j++) {
      for (int part = 0; part < scales.count(); part++) {
        weights.begin(part, batch.sample(j));
      }
    }
    double[] factors = scales.factors(keep);
    double[] gram = drift.gram(batch);
    int node = LazyTree.nodeSize();
    parallel.forRange(
        Math.ceilDiv(units, node),
        1,
        (first, last, worker) -> {
          for (int i = first; i < last; i++) {
            update(batch, i * node, Math.min(units, (i + 1) * node), previousScale, factors);
            drift.publish(i, gram, batch.samples());
          }
        });
    if (scales.isAnySpent()) {
      // The next query begins a block, and before that the scale is multiplied in.
      block.forget();
    }
  }

  /** Takes the coefficients of the units [from, to) in, multiplied by each part's factor. */
  private void update(
      BatchCoefficients batch, int from, int to, double previousScale, double[] factors) {
    double[] c = new double[factors.length];
    for (int j = 0; j < batch.samples(); j++) {
      int sample = batch.sample(j);
      int position = block.position(sample);
      for (int e = batch.lowerBound(j, from); e < batch.end(j) && batch.neuron(e) < to; e++) {
        int r = batch.neuron(e);
        for (int part = 0; part < c.length; part++) {
          c[part] = batch.coefficient(e) * factors[part];
          weights.add(part, r, sample, c[part]);
        }
        log.add(r, position, c);
        if (r < neurons) {
          drift.add(r, j, position, c, batch.preActivation(e), previousScale);
        }
      }
    }
  }
}
