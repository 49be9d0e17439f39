package kronwood.plan;

import kronwood.engine.weights.BlockSize;
import kronwood.input.StructuredInputs;
import kronwood.math.kernel.Kernels;
import kronwood.network.NetworkOptions;
import kronwood.state.NeuronStates;
import kronwood.state.StateLayout;

/** Memory that the block engine takes, estimated from shapes. */
final class BlockMemory {
  private BlockMemory() {}

  /** Numbers in the longest array but for the leaves of a block, of which its size takes care. */
  static double largestArray(StructuredInputs inputs, StateLayout layout) {
    int block = BlockSize.largest(inputs, layout, 1);
    return Math.max(Kernels.PANEL * layout.size(inputs), layout.blockArray(inputs, block));
  }

  /** Once training is done and the states are given back: the coefficients. */
  static double bytesOfCoefficients(
      StructuredInputs inputs, NetworkOptions network, Workload workload) {
    double rows = workload.rule().parts() + workload.records();
    double stride = NeuronStates.stride(network.neurons());
    return workload.engine().precision().bytes() * rows * stride * inputs.size();
  }

  static double bytes(
      StructuredInputs inputs, StateLayout layout, NetworkOptions network, Workload workload) {
    double stride = NeuronStates.stride(network.neurons());
    double distinct = network.paired() ? stride / 2 : stride;
    int parts = workload.rule().parts();
    int block =
        Math.min(
            inputs.size(),
            Math.max(workload.batch(), BlockSize.largest(inputs, layout, network.neurons())));
    double numbers =
        parts * stride * layout.size(inputs)
            + distinct * inputs.size()
            + parts * stride * block
            + 2 * layout.blockArray(inputs, block);
    return workload.engine().precision().bytes() * numbers
        + bytesOfCoefficients(inputs, network, workload)
        + Float.BYTES * block * stride
        + inputs.gramBytes()
        + 2 * Double.BYTES * inputs.estimatedDimension();
  }
}
