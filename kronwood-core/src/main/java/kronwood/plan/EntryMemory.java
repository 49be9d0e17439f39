package kronwood.plan;

import kronwood.input.StructuredInputs;
import kronwood.network.EntryRows;
import kronwood.network.NetworkOptions;
import kronwood.state.NeuronStates;

/**
 * Memory that a block engine takes whose weights are those of single entries, of sparse inputs.
 * Estimated from shapes; as if each sample were trained on and had cells that no other has.
 */
final class EntryMemory {
  /** Samples that are read at a time, to be evaluated. */
  private static final double EVALUATED = 1024;

  /** Index, row, and while they are sorted the index again, of each cell. */
  private static final double BYTES_OF_CELL = 3 * Long.BYTES + Integer.BYTES;

  private EntryMemory() {}

  /** Numbers in the longest array, but for those that hold samples: the cells. */
  static double largestArray(StructuredInputs inputs) {
    return cells(inputs);
  }

  /** Entries of a single training entity, and the one that all inputs share. */
  static double shared(StructuredInputs inputs) {
    double shared = 1;
    for (int k = 0; k < inputs.modes(); k++) {
      shared += inputs.factor(k).rank() - 1;
    }
    return shared;
  }

  /** Entries of several entities, at most. */
  static double cells(StructuredInputs inputs) {
    double cells = 0;
    for (int subset = 0; subset < 1 << inputs.modes(); subset++) {
      double possible = 1;
      for (int k = 0; k < inputs.modes(); k++) {
        possible *= (subset >> k & 1) == 1 ? inputs.factor(k).rank() - 1 : 1;
      }
      cells += Integer.bitCount(subset) > 1 ? Math.min(possible, inputs.size()) : 0;
    }
    return cells;
  }

  static double bytes(
      StructuredInputs inputs, NetworkOptions network, Workload workload, double fired) {
    double stride = NeuronStates.stride(network.neurons());
    double distinct = network.paired() ? network.neurons() / 2.0 : network.neurons();
    double parts = workload.rule().parts();
    double changing = workload.rule().decays() ? parts : parts - 1;
    EntryRows rows = EntryRows.of((int) stride);
    double cells = cells(inputs);
    double shared = shared(inputs);
    double all = shared + cells + rows.rows();
    double block = Math.max(EVALUATED, workload.batch());
    double subsets = Math.scalb(1.0, inputs.modes());
    double threads = workload.engine().threads();
    double columns = Math.max(64, Math.min(1024, Math.max(workload.batch(), 1)));
    double numbers =
        (parts + workload.records()) * stride * all
            + distinct * (shared + EntryRows.of((int) distinct).rows())
            + (2 + changing) * stride * block
            + (inputs.modes() + 2) * block * columns
            + threads * 4 * stride;
    double bytes = workload.engine().precision().bytes();
    // In double precision, the model's weights come one array after the other.
    double model = bytes > Float.BYTES ? Float.BYTES * stride * all : 0;
    return bytes * numbers
        + model
        + BYTES_OF_CELL * cells
        + Integer.BYTES * (subsets - inputs.modes() - 1) * inputs.size()
        // What the model finds entries by.
        + (Long.BYTES + 2 * Integer.BYTES) * (cells + shared)
        + (Float.BYTES + Double.BYTES) * block * stride
        + (Integer.BYTES + Double.BYTES * parts) * 4 * fired * block;
  }
}
