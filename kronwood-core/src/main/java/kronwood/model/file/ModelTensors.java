package kronwood.model.file;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import kronwood.safetensors.SafetensorsException;
import kronwood.safetensors.SafetensorsInput;
import kronwood.safetensors.SafetensorsReader;
import kronwood.safetensors.SafetensorsTensor;

/**
 * A model file as named arrays and a text, for programs that keep them in another format. What they
 * mean, {@code docs/model-format.md} says.
 *
 * <p>Memory: 64 KB, whatever the size of the file. Not thread-safe.
 */
public final class ModelTensors implements Closeable {
  private final SafetensorsReader reader;
  private final String sha256;
  private final String text;
  private final List<Tensor> tensors;

  /**
   * An array.
   *
   * @param name such as {@code table.0.coordinates}
   * @param type {@code F32}, {@code F64}, {@code I32}, {@code I64} or {@code U8}
   * @param shape lengths of its axes
   * @param bytes bytes of all elements
   */
  public record Tensor(String name, String type, List<Long> shape, long bytes) {}

  private ModelTensors(SafetensorsReader reader, String sha256, String text, List<Tensor> tensors) {
    this.reader = reader;
    this.sha256 = sha256;
    this.text = text;
    this.tensors = tensors;
  }

  /**
   * Opens a model file and compares it with its digest. Reads all of it once.
   *
   * @throws ModelFormatException if it is no model file that {@link ModelFile#load} would read, or
   *     damaged
   * @throws IOException if there is no such file, or reading it fails
   */
  public static ModelTensors open(Path file) throws IOException {
    ModelFile.check(file);
    try {
      SafetensorsReader reader = SafetensorsReader.open(file);
      try {
        String sha256 = ModelFile.checked(file, reader);
        String text = reader.metadata().getOrDefault(ModelFileContent.KEY, "{}");
        List<Tensor> tensors = reader.tensors().stream().map(ModelTensors::of).toList();
        return new ModelTensors(reader, sha256, text, tensors);
      } catch (Throwable e) {
        reader.close();
        throw e;
      }
    } catch (SafetensorsException e) {
      throw ModelFormatException.of(file, e);
    } catch (EOFException e) {
      throw ModelFormatException.corrupted(file, e.getMessage());
    }
  }

  private static Tensor of(SafetensorsTensor tensor) {
    return new Tensor(tensor.name(), tensor.type().name(), tensor.shape(), tensor.bytes());
  }

  /** The digest of the file, hexadecimal. */
  public String sha256() {
    return sha256;
  }

  /** The JSON text {@code kronwood} of the file: all that is no array. */
  public String text() {
    return text;
  }

  /** All arrays. */
  public List<Tensor> tensors() {
    return tensors;
  }

  /** Writes the elements of an array: row-major, little-endian. */
  public void copy(Tensor tensor, OutputStream out) throws IOException {
    SafetensorsTensor stored =
        reader.tensors().stream()
            .filter(one -> one.name().equals(tensor.name()))
            .findFirst()
            .orElseThrow();
    SafetensorsInput input = reader.input(stored);
    byte[] block = new byte[1 << 16];
    for (long left = tensor.bytes(); left > 0; left -= block.length) {
      if (left < block.length) {
        block = new byte[(int) left];
      }
      input.read(block);
      out.write(block);
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
