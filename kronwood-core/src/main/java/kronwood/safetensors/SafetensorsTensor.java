package kronwood.safetensors;

import java.util.List;

/**
 * Where a tensor stands in a file.
 *
 * @param name name
 * @param type type of its elements, which stand in row-major order, little-endian
 * @param shape lengths of its axes
 * @param begin its first byte, counted from the end of the header
 */
public record SafetensorsTensor(String name, SafetensorsType type, List<Long> shape, long begin) {
  public SafetensorsTensor {
    shape = List.copyOf(shape);
  }

  /**
   * Number of elements.
   *
   * @throws ArithmeticException if it exceeds the range of long
   */
  long elements() {
    long elements = 1;
    for (long length : shape) {
      elements = Math.multiplyExact(elements, length);
    }
    return elements;
  }

  /** Bytes of all elements. */
  public long bytes() {
    return Math.multiplyExact(elements(), (long) type.bytes());
  }

  /** First byte after the tensor, counted from the end of the header. */
  long end() {
    return Math.addExact(begin, bytes());
  }
}
