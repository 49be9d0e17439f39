package kronwood.plan;

import kronwood.engine.weights.TensorBlockSize;
import kronwood.input.StructuredInputs;
import kronwood.math.kernel.Kernels;
import kronwood.network.NetworkOptions;
import kronwood.state.NeuronStates;

/** Memory that a block engine takes whose weights are the state, estimated from shapes. */
final class TensorMemory {
  /** Samples that are evaluated at a time. */
  private static final double EVALUATED = 1024;

  /** Samples of a batch whose products with the log are held at a time, at most. */
  private static final int OF_BATCH = 256;

  /** Numbers of contracted tensors that a thread holds. */
  private static final double CONTRACTED = 1 << 16;

  /** How much longer arrays are than what is in them, at most, where they grow. */
  private static final double SPARE = 2;

  private TensorMemory() {}

  /** Numbers in the longest array: the tensors of a panel. */
  static double largestArray(StructuredInputs inputs) {
    return Kernels.PANEL * inputs.estimatedDimension();
  }

  static double bytes(
      StructuredInputs inputs, NetworkOptions network, Workload workload, double fired) {
    double stride = NeuronStates.stride(network.neurons());
    double distinct = network.paired() ? stride / 2 : stride;
    double parts = workload.rule().parts();
    double changing = workload.rule().decays() ? parts : parts - 1;
    double dimension = inputs.estimatedDimension();
    double terms = inputs.terms().count();
    int largest = TensorBlockSize.largest(inputs, network.neurons());
    double block = Math.min(inputs.size(), Math.max(workload.batch(), largest));
    double ranks = 0;
    for (int k = 0; k < inputs.modes(); k++) {
      ranks += inputs.factor(k).rank();
    }
    double rows = block * terms * ranks;
    boolean open = workload.batch() == Workload.AUTO_BATCH;
    double columns = open ? OF_BATCH : NeuronStates.stride(Math.min(workload.batch(), OF_BATCH));
    double threads = workload.engine().threads();
    double numbers =
        ((parts + workload.records()) * stride + distinct) * dimension
            + (1 + changing) * stride * block
            + (workload.records() > 0 ? EVALUATED * stride : 0)
            // Both sides of the block and of the one before, and the entities of the log.
            + (3 + terms) * rows
            + (inputs.modes() + SPARE) * block * terms * columns
            + threads * (Kernels.PANEL * dimension + CONTRACTED + 2 * SPARE * rows / 2);
    double entries = SPARE * 2 * fired * block;
    return workload.engine().precision().bytes() * numbers
        + (Integer.BYTES + Double.BYTES * parts + Float.BYTES) * entries
        + Float.BYTES * block * stride
        + (workload.engine().precision().bytes() > Float.BYTES ? Double.BYTES * block * stride : 0)
        + (network.hasSkip() || !inputs.isPlain() ? inputs.gramBytes() : 0)
        + (2 + threads) * Double.BYTES * dimension;
  }
}
