package kronwood.fit.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import kronwood.fault.CheckpointException;
import kronwood.math.DoubleArray;
import kronwood.math.FloatArray;
import kronwood.math.RealArray;
import kronwood.network.NeuronRange;
import kronwood.safetensors.SafetensorsInput;

/** Reads the arrays that the process of some neurons saved, one after the other. */
public final class ShareInput {
  private final Path file;
  private final NeuronRange range;
  private final SafetensorsInput from;
  private ArrayHeader next;

  /** Reads on to the first array. */
  public ShareInput(Path file, NeuronRange range, SafetensorsInput from) throws IOException {
    this.file = file;
    this.range = range;
    this.from = from;
    this.next = ArrayHeader.read(from);
  }

  /** The neurons that the process held. */
  NeuronRange range() {
    return range;
  }

  /** Whether the next array has this name. */
  boolean isNext(String wanted) {
    return !next.isEnd() && next.name().equals(wanted);
  }

  /** Length of the next array. */
  int length() {
    return next.length();
  }

  /** The next array, of a precision. */
  RealArray real(String wanted, boolean single) throws IOException {
    check(wanted, single ? CheckpointWriter.F32 : CheckpointWriter.F64);
    if (!single) {
      return new DoubleArray(doubles(wanted));
    }
    float[] values = new float[next.length()];
    from.read(values);
    next = ArrayHeader.read(from);
    return new FloatArray(values);
  }

  private double[] doubles(String wanted) throws IOException {
    check(wanted, CheckpointWriter.F64);
    double[] values = new double[next.length()];
    from.read(values);
    next = ArrayHeader.read(from);
    return values;
  }

  long[] longs(String wanted) throws IOException {
    check(wanted, CheckpointWriter.I64);
    long[] values = new long[next.length()];
    from.read(values);
    next = ArrayHeader.read(from);
    return values;
  }

  private void check(String wanted, int kind) {
    if (next.kind() != kind || !next.name().equals(wanted)) {
      throw misfit("'%s', kind %d,".formatted(wanted, kind));
    }
  }

  /** Nothing else was shown. */
  void end() {
    if (!next.isEnd()) {
      throw misfit("the end");
    }
  }

  CheckpointException misfit(String wanted) {
    return new CheckpointException(
        ("checkpoint '%s' does not fit this training: it holds '%s', kind %d, of %d numbers, where"
                + " %s belongs; another version of Kronwood wrote it: start anew in another folder")
            .formatted(file.getFileName(), next.name(), next.kind(), next.length(), wanted));
  }
}
