package kronwood.model;

import java.util.List;
import java.util.Objects;
import kronwood.data.EntityTuples;
import kronwood.gram.FactorTable;
import kronwood.input.SparseInputs;
import kronwood.input.StructuredInputs;
import kronwood.math.Parallel;
import kronwood.network.Activation;
import kronwood.network.EntryWeights;

/**
 * Outputs of a network that takes sparse inputs: each tuple reads the weights of its own entries,
 * those that were never trained on from their seeds.
 *
 * <p>Cost of a tuple: 2^K · m, and some 20 · m for each entry that was never trained on. Results do
 * not depend on the number of threads, nor on other tuples.
 */
final class SparseForward {
  private static final int TUPLES_PER_TASK = 64;

  private SparseForward() {}

  /** Outputs of all members, E · C a tuple: output c of member e at {@code e · C + c}. */
  static double[] outputs(Model model, StructuredInputs plain, Parallel parallel) {
    SparseInputs inputs = new SparseInputs(plain);
    double[] f = new double[Math.multiplyExact(inputs.size(), model.network().width())];
    parallel.forRange(
        inputs.size(),
        TUPLES_PER_TASK,
        (first, last, worker) -> add(model, inputs, first, last, f));
    return f;
  }

  /**
   * The same of the candidates {@code from} until {@code to} for the free mode, with given entities
   * in the others.
   */
  static double[] outputs(
      Model model,
      List<FactorTable> tables,
      int[] given,
      int free,
      int[] candidates,
      int from,
      int to) {
    EntityTuples tuples = tuples(given, free, candidates, from, to);
    SparseInputs inputs =
        new SparseInputs(StructuredInputs.of(tables, model.tableOfMode(), tuples));
    double[] f = new double[Math.multiplyExact(inputs.size(), model.network().width())];
    add(model, inputs, 0, inputs.size(), f);
    return f;
  }

  private static void add(Model model, SparseInputs inputs, int first, int last, double[] f) {
    ModelNetwork network = model.network();
    EntryWeights entries = Objects.requireNonNull(network.entries());
    double[] z = new double[network.neurons()];
    for (int i = first; i < last; i++) {
      entries.read(inputs, i, z);
      add(network, model.activation(), z, f, i * network.width());
    }
  }

  private static void add(
      ModelNetwork network, Activation activation, double[] z, double[] f, int row) {
    int outputs = network.outputs();
    int neurons = network.memberNeurons();
    double norm = 1 / Math.sqrt(neurons);
    for (int r = 0; r < z.length; r++) {
      double active = activation.of(z[r], network.shift());
      for (int c = 0; active != 0 && c < outputs; c++) {
        f[row + r / neurons * outputs + c] += network.output()[c * z.length + r] * active;
      }
    }
    for (int i = row; i < row + network.width(); i++) {
      f[i] *= norm;
    }
  }

  /** Tuples of given entities, each with one of the candidates for the free mode. */
  private static EntityTuples tuples(int[] given, int free, int[] candidates, int from, int to) {
    int modes = given.length;
    int[] entities = new int[(to - from) * modes];
    for (int i = from; i < to; i++) {
      System.arraycopy(given, 0, entities, (i - from) * modes, modes);
      entities[(i - from) * modes + free] = candidates[i];
    }
    return EntityTuples.of(modes, entities);
  }
}
