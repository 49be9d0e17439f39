package kronwood.model.file;

import java.io.IOException;
import kronwood.model.Model;
import kronwood.model.ModelNetwork;
import kronwood.network.EntryWeights;
import kronwood.safetensors.SafetensorsReader;
import kronwood.safetensors.SafetensorsTensor;
import kronwood.safetensors.SafetensorsType;
import kronwood.safetensors.SafetensorsWriter;

/** The network's tensors in a model file: {@code weights}, {@code linear} and {@code output}. */
final class ModelFileNetwork {
  private ModelFileNetwork() {}

  /**
   * Adds the tensors.
   *
   * @throws IllegalArgumentException if a weight is not finite
   */
  static void write(SafetensorsWriter file, Model model) {
    ModelNetwork network = model.network();
    if (!isFinite(network)) {
      throw new IllegalArgumentException(
          "its weights are not all finite, as after a training that diverged; take a smaller"
              + " learning rate");
    }
    EntryWeights entries = network.entries();
    if (entries != null) {
      writeOutput(file, network);
      ModelFileEntries.write(file, entries);
      return;
    }
    int[] ranks = model.ranks();
    long[] shape = new long[ranks.length + 1];
    shape[0] = network.neurons();
    for (int k = 1; k < shape.length; k++) {
      shape[k] = ranks[k - 1];
    }
    file.add(
        SafetensorsType.F32,
        "weights",
        out -> {
          for (float[] neuron : network.weights()) {
            out.write(neuron);
          }
        },
        shape);
    if (network.hasLinear()) {
      long[] linearShape = shape.clone();
      linearShape[0] = network.width();
      file.add(
          SafetensorsType.F32,
          "linear",
          out -> {
            for (float[] linear : network.linear()) {
              out.write(linear);
            }
          },
          linearShape);
    }
    writeOutput(file, network);
  }

  private static void writeOutput(SafetensorsWriter file, ModelNetwork network) {
    file.add(
        SafetensorsType.F32,
        "output",
        out -> out.write(network.output()),
        network.outputs(),
        network.neurons());
  }

  private static boolean isFinite(ModelNetwork network) {
    boolean finite = isFinite(network.output()) && Double.isFinite(network.shift());
    for (float[] neuron : network.weights()) {
      finite &= isFinite(neuron);
    }
    for (float[] linear : network.linear()) {
      finite &= isFinite(linear);
    }
    EntryWeights entries = network.entries();
    return finite && (entries == null || Float.isFinite(entries.largest()));
  }

  private static boolean isFinite(float[] values) {
    float sum = 0;
    for (float value : values) {
      // Zero, or NaN as soon as one is not finite.
      sum += 0 * value;
    }
    return sum == 0;
  }

  /**
   * Reads the tensors.
   *
   * @param sparse whether all tables have sparse coordinates, and weights are kept by entry
   * @param ranks for each axis of an input its length
   * @throws kronwood.fault.InputException if one is missing or has another shape
   */
  static ModelNetwork read(
      SafetensorsReader file, boolean sparse, double shift, int[] ranks, int outputs, int members)
      throws IOException {
    if (sparse) {
      return ModelFileEntries.read(file, shift, ranks, outputs, members);
    }
    long[] shape = new long[ranks.length + 1];
    shape[0] = SafetensorsReader.ANY;
    int dimension = 1;
    for (int k = 0; k < ranks.length; k++) {
      shape[k + 1] = ranks[k];
      dimension = Math.multiplyExact(dimension, ranks[k]);
    }
    SafetensorsTensor tensor = file.tensor("weights", SafetensorsType.F32, shape);
    int neurons = Math.toIntExact(tensor.shape().getFirst());
    float[] output = file.floats("output", outputs, neurons);
    float[][] weights = file.rows(tensor, neurons, dimension);
    float[][] linear = readLinear(file, shape, members * outputs, dimension);
    return new ModelNetwork(shift, weights, output, linear, members);
  }

  private static float[][] readLinear(
      SafetensorsReader file, long[] shape, int outputs, int dimension) throws IOException {
    if (!file.has("linear")) {
      return new float[0][];
    }
    long[] linearShape = shape.clone();
    linearShape[0] = outputs;
    SafetensorsTensor tensor = file.tensor("linear", SafetensorsType.F32, linearShape);
    return file.rows(tensor, outputs, dimension);
  }
}
