package kronwood.cli.options;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import kronwood.fit.ModelOptions;
import kronwood.loss.Loss;

/**
 * Options by name, as text: what a result depends on. Read off the records themselves, so that an
 * option added to one of them counts from then on.
 */
public final class OptionFacts {
  /** The result does not depend on these. */
  private static final Set<String> WITHOUT_EFFECT = Set.of("threads", "memory");

  private OptionFacts() {}

  public static Map<String, String> of(ModelOptions options) {
    Map<String, String> facts = new LinkedHashMap<>();
    add(options, facts);
    return facts;
  }

  private static void add(Record options, Map<String, String> facts) {
    for (RecordComponent component : options.getClass().getRecordComponents()) {
      if (WITHOUT_EFFECT.contains(component.getName())) {
        continue;
      }
      Object value = value(options, component);
      switch (value) {
        case Loss loss -> facts.put("loss", loss instanceof Record ? "" + loss : loss.key());
        case Record nested -> add(nested, facts);
        case OptionalDouble given ->
            facts.put(
                words(component.getName()),
                given.isPresent() ? Double.toString(given.getAsDouble()) : "auto");
        case null -> facts.put(words(component.getName()), "auto");
        default -> facts.put(words(component.getName()), value.toString());
      }
    }
  }

  private static Object value(Record options, RecordComponent component) {
    try {
      return component.getAccessor().invoke(options);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("option " + component.getName() + " cannot be read", e);
    }
  }

  /** {@code learningRate} as {@code learning rate}. */
  private static String words(String name) {
    StringBuilder words = new StringBuilder();
    for (char c : name.toCharArray()) {
      if (Character.isUpperCase(c)) {
        words.append(' ');
      }
      words.append(Character.toLowerCase(c));
    }
    return words.toString();
  }
}
