package kronwood.fit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import kronwood.data.Dataset;
import kronwood.data.Split;
import kronwood.math.kernel.Kernels;
import kronwood.train.TrainingOptions;

/**
 * Identifies a training: the version, the data and every option that the result depends on.
 *
 * <p>Options are taken from the components of their records, so that a new one counts without being
 * listed here.
 */
final class CheckpointFacts {
  static final String VERSION = "kronwood";
  static final String DATA = "data";

  /**
   * Of these the result does not depend, or, as of engine and layout, by way of the plan, or, as of
   * epochs, a longer training begins as a shorter one.
   */
  private static final Set<String> FREE = Set.of("epochs", "threads", "engine", "layout");

  private CheckpointFacts() {}

  static Map<String, String> of(Dataset data, Split split, ModelOptions options) {
    return of(DataDigest.of(data, split), options);
  }

  /**
   * The same.
   *
   * @param digest of the data
   */
  static Map<String, String> of(String digest, ModelOptions options) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(VERSION, ProvenanceRecorder.version());
    facts.put(DATA, digest);
    facts.put("structure", options.structure().key());
    facts.put("loss", options.loss().key());
    put(facts, options.loss().key() + " ", (Record) options.loss());
    put(facts, "", options.gram());
    put(facts, "", options.network());
    put(facts, "", options.training());
    put(facts, "", options.training().engine());
    return facts;
  }

  /** What may change the rounding of sums. */
  static Map<String, String> surroundings() {
    Map<String, String> surroundings = new LinkedHashMap<>();
    surroundings.put("Java", Runtime.version().toString());
    surroundings.put("kernels", Kernels.active().description());
    return surroundings;
  }

  private static void put(Map<String, String> facts, String prefix, Record options) {
    for (RecordComponent component : options.getClass().getRecordComponents()) {
      if (!FREE.contains(component.getName())) {
        facts.put(
            prefix + words(component.getName()),
            text(component.getName(), value(component, options)));
      }
    }
  }

  private static Object value(RecordComponent component, Record options) {
    try {
      return component.getAccessor().invoke(options);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("options are public records", e);
    }
  }

  /** As it is given on the command line. */
  private static String text(String name, Object value) {
    if (name.equals("batch") && value.equals(TrainingOptions.AUTO_BATCH)) {
      return "auto";
    }
    if (name.equals("averaging") && value.equals(TrainingOptions.NO_AVERAGING)) {
      return "none";
    }
    if (value instanceof OptionalDouble number) {
      return number.isPresent() ? Double.toString(number.getAsDouble()) : "auto";
    }
    return String.valueOf(value);
  }

  /** {@code learningRate} as {@code learning rate}. */
  private static String words(String name) {
    return name.replaceAll("(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
