package kronwood.safetensors;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import kronwood.json.Json;

/**
 * Lists of texts as two tensors: {@code <name>s}, U8, their UTF-8 bytes one after the other; and
 * {@code <name>_offsets}, I64, one more than there are texts: text i takes the bytes {@code
 * offsets[i] … offsets[i + 1] − 1}.
 */
public final class SafetensorsTexts {
  private SafetensorsTexts() {}

  /**
   * Adds the tensors of a list.
   *
   * @throws IllegalArgumentException if a text holds half a surrogate pair
   */
  public static void write(SafetensorsWriter file, String name, List<String> texts) {
    long[] offsets = new long[texts.size() + 1];
    for (int i = 0; i < texts.size(); i++) {
      offsets[i + 1] = offsets[i] + encode(name, texts.get(i)).length;
    }
    file.add(
        SafetensorsType.U8,
        name + "s",
        out -> {
          for (String text : texts) {
            out.write(encode(name, text));
          }
        },
        offsets[texts.size()]);
    file.add(SafetensorsType.I64, name + "_offsets", out -> out.write(offsets), offsets.length);
  }

  private static byte[] encode(String name, String text) {
    if (Json.unpairedSurrogate(text) >= 0) {
      throw new IllegalArgumentException("one of " + name + "s holds half a surrogate pair");
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a list.
   *
   * @throws IllegalArgumentException if a tensor is missing, offsets do not run from 0 to the
   *     number of bytes without decreasing, or a text is not UTF-8
   */
  public static List<String> read(SafetensorsReader file, String name) throws IOException {
    SafetensorsTensor bytes = file.tensor(name + "s", SafetensorsType.U8, SafetensorsReader.ANY);
    long[] offsets = file.longs(name + "_offsets", SafetensorsReader.ANY);
    if (offsets.length == 0 || offsets[0] != 0 || offsets[offsets.length - 1] != bytes.elements()) {
      throw new IllegalArgumentException(
          "tensor '" + name + "_offsets' does not run from 0 to " + bytes.elements());
    }
    for (int i = 1; i < offsets.length; i++) {
      if (offsets[i] < offsets[i - 1]) {
        throw new IllegalArgumentException("tensor '" + name + "_offsets' decreases at " + i);
      }
    }
    SafetensorsInput input = file.input(bytes);
    List<String> texts = new ArrayList<>(offsets.length - 1);
    for (int i = 1; i < offsets.length; i++) {
      byte[] text = new byte[Math.toIntExact(offsets[i] - offsets[i - 1])];
      input.read(text);
      texts.add(SafetensorsReader.utf8(text, 0, text.length));
    }
    return texts;
  }
}
