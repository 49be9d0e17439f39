package kronwood.fit.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import kronwood.fault.CheckpointException;
import kronwood.math.DoubleArray;
import kronwood.math.FloatArray;
import kronwood.math.RealArray;
import kronwood.network.NeuronRange;
import kronwood.safetensors.SafetensorsInput;

/** Reads the arrays that the process of some neurons saved, one after the other. */
public final class ShareInput {
  private static final int LONGEST_NAME = 1 << 16;

  private final Path file;
  private final NeuronRange range;
  private final SafetensorsInput from;
  private int kind;
  private int length;
  private String name;

  /** Reads on to the first array. */
  public ShareInput(Path file, NeuronRange range, SafetensorsInput from) throws IOException {
    this.file = file;
    this.range = range;
    this.from = from;
    this.name = next();
  }

  /** The neurons that the process held. */
  public NeuronRange range() {
    return range;
  }

  private String next() throws IOException {
    int[] read = new int[1];
    from.read(read);
    kind = read[0];
    if (kind == CheckpointWriter.END) {
      length = 0;
      return "the end";
    }
    int[] lengths = new int[2];
    from.read(lengths);
    length = lengths[1];
    byte[] bytes = new byte[Math.clamp(lengths[0], 0, LONGEST_NAME)];
    from.read(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Whether the next array has this name. */
  public boolean isNext(String wanted) {
    return kind != CheckpointWriter.END && name.equals(wanted);
  }

  /** Length of the next array. */
  public int length() {
    return length;
  }

  /** The next array, of a precision. */
  public RealArray real(String wanted, boolean single) throws IOException {
    check(wanted, single ? CheckpointWriter.F32 : CheckpointWriter.F64);
    if (!single) {
      return new DoubleArray(doubles(wanted));
    }
    float[] values = new float[length];
    from.read(values);
    name = next();
    return new FloatArray(values);
  }

  public double[] doubles(String wanted) throws IOException {
    check(wanted, CheckpointWriter.F64);
    double[] values = new double[length];
    from.read(values);
    name = next();
    return values;
  }

  public long[] longs(String wanted) throws IOException {
    check(wanted, CheckpointWriter.I64);
    long[] values = new long[length];
    from.read(values);
    name = next();
    return values;
  }

  private void check(String wanted, int kindWanted) {
    if (kind != kindWanted || !name.equals(wanted)) {
      throw misfit("'%s', kind %d,".formatted(wanted, kindWanted));
    }
  }

  /** Nothing else was shown. */
  public void end() {
    if (kind != CheckpointWriter.END) {
      throw misfit("the end");
    }
  }

  public CheckpointException misfit(String wanted) {
    return new CheckpointException(
        ("checkpoint '%s' does not fit this training: it holds '%s', kind %d, of %d numbers, where"
                + " %s belongs; another version of Kronwood wrote it: start anew in another folder")
            .formatted(file.getFileName(), name, kind, length, wanted));
  }
}
