package kronwood.model.file;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Random changes of a model file, of its JSON and of its tensors. */
final class ModelFileMutations {
  private static final String[] VALUES = {
    "null",
    "0",
    "-1",
    "1",
    "3",
    "4611686018427387904",
    "1e300",
    "-1e-300",
    "0.5",
    "\"\"",
    "\"F64\"",
    "\"F32\"",
    "\"Infinity\"",
    "\"direct\"",
    "\"similarity\"",
    "\"tanimoto\"",
    "\"gaussian\"",
    "[]",
    "{}",
    "[0]",
    "[2,2]",
    "true"
  };

  private static final double[] NUMBERS = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MAX_VALUE,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.MIN_VALUE,
    Double.MIN_VALUE,
    0,
    -0.0,
    -1,
    1e30
  };

  private ModelFileMutations() {}

  /** One to three changes. */
  static void change(Random random, ModelFileSurgery parts) {
    for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
      switch (random.nextInt(6)) {
        case 0 -> changeJson(random, parts.kronwood);
        case 1 -> changeJson(random, parts.header);
        case 2 -> parts.data[random.nextInt(parts.data.length)] = (byte) random.nextInt();
        case 3 -> swap(random, parts);
        default -> changeElement(random, parts);
      }
    }
  }

  private static List<String> tensors(ModelFileSurgery parts) {
    return parts.header.propertyNames().stream()
        .filter(name -> !name.startsWith("__") && parts.header.get(name).has("data_offsets"))
        .toList();
  }

  /** Two tensors get each other's places. */
  private static void swap(Random random, ModelFileSurgery parts) {
    List<String> names = tensors(parts);
    if (names.size() > 1) {
      String one = names.get(random.nextInt(names.size()));
      String other = names.get(random.nextInt(names.size()));
      JsonNode kept = parts.header.get(one);
      parts.header.set(one, parts.header.get(other));
      parts.header.set(other, kept);
    }
  }

  /** An element of a tensor becomes another number. */
  private static void changeElement(Random random, ModelFileSurgery parts) {
    List<String> names = tensors(parts);
    if (names.isEmpty()) {
      return;
    }
    String name = names.get(random.nextInt(names.size()));
    ByteBuffer bytes;
    try {
      bytes = parts.bytes(name);
    } catch (RuntimeException e) {
      // An earlier change broke its place.
      return;
    }
    double number = NUMBERS[random.nextInt(NUMBERS.length)];
    String type = parts.tensor(name).path("dtype").asString("");
    int size = type.equals("U8") ? 1 : type.endsWith("64") ? Double.BYTES : Float.BYTES;
    if (bytes.capacity() < size) {
      return;
    }
    int at = size * random.nextInt(bytes.capacity() / size);
    switch (type) {
      case "F64" -> bytes.putDouble(at, number);
      case "F32" -> bytes.putFloat(at, (float) number);
      case "I64" -> bytes.putLong(at, random.nextInt(4) - 1);
      case "I32" -> bytes.putInt(at, random.nextInt(4) - 1);
      default -> bytes.put(at, (byte) random.nextInt());
    }
  }

  /** Something in a JSON object or array becomes something else. */
  static void changeJson(Random random, JsonNode node) {
    if (node.isEmpty()) {
      return;
    }
    int at = random.nextInt(node.size());
    String key =
        node instanceof ObjectNode object ? List.copyOf(object.propertyNames()).get(at) : "";
    JsonNode child = node instanceof ObjectNode ? node.get(key) : node.get(at);
    if (key.equals("__metadata__")) {
      return;
    }
    if (!child.isEmpty() && random.nextInt(4) != 0) {
      changeJson(random, child);
      return;
    }
    JsonNode value = ModelFileSurgery.JACKSON.readTree(VALUES[random.nextInt(VALUES.length)]);
    if (node instanceof ObjectNode object) {
      switch (random.nextInt(3)) {
        case 0 -> object.remove(key);
        default -> object.set(key, value);
      }
    } else if (node instanceof ArrayNode array) {
      switch (random.nextInt(3)) {
        case 0 -> array.remove(at);
        case 1 -> array.insert(at, value);
        default -> array.set(at, value);
      }
    }
  }
}
