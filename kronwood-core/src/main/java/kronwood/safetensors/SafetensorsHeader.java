package kronwood.safetensors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.json.Json;
import kronwood.json.JsonValue;

/**
 * The JSON header of a safetensors file: metadata, and which tensor stands where.
 *
 * @param metadata strings by key
 * @param tensors in the order of their data, contiguous from byte 0 on
 */
record SafetensorsHeader(Map<String, String> metadata, List<SafetensorsTensor> tensors) {
  private static final String METADATA = "__metadata__";

  /** The metadata of a header; everything else in it is ignored. */
  static Map<String, String> metadata(JsonValue header) {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (header.keys().contains(METADATA)) {
      JsonValue strings = header.at(METADATA);
      for (String key : strings.keys()) {
        metadata.put(key, strings.at(key).text());
      }
    }
    return metadata;
  }

  /**
   * Reads a whole header.
   *
   * @throws IllegalArgumentException if something is missing or of the wrong kind, an element type
   *     is not one of {@link SafetensorsType}, a shape does not fit its bytes, or tensors overlap
   *     or leave holes between them
   * @throws ArithmeticException if a size exceeds the range of long
   */
  static SafetensorsHeader of(JsonValue header) {
    List<SafetensorsTensor> tensors = new ArrayList<>();
    for (String name : header.keys()) {
      if (!name.equals(METADATA)) {
        tensors.add(tensor(name, header.at(name)));
      }
    }
    // An empty tensor begins where the next one does.
    tensors.sort(
        Comparator.comparingLong(SafetensorsTensor::begin)
            .thenComparingLong(SafetensorsTensor::bytes));
    long end = 0;
    for (SafetensorsTensor tensor : tensors) {
      if (tensor.begin() != end) {
        throw new IllegalArgumentException(
            "tensor '"
                + Json.shorten(tensor.name())
                + "' begins at byte "
                + tensor.begin()
                + ", the one before it ends at "
                + end);
      }
      end = tensor.end();
    }
    return new SafetensorsHeader(metadata(header), tensors);
  }

  private static SafetensorsTensor tensor(String name, JsonValue json) {
    List<Long> offsets = json.at("data_offsets").counts();
    if (offsets.size() != 2) {
      throw new IllegalArgumentException(
          json.path() + " has " + offsets.size() + " data offsets, expected 2");
    }
    SafetensorsTensor tensor =
        new SafetensorsTensor(
            name, type(json.at("dtype")), json.at("shape").counts(), offsets.get(0));
    if (tensor.end() != offsets.get(1)) {
      throw new IllegalArgumentException(
          json.path() + " needs " + tensor.bytes() + " bytes, its data offsets are " + offsets);
    }
    return tensor;
  }

  private static SafetensorsType type(JsonValue json) {
    String name = json.text();
    for (SafetensorsType type : SafetensorsType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        json.path()
            + " is "
            + Json.shorten(name)
            + ", expected one of "
            + List.of(SafetensorsType.values()));
  }

  /** Bytes of all tensors. */
  long dataBytes() {
    return tensors.isEmpty() ? 0 : tensors.getLast().end();
  }

  /** The header as JSON, metadata first. */
  String toJson() {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put(METADATA, metadata);
    for (SafetensorsTensor tensor : tensors) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("dtype", tensor.type().name());
      entry.put("shape", tensor.shape());
      entry.put("data_offsets", List.of(tensor.begin(), tensor.end()));
      header.put(tensor.name(), entry);
    }
    return Json.write(header);
  }
}
