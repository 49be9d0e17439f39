package kronwood.export;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An input or an output of a graph.
 *
 * @param name its name
 * @param type type of its elements: {@code float}, {@code string} or {@code bool}
 * @param columns lengths of its axes after the first, which has a place for each row; none, or one
 */
public record OnnxValue(String name, String type, List<Long> columns) {
  /** Copies the list. */
  public OnnxValue {
    columns = List.copyOf(columns);
  }

  static OnnxValue of(String name, TensorData.Type type, long... columns) {
    return new OnnxValue(
        name, type.name().toLowerCase(Locale.ROOT), Arrays.stream(columns).boxed().toList());
  }

  /** As people write it: {@code left float [N, 3]}. */
  @Override
  public String toString() {
    String shape = columns.stream().map(length -> ", " + length).collect(Collectors.joining());
    return name + " " + type + " [N" + shape + "]";
  }
}
