package kronwood.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import kronwood.model.ModelBlock;
import kronwood.model.Predictions;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * The Open Inference Protocol, version 2: metadata, and {@code infer}, with its extension for
 * binary tensors.
 *
 * <p>Inputs are ids, BYTES [N] or [N, 1], called like the modes. Of new entities a mode's input is
 * FP32 or FP64 [N, d] with the columns of its table, or there is an input {@code MODE.COLUMN} for
 * each column. Outputs are {@code prediction} and of an ensemble {@code prediction_sd}, FP64 [N,
 * C]. The version of the model is its digest.
 */
final class InferenceProtocol {
  /** Header with the length of the JSON before binary tensors. */
  static final String LENGTH = "Inference-Header-Content-Length";

  private static final String PREDICTION = "prediction";
  private static final String DEVIATION = "prediction_sd";

  private InferenceProtocol() {}

  /** What the service is. */
  static Answer server(String version) {
    return Answer.of(
        Answer.JSON,
        JsonBody.bytes(
            json -> {
              json.writeStartObject();
              json.writeStringProperty("name", "kronwood");
              json.writeStringProperty("version", version);
              JsonBody.texts(json, "extensions", List.of("binary_tensor_data"));
              json.writeEndObject();
            }));
  }

  /** What the model takes and gives. */
  static Answer metadata(ServedModel model) {
    return Answer.of(
        Answer.JSON,
        JsonBody.bytes(
            json -> {
              json.writeStartObject();
              json.writeStringProperty("name", model.name());
              JsonBody.texts(json, "versions", List.of(model.sha256()));
              json.writeStringProperty("platform", "kronwood");
              json.writeArrayPropertyStart("inputs");
              model.modes().forEach(mode -> tensor(json, mode, "BYTES", -1));
              for (String mode : model.modes()) {
                for (ModelBlock block : model.table(mode).blocks()) {
                  String type = block.kind() == ModelBlock.Kind.CELLS ? "BYTES" : "FP32";
                  if (block.kind() != ModelBlock.Kind.IDENTITY && block.columns().size() <= 1000) {
                    block.columns().forEach(c -> optional(json, mode + "." + c, type));
                  }
                }
              }
              json.writeEndArray();
              json.writeArrayPropertyStart("outputs");
              tensor(json, PREDICTION, "FP64", -1, model.outputs());
              if (model.model().network().members() > 1) {
                tensor(json, DEVIATION, "FP64", -1, model.outputs());
              }
              json.writeEndArray();
              json.writeEndObject();
            }));
  }

  private static void tensor(JsonGenerator json, String name, String type, int... shape) {
    json.writeStartObject();
    describe(json, name, type, shape);
    json.writeEndObject();
  }

  private static void optional(JsonGenerator json, String name, String type) {
    json.writeStartObject();
    describe(json, name, type, -1);
    json.writeBooleanProperty("optional", true);
    json.writeEndObject();
  }

  private static void describe(JsonGenerator json, String name, String type, int... shape) {
    json.writeStringProperty("name", name);
    json.writeStringProperty("datatype", type);
    json.writeArrayPropertyStart("shape");
    IntStream.of(shape).forEach(json::writeNumber);
    json.writeEndArray();
  }

  /**
   * Answers a request.
   *
   * @param headerLength bytes of the JSON, of which binary tensors follow; −1 if all is JSON
   */
  static Answer infer(ServedModel model, byte[] body, int headerLength, int mostRows) {
    if (headerLength > body.length) {
      throw Problem.bad(LENGTH + " is larger than the body");
    }
    int length = headerLength < 0 ? body.length : headerLength;
    JsonNode root = JsonBody.object(body, 0, length);
    Query query = new Inputs(model, body, length, mostRows).query(root.path("inputs"));
    return answer(model, root, model.predict(query)).withRows(query.rows());
  }

