package kronwood.encode;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kronwood.fault.InputException;

/**
 * All that a fitted encoder knows, in a form that a model file can hold.
 *
 * @param type name of the {@link EncoderType}
 * @param settings options as they were applied, by name
 * @param terms names of what it looks for, such as words
 * @param numbers what was estimated; not copied
 */
public record EncoderState(
    String type, Map<String, String> settings, List<String> terms, double[] numbers) {
  /** Copies all but the numbers. */
  public EncoderState {
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    terms = List.copyOf(terms);
  }

  /**
   * A setting that must be there.
   *
   * @throws InputException if it is not
   */
  public String setting(String name) {
    String value = settings.get(name);
    if (value == null) {
      throw new InputException("encoder '" + type + "' has no setting '" + name + "'");
    }
    return value;
  }

  /**
   * A setting that must be a whole number.
   *
   * @throws InputException if it is not
   */
  public int whole(String name) {
    try {
      return Integer.parseInt(setting(name));
    } catch (NumberFormatException e) {
      throw new InputException(
          "encoder '" + type + "': setting " + name + " is '" + setting(name) + "'", e);
    }
  }
}
