package kronwood.bench.pytorch;

import java.io.DataInputStream;
import java.io.IOException;

/**
 * A network and the pairs it learns, with squared loss and one output.
 *
 * @param layer the step that trains it
 * @param threads threads that PyTorch may use
 * @param neurons m
 * @param left coordinates of the left entities, one row each
 * @param right coordinates of the right entities
 * @param leftOf left entity of each sample
 * @param rightOf right entity of each sample
 * @param targets one number per sample
 * @param outputs a, m numbers ±1/√m
 * @param shift b
 * @param learningRate η
 */
record Problem(
    Layer layer,
    int threads,
    int neurons,
    Rows left,
    Rows right,
    int[] leftOf,
    int[] rightOf,
    float[] targets,
    float[] outputs,
    float shift,
    double learningRate) {

  /**
   * A row-major table.
   *
   * @param columns length of a row
   * @param values all rows, not copied
   */
  record Rows(int columns, float[] values) {
    static Rows read(DataInputStream in) throws IOException {
      return new Rows(in.readInt(), floats(in));
    }
  }

  /** Reads the components in their order. */
  static Problem read(DataInputStream in) throws IOException {
    return new Problem(
        Layer.of(in.readUTF()),
        in.readInt(),
        in.readInt(),
        Rows.read(in),
        Rows.read(in),
        ints(in),
        ints(in),
        floats(in),
        floats(in),
        in.readFloat(),
        in.readDouble());
  }

  /** Length of an input, d. */
  int dimension() {
    return Math.multiplyExact(left.columns(), right.columns());
  }

  static int[] ints(DataInputStream in) throws IOException {
    int[] values = new int[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readInt();
    }
    return values;
  }

  private static float[] floats(DataInputStream in) throws IOException {
    float[] values = new float[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }
}