  /** The inputs of a request, as columns of a table. */
  private static final class Inputs {
    private final ServedModel model;
    private final byte[] body;
    private final int mostRows;
    private int binary;
    private final List<String> names = new ArrayList<>();
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    Inputs(ServedModel model, byte[] body, int binary, int mostRows) {
      this.model = model;
      this.body = body;
      this.binary = binary;
      this.mostRows = mostRows;
    }

    Query query(JsonNode inputs) {
      if (!inputs.isArray() || inputs.isEmpty()) {
        throw Problem.at("/inputs", "is no array of tensors");
      }
      for (int i = 0; i < inputs.size(); i++) {
        add("/inputs/" + i, inputs.get(i));
      }
      if (binary != body.length) {
        throw Problem.bad("the body has other bytes than its tensors say");
      }
      return TableQuery.of(model, names, rows, mostRows);
    }

    private void add(String place, JsonNode input) {
      String name = input.path("name").asString("");
      String type = input.path("datatype").asString("");
      JsonNode shape = input.path("shape");
      long count = shape.path(0).asLong(-1);
      long columns = shape.size() < 2 ? 1 : shape.path(1).asLong(-1);
      if (!shape.isArray() || shape.size() < 1 || shape.size() > 2 || count < 0 || columns < 1) {
        throw Problem.at(place + "/shape", "is neither [N] nor [N, columns]");
      }
      if (count > mostRows || columns > 1_000_000 || count * columns > body.length) {
        throw Problem.at(
            place + "/shape", "is more than the body holds, or than %d rows".formatted(mostRows));
      }
      List<String> columnNames = columnNames(place, name, (int) columns);
      if (names.isEmpty()) {
        for (int row = 0; row < count; row++) {
          rows.add(new ArrayList<>());
        }
      } else if (rows.size() != count) {
        throw Problem.at(
            place + "/shape", "has %d rows, others have %d".formatted(count, rows.size()));
      }
      names.addAll(columnNames);
      List<@Nullable Object> values = values(place, input, type, (int) (count * columns));
      for (int i = 0; i < values.size(); i++) {
        rows.get((int) (i / columns)).add(values.get(i));
      }
    }

    /** An input of numbers called like a mode has all columns of its table. */
    private List<String> columnNames(String place, String name, int columns) {
      if (columns == 1) {
        return List.of(name);
      }
      if (!model.modes().contains(name)) {
        throw Problem.at(place + "/shape", "has several columns, and is not called like a mode");
      }
      List<String> expected = TableQuery.columns(model.table(name));
      if (expected.size() != columns) {
        throw Problem.at(
            place + "/shape",
            "has %d columns, the table has %d".formatted(columns, expected.size()));
      }
      return expected.stream().map(column -> name + "." + column).toList();
    }

    private List<@Nullable Object> values(String place, JsonNode input, String type, int count) {
      JsonNode size = input.path("parameters").path("binary_data_size");
      List<@Nullable Object> values = new ArrayList<>();
      if (size.isMissingNode()) {
        flatten(input.path("data"), values, count);
      } else {
        values.addAll(binaryValues(place, size.asLong(-1), type, count));
      }
      if (values.size() != count) {
        throw Problem.at(
            place + "/data", "has %d values, expected %d".formatted(values.size(), count));
      }
      return values;
    }

    private static void flatten(JsonNode data, List<@Nullable Object> values, int most) {
      for (JsonNode value : data) {
        if (value.isArray()) {
          flatten(value, values, most);
        } else if (values.size() <= most) {
          values.add(JsonBody.value(value));
        }
      }
    }

