package kronwood.tune;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import kronwood.fault.InputException;

/** The parts of a tuned model. */
public enum TunedParts {
  /** A network and a linear model, each with the best factor. */
  BOTH,
  /** The network alone. */
  NETWORK,
  /** The linear model alone, to compare the network with. */
  LINEAR;

  /** Name on the command line. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The parts of that name.
   *
   * @throws InputException naming those there are, if there are none
   */
  public static TunedParts of(String key) {
    for (TunedParts parts : values()) {
      if (parts.key().equals(key)) {
        return parts;
      }
    }
    throw new InputException(
        "found '"
            + key
            + "', expected one of "
            + Arrays.stream(values()).map(TunedParts::key).collect(Collectors.joining(", ")));
  }
}
