package kronwood.fit.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import kronwood.fault.CheckpointException;
import kronwood.math.DoubleArray;
import kronwood.math.FloatArray;
import kronwood.math.RealArray;
import kronwood.safetensors.SafetensorsInput;
import kronwood.state.StateVisitor;

/** Fills the arrays it is shown, see {@link CheckpointFile}. */
public final class CheckpointReader implements StateVisitor {
  private static final int LONGEST_NAME = 1 << 16;

  private final Path file;
  private final SafetensorsInput from;
  private final int[] next = new int[3];

  public CheckpointReader(Path file, SafetensorsInput from) {
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
      String found = nextName();
      if (next[0] != kind || next[2] != length || !found.equals(name)) {
        throw new CheckpointException(
            ("checkpoint '%s' does not fit this training: it holds '%s', kind %d, of %d numbers,"
                    + " where '%s', kind %d, of %d belongs; another version of Kronwood wrote it:"
                    + " start anew in another folder")
                .formatted(file, found, next[0], next[2], name, kind, length));
      }
      elements.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what precedes an array's elements. */
  private String nextName() throws IOException {
    int[] kind = new int[1];
    from.read(kind);
    next[0] = kind[0];
    if (kind[0] == CheckpointWriter.END) {
      return "the end";
    }
    int[] lengths = new int[2];
    from.read(lengths);
    next[2] = lengths[1];
    byte[] name = new byte[Math.clamp(lengths[0], 0, LONGEST_NAME)];
    from.read(name);
    return new String(name, StandardCharsets.UTF_8);
  }

  /**
   * Nothing else was shown.
   *
   * @throws CheckpointException if there is more in the file
   */
  public void end() throws IOException {
    String found = nextName();
    if (next[0] != CheckpointWriter.END) {
      throw new CheckpointException(
          ("checkpoint '%s' does not fit this training: it holds '%s' beyond its end; another"
                  + " version of Kronwood wrote it: start anew in another folder")
              .formatted(file, found));
    }
  }
}
