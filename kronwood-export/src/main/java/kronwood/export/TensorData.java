package kronwood.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The elements of a constant tensor: row-major, little-endian, written when they are needed.
 *
 * @param type of the elements
 * @param shape lengths of the axes
 * @param body writes all elements
 */
record TensorData(Type type, List<Long> shape, ProtoMessage.Body body) {
  /** Types of elements, with the numbers that ONNX has for them. */
  enum Type {
    FLOAT(1, Float.BYTES),
    INT64(7, Long.BYTES),
    STRING(8, 0),
    BOOL(9, 1),
    DOUBLE(11, Double.BYTES);

    private final int number;
    private final int bytes;

    Type(int number, int bytes) {
      this.number = number;
      this.bytes = bytes;
    }

    /** The number of the type. */
    int number() {
      return number;
    }
  }

  /** Elements are written in blocks of so many. */
  private static final int BLOCK = 1 << 13;

  /** Bytes of all elements. */
  long bytes() {
    long bytes = type.bytes;
    for (long length : shape) {
      bytes = Math.multiplyExact(bytes, length);
    }
    return bytes;
  }

  /** A vector or a matrix of numbers in single precision, rounded from double. */
  static TensorData ofFloats(double[] values, long... shape) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    return ofRows(1, _ -> rounded, shape);
  }

  /** Numbers in single precision, given in parts that follow each other. */
  static TensorData ofRows(int rows, IntFunction<float[]> row, long... shape) {
    return new TensorData(
        Type.FLOAT,
        list(shape),
        out -> {
          byte[] bytes = bytes(Float.BYTES);
          for (int r = 0; r < rows; r++) {
            float[] values = row.apply(r);
            for (int from = 0; from < values.length; from += BLOCK) {
              int count = Math.min(BLOCK, values.length - from);
              ByteBuffer.wrap(bytes)
                  .order(ByteOrder.LITTLE_ENDIAN)
                  .asFloatBuffer()
                  .put(values, from, count);
              out.write(bytes, 0, count * Float.BYTES);
            }
          }
        });
  }

  /** Numbers in double precision. */
  static TensorData ofDoubles(double[] values, long... shape) {
    return new TensorData(
        Type.DOUBLE,
        list(shape),
        out -> {
          byte[] bytes = bytes(Double.BYTES);
          for (int from = 0; from < values.length; from += BLOCK) {
            int count = Math.min(BLOCK, values.length - from);
            ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .put(values, from, count);
            out.write(bytes, 0, count * Double.BYTES);
          }
        });
  }

  /** A vector of whole numbers. */
  static TensorData ofLongs(long... values) {
    return new TensorData(Type.INT64, List.of((long) values.length), out -> write(values, out));
  }

  private static void write(long[] values, OutputStream out) throws IOException {
    byte[] bytes = bytes(Long.BYTES);
    for (int from = 0; from < values.length; from += BLOCK) {
      int count = Math.min(BLOCK, values.length - from);
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values, from, count);
      out.write(bytes, 0, count * Long.BYTES);
    }
  }

  private static byte[] bytes(int each) {
    return new byte[BLOCK * each];
  }

  private static List<Long> list(long... shape) {
    return Arrays.stream(shape).boxed().toList();
  }
}
