package kronwood.data;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How columns are to be made into features: the name of an encoder and its options, such as {@code
 * sequence} with {@code k} and {@code alphabet}.
 *
 * @param type name of the encoder
 * @param options values by name; what is not there has its default
 */
public record Encoding(String type, Map<String, String> options) {
  /** Copies the options, in the order of their names. */
  public Encoding {
    options = Collections.unmodifiableMap(new TreeMap<>(options));
  }

  /** As it is written on a command line: {@code sequence,alphabet=dna,k=6}. */
  @Override
  public String toString() {
    return type
        + options.entrySet().stream()
            .map(option -> "," + option.getKey() + "=" + option.getValue())
            .collect(Collectors.joining());
  }
}