    private List<@Nullable Object> binaryValues(String place, long size, String type, int count) {
      if (size < 0 || size > body.length - binary) {
        throw Problem.at(place + "/parameters/binary_data_size", "is more than the body holds");
      }
      ByteBuffer bytes = ByteBuffer.wrap(body, binary, (int) size).order(ByteOrder.LITTLE_ENDIAN);
      binary += (int) size;
      List<@Nullable Object> values = new ArrayList<>();
      int least = type.equals("FP64") || type.equals("INT64") ? 8 : 4;
      while (bytes.remaining() >= least && values.size() < count) {
        values.add(
            switch (type) {
              case "FP32" -> (Object) bytes.getFloat();
              case "FP64" -> (Object) bytes.getDouble();
              case "INT32" -> (Object) bytes.getInt();
              case "INT64" -> (Object) bytes.getLong();
              case "BYTES" -> text(place, bytes);
              default ->
                  throw Problem.at(place + "/datatype", "is not BYTES, FP32, FP64, INT32 or INT64");
            });
      }
      if (bytes.hasRemaining()) {
        throw Problem.at(place, "has more bytes than values");
      }
      return values;
    }

    private static String text(String place, ByteBuffer bytes) {
      int length = bytes.getInt();
      if (length < 0 || length > bytes.remaining()) {
        throw Problem.at(place, "has a text that is longer than its bytes");
      }
      byte[] text = new byte[length];
      bytes.get(text);
      return new String(text, StandardCharsets.UTF_8);
    }
  }

  private static Answer answer(ServedModel model, JsonNode root, Predictions predictions) {
    List<String> wanted = new ArrayList<>();
    List<Boolean> asBytes = new ArrayList<>();
    boolean all = root.path("parameters").path("binary_data_output").asBoolean(false);
    for (JsonNode output : root.path("outputs")) {
      wanted.add(output.path("name").asString(""));
      asBytes.add(output.path("parameters").path("binary_data").asBoolean(all));
    }
    List<String> there = new ArrayList<>(List.of(PREDICTION));
    if (predictions.hasDeviations()) {
      there.add(DEVIATION);
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (!there.contains(wanted.get(i))) {
        throw Problem.at("/outputs/" + i + "/name", "is not one of " + String.join(", ", there));
      }
    }
    if (wanted.isEmpty()) {
      wanted.addAll(there);
      there.forEach(_ -> asBytes.add(all));
    }
    ByteArrayOutputStream binary = new ByteArrayOutputStream();
    byte[] json =
        JsonBody.bytes(
            out -> {
              out.writeStartObject();
              out.writeStringProperty("model_name", model.name());
              out.writeStringProperty("model_version", model.sha256());
              String id = JsonBody.id(root.path("id"));
              if (id != null && id.length() <= 256) {
                out.writeStringProperty("id", id);
              }
              out.writeArrayPropertyStart("outputs");
              for (int i = 0; i < wanted.size(); i++) {
                boolean mean = wanted.get(i).equals(PREDICTION);
                double[] values = mean ? predictions.values() : predictions.deviations();
                write(out, wanted.get(i), values, model.outputs(), asBytes.get(i), binary);
              }
              out.writeEndArray();
              out.writeEndObject();
            });
    if (!asBytes.contains(true)) {
      return Answer.of(Answer.JSON, json);
    }
    byte[] body = Arrays.copyOf(json, json.length + binary.size());
    System.arraycopy(binary.toByteArray(), 0, body, json.length, binary.size());
    return Answer.of("application/octet-stream", body).with(LENGTH, Integer.toString(json.length));
  }

  private static void write(
      JsonGenerator out,
      String name,
      double[] values,
      int columns,
      boolean asBytes,
      ByteArrayOutputStream binary) {
    out.writeStartObject();
    describe(out, name, "FP64", values.length / columns, columns);
    if (asBytes) {
      ByteBuffer bytes =
          ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asDoubleBuffer().put(values);
      binary.writeBytes(bytes.array());
      out.writeObjectPropertyStart("parameters");
      out.writeNumberProperty("binary_data_size", bytes.capacity());
      out.writeEndObject();
    } else {
      JsonBody.rows(out, "data", values, 1);
    }
    out.writeEndObject();
  }
}
