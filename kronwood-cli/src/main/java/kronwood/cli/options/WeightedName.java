package kronwood.cli.options;

import java.util.OptionalDouble;
import kronwood.fault.InputException;

/**
 * {@code NAME} or {@code NAME:WEIGHT}.
 *
 * @param name the name
 * @param weight the weight, if there is one
 */
record WeightedName(String name, OptionalDouble weight) {
  /**
   * Parses. What follows the last colon is the weight if it is a number, else part of the name.
   *
   * @param option for messages
   * @throws InputException if the weight is not above 0
   */
  static WeightedName of(String option, String text) {
    int colon = text.lastIndexOf(':');
    if (colon > 0) {
      try {
        double weight = Double.parseDouble(text.substring(colon + 1));
        return new WeightedName(
            text.substring(0, colon).strip(), OptionalDouble.of(checked(option, text, weight)));
      } catch (NumberFormatException e) {
        return new WeightedName(text, OptionalDouble.empty());
      }
    }
    return new WeightedName(text, OptionalDouble.empty());
  }

  static double checked(String option, String text, double weight) {
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw new InputException(
          "%s: found '%s' with weight %s, expected a weight > 0".formatted(option, text, weight));
    }
    return weight;
  }
}
