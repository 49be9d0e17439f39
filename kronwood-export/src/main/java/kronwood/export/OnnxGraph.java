package kronwood.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph of operations, built from its inputs on, and written as an ONNX model: operators of
 * version 13, those of {@code ai.onnx.ml} of version 2, version 7 of the representation.
 *
 * <p>Operations and constants get names by themselves; methods return the name of the value.
 */
final class OnnxGraph {
  private static final int IR_VERSION = 7;
  private static final int OPSET = 13;
  private static final int ML_OPSET = 2;
  private static final String ML_DOMAIN = "ai.onnx.ml";

  /** Name of the axis of unknown length. */
  private static final String BATCH = "N";

  /** Constants below this many bytes stay in the graph, where programs look for shapes. */
  private static final int SMALL = 1024;

  /** Where a constant begins in the file of weights is a multiple of this: a page of memory. */
  private static final long PAGE = 4096;

  private static final int ATTRIBUTE_INT = 2;
  private static final int ATTRIBUTE_FLOAT = 1;
  private static final int ATTRIBUTE_INTS = 7;
  private static final int ATTRIBUTE_STRINGS = 8;

  private final List<ProtoMessage> nodes = new ArrayList<>();
  private final Map<String, TensorData> constants = new LinkedHashMap<>();
  private final List<ProtoMessage> inputs = new ArrayList<>();
  private final List<ProtoMessage> outputs = new ArrayList<>();
  private final List<OnnxValue> inputValues = new ArrayList<>();
  private final List<OnnxValue> outputValues = new ArrayList<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private int values;

  /** What an operation is told besides its inputs. */
  record Attribute(ProtoMessage message) {
    static Attribute of(String name, long value) {
      return new Attribute(
          new ProtoMessage().text(1, name).number(3, value).number(20, ATTRIBUTE_INT));
    }

    static Attribute of(String name, float value) {
      return new Attribute(
          new ProtoMessage().text(1, name).real(2, value).number(20, ATTRIBUTE_FLOAT));
    }

    static Attribute ofInts(String name, long... values) {
      ProtoMessage message = new ProtoMessage().text(1, name);
      for (long value : values) {
        message.number(8, value);
      }
      return new Attribute(message.number(20, ATTRIBUTE_INTS));
    }

    static Attribute ofStrings(String name, List<String> values) {
      ProtoMessage message = new ProtoMessage().text(1, name);
      values.forEach(value -> message.text(9, value));
      return new Attribute(message.number(20, ATTRIBUTE_STRINGS));
    }
  }

  /** Adds an input of shape N, or N × columns, and returns its name. */
  String input(String name, TensorData.Type type, long... columns) {
    inputs.add(value(name, type, columns));
    inputValues.add(OnnxValue.of(name, type, columns));
    return name;
  }

  /** Names a value that the graph returns, of shape N × columns. */
  void output(String name, String value, long columns) {
    node("Identity", "", name, List.of(value));
    outputs.add(value(name, TensorData.Type.FLOAT, columns));
    outputValues.add(OnnxValue.of(name, TensorData.Type.FLOAT, columns));
  }

  private static ProtoMessage value(String name, TensorData.Type type, long... columns) {
    ProtoMessage shape = new ProtoMessage().message(1, new ProtoMessage().text(2, BATCH));
    for (long length : columns) {
      shape.message(1, new ProtoMessage().number(1, length));
    }
    ProtoMessage tensor = new ProtoMessage().number(1, type.number()).message(2, shape);
    return new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, tensor));
  }

  /** Adds a constant. */
  String constant(String name, TensorData data) {
    String full = name + "_" + values++;
    constants.put(full, data);
    return full;
  }

  /** An operation with one result. */
  String op(String type, List<String> arguments, Attribute... attributes) {
    return op(type, "", arguments, attributes);
  }

  /** An operation on two values. */
  String op(String type, String one, String other) {
    return op(type, List.of(one, other));
  }

  /** An operation of {@code ai.onnx.ml}. */
  String mlOp(String type, List<String> arguments, Attribute... attributes) {
    return op(type, ML_DOMAIN, arguments, attributes);
  }

  private String op(String type, String domain, List<String> arguments, Attribute... attributes) {
    String result = type + "_" + values++;
    node(type, domain, result, arguments, attributes);
    return result;
  }

  private void node(
      String type, String domain, String result, List<String> arguments, Attribute... attributes) {
    ProtoMessage node = new ProtoMessage();
    arguments.forEach(argument -> node.text(1, argument));
    node.text(2, result).text(3, "make_" + result).text(4, type);
    for (Attribute attribute : attributes) {
      node.message(5, attribute.message());
    }
    if (!domain.isEmpty()) {
      node.text(7, domain);
    }
    nodes.add(node);
  }

  /** Adds a fact about the model. */
  void metadata(String key, String value) {
    metadata.put(key, value);
  }

  /** All inputs. */
  List<OnnxValue> inputs() {
    return List.copyOf(inputValues);
  }

  /** All outputs. */
  List<OnnxValue> outputs() {
    return List.copyOf(outputValues);
  }

  /** Bytes of all constants. */
  long constantBytes() {
    return constants.values().stream().mapToLong(TensorData::bytes).sum();
  }

  /** The model in one message. */
  ProtoMessage model(String producer, String description) {
    return model(producer, description, "");
  }

  /**
   * The model, whose larger constants are in another file.
   *
   * @param weights name of that file, in the same folder; empty for none
   */
  ProtoMessage model(String producer, String description, String weights) {
    ProtoMessage graph = new ProtoMessage();
    nodes.forEach(node -> graph.message(1, node));
    graph.text(2, "kronwood");
    long at = 0;
    for (Map.Entry<String, TensorData> constant : constants.entrySet()) {
      TensorData data = constant.getValue();
      ProtoMessage tensor = new ProtoMessage();
      data.shape().forEach(length -> tensor.number(1, length));
      tensor.number(2, data.type().number()).text(8, constant.getKey());
      if (weights.isEmpty() || data.bytes() < SMALL) {
        tensor.bytes(9, data.bytes(), data.body());
      } else {
        tensor.entry(13, "location", weights);
        tensor.entry(13, "offset", Long.toString(at));
        tensor.entry(13, "length", Long.toString(data.bytes()));
        tensor.number(14, 1);
        at = aligned(at + data.bytes());
      }
      graph.message(5, tensor);
    }
    inputs.forEach(input -> graph.message(11, input));
    outputs.forEach(output -> graph.message(12, output));
    ProtoMessage model =
        new ProtoMessage()
            .number(1, IR_VERSION)
            .text(2, producer)
            .text(6, description)
            .message(7, graph)
            .message(8, new ProtoMessage().text(1, "").number(2, OPSET))
            .message(8, new ProtoMessage().text(1, ML_DOMAIN).number(2, ML_OPSET));
    metadata.forEach((key, value) -> model.entry(14, key, value));
    return model;
  }

  /** Writes the constants that {@link #model(String, String, String)} leaves out. */
  void writeWeights(OutputStream out) throws IOException {
    long at = 0;
    for (TensorData data : constants.values()) {
      if (data.bytes() >= SMALL) {
        data.body().writeTo(out);
        long next = aligned(at + data.bytes());
        out.write(new byte[(int) (next - at - data.bytes())]);
        at = next;
      }
    }
  }

  private static long aligned(long position) {
    return Math.ceilDiv(position, PAGE) * PAGE;
  }
}
