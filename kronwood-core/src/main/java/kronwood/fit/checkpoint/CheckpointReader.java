package kronwood.fit.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import kronwood.fault.CheckpointException;
import kronwood.math.DoubleArray;
import kronwood.math.FloatArray;
import kronwood.math.RealArray;
import kronwood.safetensors.SafetensorsInput;
import kronwood.state.StateVisitor;

/** Fills the arrays it is shown, see {@link CheckpointFile}. */
final class CheckpointReader implements StateVisitor {
  private final Path file;
  private final SafetensorsInput from;

  CheckpointReader(Path file, SafetensorsInput from) {
    this.file = file;
    this.from = from;
  }

  @Override
  public void visit(String name, RealArray numbers) {
    switch (numbers) {
      case FloatArray single -> {
        float[] values = single.values();
        read(CheckpointWriter.F32, name, values.length, () -> from.read(values));
      }
      case DoubleArray real -> visit(name, real.values());
    }
  }

  @Override
  public void visit(String name, double[] numbers) {
    read(CheckpointWriter.F64, name, numbers.length, () -> from.read(numbers));
  }

  @Override
  public void visit(String name, long[] numbers) {
    read(CheckpointWriter.I64, name, numbers.length, () -> from.read(numbers));
  }

  @FunctionalInterface
  private interface Elements {
    void read() throws IOException;
  }

  private void read(int kind, String name, int length, Elements elements) {
    try {
      ArrayHeader found = ArrayHeader.read(from);
      if (!found.equals(new ArrayHeader(kind, length, name))) {
        throw new CheckpointException(
            ("checkpoint '%s' does not fit this training: it holds '%s', kind %d, of %d numbers,"
                    + " where '%s', kind %d, of %d belongs; another version of Kronwood wrote it:"
                    + " start anew in another folder")
                .formatted(file, found.name(), found.kind(), found.length(), name, kind, length));
      }
      elements.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Nothing else was shown.
   *
   * @throws CheckpointException if there is more in the file
   */
  void end() throws IOException {
    ArrayHeader found = ArrayHeader.read(from);
    if (!found.isEnd()) {
      throw new CheckpointException(
          ("checkpoint '%s' does not fit this training: it holds '%s' beyond its end; another"
                  + " version of Kronwood wrote it: start anew in another folder")
              .formatted(file, found.name()));
    }
  }
}
