package kronwood.model.file;

import java.io.IOException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import kronwood.data.DenseFeatures;
import kronwood.data.Features;
import kronwood.data.SparseFeatures;
import kronwood.fault.InputException;
import kronwood.json.Json;
import kronwood.json.JsonValue;
import kronwood.safetensors.SafetensorsReader;
import kronwood.safetensors.SafetensorsType;
import kronwood.safetensors.SafetensorsWriter;

/** Feature vectors in a model file: one tensor if they are dense, three if they are sparse. */
final class ModelFileFeatures {
  private static final long ANY = SafetensorsReader.ANY;

  private ModelFileFeatures() {}

  /** Adds the tensors and returns how they are stored, {@code dense} or {@code sparse}. */
  static String write(SafetensorsWriter file, String name, Features features) {
    return switch (features) {
      case DenseFeatures dense -> {
        file.add(
            SafetensorsType.F32,
            name,
            out -> out.write(dense.toArray()),
            dense.entities(),
            dense.columns());
        yield "dense";
      }
      case SparseFeatures sparse -> {
        writeSparse(file, name + ".", sparse);
        yield "sparse";
      }
    };
  }

  private static void writeSparse(SafetensorsWriter file, String prefix, SparseFeatures sparse) {
    file.add(
        SafetensorsType.I64,
        prefix + "row_start",
        out -> out.write(IntStream.of(sparse.rowStarts()).asLongStream().toArray()),
        sparse.entities() + 1L);
    file.add(
        SafetensorsType.I32,
        prefix + "column",
        out -> out.write(sparse.storedColumns()),
        sparse.storedValues());
    file.add(
        SafetensorsType.F32,
        prefix + "value",
        out -> out.write(sparse.stored()),
        sparse.storedValues());
  }

  /**
   * Reads the tensors.
   *
   * @param stored how they are stored, as {@link #write} returned it
   * @throws InputException if something is missing or does not fit
   */
  static Features read(SafetensorsReader file, String name, JsonValue stored, int columns)
      throws IOException {
    String kind = stored.text();
    return switch (kind) {
      case "dense" -> {
        float[] values = file.floats(name, ANY, columns);
        yield DenseFeatures.of(columns == 0 ? 0 : values.length / columns, columns, values);
      }
      case "sparse" ->
          SparseFeatures.of(
              columns,
              LongStream.of(file.longs(name + ".row_start", ANY))
                  .mapToInt(Math::toIntExact)
                  .toArray(),
              file.ints(name + ".column", ANY),
              file.floats(name + ".value", ANY));
      default ->
          throw new InputException(
              stored.path() + " is '" + Json.shorten(kind) + "', expected dense or sparse");
    };
  }
}
