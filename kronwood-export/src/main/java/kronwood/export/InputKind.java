package kronwood.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import kronwood.fault.InputException;

/** What an exported graph takes of an entity. */
public enum InputKind {
  /** The id of an entity that the model knows. */
  IDS,
  /** The columns that the model's table has: features, similarities. */
  ATTRIBUTES,
  /** The coordinates that {@code kronwood encode} writes, the constant one among them. */
  COORDINATES;

  /** Name on the command line. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The kind of that name.
   *
   * @throws InputException if there is none; the message lists them
   */
  public static InputKind of(String key) {
    for (InputKind kind : values()) {
      if (kind.key().equals(key)) {
        return kind;
      }
    }
    throw new InputException(
        "found '%s', expected %s"
            .formatted(
                key,
                Arrays.stream(values()).map(InputKind::key).collect(Collectors.joining(", "))));
  }

  /**
   * Reads {@code ids}, which is then the kind for all modes, or {@code left=attributes,right=ids}.
   *
   * @param modes names of the modes
   * @return a kind for each mode
   * @throws InputException if a kind or a mode does not exist, or a mode is left out
   */
  public static List<InputKind> ofModes(String text, List<String> modes) {
    if (text.indexOf('=') < 0) {
      return Collections.nCopies(modes.size(), of(text.strip()));
    }
    Map<String, InputKind> kinds = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      int equals = part.lastIndexOf('=');
      String mode = equals < 0 ? part : part.substring(0, equals).strip();
      if (equals < 0 || !modes.contains(mode)) {
        throw new InputException(
            "found '%s', expected MODE=KIND, where MODE is one of %s"
                .formatted(part, String.join(", ", modes)));
      }
      kinds.put(mode, of(part.substring(equals + 1).strip()));
    }
    List<InputKind> all = new ArrayList<>();
    for (String mode : modes) {
      InputKind kind = kinds.get(mode);
      if (kind == null) {
        throw new InputException("does not say what is taken of mode '%s'".formatted(mode));
      }
      all.add(kind);
    }
    return all;
  }
}
