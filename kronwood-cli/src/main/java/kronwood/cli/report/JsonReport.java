package kronwood.cli.report;

import java.io.PrintStream;
import java.util.Map;
import kronwood.measure.MetricReport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One JSON object for machines, on one line.
 *
 * <p>Keys are never renamed or removed, others may be added. A number that is not finite is {@code
 * null}, as JSON has no other word for it.
 */
public final class JsonReport {
  private static final JsonMapper MAPPER = new JsonMapper();

  private JsonReport() {}

  /** An empty object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** An empty array. */
  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /** An array of texts. */
  public static ArrayNode texts(Iterable<String> values) {
    ArrayNode array = array();
    values.forEach(array::add);
    return array;
  }

  /** Prints {@code object} and a line end. */
  public static void print(ObjectNode object, PrintStream out) {
    out.println(MAPPER.writeValueAsString(object));
  }

  static void put(ObjectNode object, String key, double value) {
    if (Double.isFinite(value)) {
      object.put(key, value);
    } else {
      object.putNull(key);
    }
  }

  /** Metrics of one part by key; empty if there are none. */
  public static ObjectNode metrics(@Nullable MetricReport report) {
    ObjectNode object = object();
    if (report != null) {
      report.values().forEach((metric, value) -> put(object, metric.key(), value));
    }
    return object;
  }

  /** Metrics as provenance keeps them. */
  public static ObjectNode metrics(Map<String, Double> values) {
    ObjectNode object = object();
    values.forEach((key, value) -> put(object, key, value));
    return object;
  }
}
