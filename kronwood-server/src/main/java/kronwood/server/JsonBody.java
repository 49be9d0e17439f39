package kronwood.server;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as requests and answers have it. What is not JSON is said by its place, and not repeated.
 */
final class JsonBody {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(16)
                          .maxNameLength(4_096)
                          .maxNumberLength(64)
                          .maxStringLength(1_000_000)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .build();

  private JsonBody() {}

  /**
   * Reads an object.
   *
   * @throws Problem if it is not JSON, or no object
   */
  static JsonNode object(byte[] body) {
    return object(body, 0, body.length);
  }

  /** Reads an object from a part of a body. */
  static JsonNode object(byte[] body, int from, int length) {
    if (length == 0) {
      throw Problem.bad("there is no body, expected a JSON object");
    }
    JsonNode root;
    try {
      root = MAPPER.readTree(body, from, length);
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      throw Problem.bad(
          at == null || at.getLineNr() < 1
              ? "the body is not JSON that can be read"
              : "the body is not JSON that can be read: line %d, column %d"
                  .formatted(at.getLineNr(), at.getColumnNr()));
    }
    if (root == null || !root.isObject()) {
      throw Problem.bad("the body is no JSON object");
    }
    return root;
  }

  /** Writes JSON. */
  @FunctionalInterface
  interface Writing {
    void to(JsonGenerator json);
  }

  /** What a piece of code writes. */
  static byte[] bytes(Writing writing) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = MAPPER.createGenerator(out)) {
      writing.to(json);
    }
    return out.toByteArray();
  }

  /** Writes the members of a list of texts. */
  static void texts(JsonGenerator json, String name, List<String> texts) {
    json.writeArrayPropertyStart(name);
    texts.forEach(json::writeString);
    json.writeEndArray();
  }

  /** A number for each row, or an array for each if there are several. */
  static void rows(JsonGenerator json, String name, double[] values, int columns) {
    json.writeArrayPropertyStart(name);
    for (int i = 0; i < values.length; i++) {
      if (columns > 1 && i % columns == 0) {
        json.writeStartArray();
      }
      number(json, values[i]);
      if (columns > 1 && i % columns == columns - 1) {
        json.writeEndArray();
      }
    }
    json.writeEndArray();
  }

  /** A number, or null for what JSON has no word for. */
  static void number(JsonGenerator json, double value) {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }

  /** A text, a number as text, or null. */
  static @Nullable String id(JsonNode node) {
    return node.isString() || node.isNumber() ? node.asString() : null;
  }

  /** The members of an object: texts, numbers, truth values, objects of these, and null. */
  static Map<String, @Nullable Object> members(JsonNode object) {
    Map<String, @Nullable Object> members = new TreeMap<>();
    object.properties().forEach(member -> members.put(member.getKey(), value(member.getValue())));
    return members;
  }

  /** A value as {@link #members} has it. */
  static @Nullable Object value(JsonNode node) {
    if (node.isNull()) {
      return null;
    }
    if (node.isNumber()) {
      return node.isIntegralNumber() && node.canConvertToLong()
          ? (Object) node.asLong()
          : (Object) node.asDouble();
    }
    return node.isObject() ? members(node) : node.asString("");
  }
}
