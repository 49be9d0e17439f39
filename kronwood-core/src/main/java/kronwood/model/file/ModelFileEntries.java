package kronwood.model.file;

import java.io.IOException;
import java.util.Arrays;
import kronwood.fault.InputException;
import kronwood.model.ModelNetwork;
import kronwood.network.EntryRows;
import kronwood.network.EntryWeights;
import kronwood.safetensors.SafetensorsReader;
import kronwood.safetensors.SafetensorsTensor;
import kronwood.safetensors.SafetensorsType;
import kronwood.safetensors.SafetensorsWriter;

/** The weights of single entries in a model file, of a network that takes sparse inputs. */
final class ModelFileEntries {
  private static final String SEEDS = "entries.seeds";
  private static final String INDEX = "entries.index";
  private static final String WEIGHTS = "entries.weights";

  private ModelFileEntries() {}

  static void write(SafetensorsWriter file, EntryWeights entries) {
    int size = entries.size();
    file.add(SafetensorsType.I64, SEEDS, out -> out.write(entries.seeds()), entries.neurons());
    file.add(SafetensorsType.I64, INDEX, out -> out.write(entries.indices()), size);
    file.add(
        SafetensorsType.F32,
        WEIGHTS,
        out -> {
          float[] weights = new float[entries.neurons()];
          for (int entry = 0; entry < size; entry++) {
            entries.copy(entry, weights);
            out.write(weights);
          }
        },
        size,
        entries.neurons());
  }

  /**
   * Reads them.
   *
   * @throws InputException if something is missing or does not fit
   * @throws IllegalArgumentException if a weight is not finite
   */
  static ModelNetwork read(
      SafetensorsReader file, double shift, int[] ranks, int outputs, int members)
      throws IOException {
    long[] seeds = file.longs(SEEDS, SafetensorsReader.ANY);
    if (seeds.length == 0) {
      throw new InputException("a network needs at least one neuron");
    }
    long[] index = file.longs(INDEX, SafetensorsReader.ANY);
    long dimension = 1;
    for (int rank : ranks) {
      dimension = Math.multiplyExact(dimension, (long) rank);
    }
    if (index.length > 0 && index[index.length - 1] >= dimension) {
      throw new InputException(
          "tensor '%s' holds %d, expected numbers below %d"
              .formatted(INDEX, index[index.length - 1], dimension));
    }
    SafetensorsTensor tensor =
        file.tensor(WEIGHTS, SafetensorsType.F32, index.length, seeds.length);
    EntryRows rows = EntryRows.of(seeds.length);
    float[][] arrays = new float[rows.arrays(index.length)][];
    for (int a = 0; a < arrays.length; a++) {
      int here = Math.min(rows.rows(), index.length - a * rows.rows());
      arrays[a] = new float[here * seeds.length];
    }
    file.read(tensor, arrays);
    int[] row = new int[index.length];
    Arrays.setAll(row, i -> i);
    EntryWeights entries = new EntryWeights(seeds, index, row, arrays, rows);
    float[] output = file.floats("output", outputs, seeds.length);
    return ModelNetwork.ofEntries(shift, entries, output, members);
  }
}
