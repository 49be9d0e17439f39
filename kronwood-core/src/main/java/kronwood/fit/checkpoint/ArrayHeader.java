package kronwood.fit.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import kronwood.safetensors.SafetensorsInput;

/**
 * What precedes the elements of an array in a checkpoint.
 *
 * @param kind of the elements, or {@link CheckpointWriter#END} behind the last array
 * @param length number of elements
 */
record ArrayHeader(int kind, int length, String name) {
  private static final int LONGEST_NAME = 1 << 16;

  static ArrayHeader read(SafetensorsInput from) throws IOException {
    int[] kind = new int[1];
    from.read(kind);
    if (kind[0] == CheckpointWriter.END) {
      return new ArrayHeader(CheckpointWriter.END, 0, "the end");
    }
    int[] lengths = new int[2];
    from.read(lengths);
    byte[] name = new byte[Math.clamp(lengths[0], 0, LONGEST_NAME)];
    from.read(name);
    return new ArrayHeader(kind[0], lengths[1], new String(name, StandardCharsets.UTF_8));
  }

  boolean isEnd() {
    return kind == CheckpointWriter.END;
  }
}
