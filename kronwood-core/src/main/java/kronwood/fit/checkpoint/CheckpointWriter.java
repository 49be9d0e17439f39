package kronwood.fit.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import kronwood.math.DoubleArray;
import kronwood.math.FloatArray;
import kronwood.math.RealArray;
import kronwood.safetensors.SafetensorsOutput;
import kronwood.state.StateVisitor;

/** Writes the arrays it is shown, see {@link CheckpointFile}. */
final class CheckpointWriter implements StateVisitor {
  static final int END = 0;
  static final int F32 = 1;
  static final int F64 = 2;
  static final int I64 = 3;

  private final SafetensorsOutput to;

  CheckpointWriter(SafetensorsOutput to) {
    this.to = to;
  }

  @Override
  public void visit(String name, RealArray numbers) {
    switch (numbers) {
      case FloatArray single -> {
        float[] values = single.values();
        write(F32, name, values.length, () -> to.write(values));
      }
      case DoubleArray real -> visit(name, real.values());
    }
  }

  @Override
  public void visit(String name, double[] numbers) {
    write(F64, name, numbers.length, () -> to.write(numbers));
  }

  @Override
  public void visit(String name, long[] numbers) {
    write(I64, name, numbers.length, () -> to.write(numbers));
  }

  @FunctionalInterface
  private interface Elements {
    void write() throws IOException;
  }

  private void write(int kind, String name, int length, Elements elements) {
    try {
      byte[] text = name.getBytes(StandardCharsets.UTF_8);
      to.write(new int[] {kind, text.length, length});
      to.write(text);
      elements.write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
