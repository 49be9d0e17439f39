package kronwood.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a report comes from.
 *
 * @param model name of the model file, empty if there is none
 * @param command the command that makes the report again, null if a program made it
 * @param seconds time of each phase by its name, in order
 * @param warnings what was warned of
 */
public record Origin(
    String model, @Nullable String command, Map<String, Double> seconds, List<String> warnings) {
  /** Nothing is known. */
  public static final Origin UNKNOWN = new Origin("", null, Map.of(), List.of());

  /** Copies map and list, keeping their order. */
  public Origin {
    seconds = new LinkedHashMap<>(seconds);
    warnings = List.copyOf(warnings);
  }
}
