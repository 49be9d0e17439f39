package kronwood.cli.options;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import kronwood.fault.InputException;
import kronwood.state.Representation;
import kronwood.state.StateLayout;

/**
 * The value of {@code --plan}: {@code MODE=REPRESENTATION} for each mode, with commas between, or
 * {@code whole=REPRESENTATION}.
 *
 * <p>Modes of the same name are told apart by their order: in {@code image=VALUE,image=COEFFICIENT}
 * the first part is for the first of them. A mode that is itself named {@code whole} is meant by
 * that name; its inputs cannot be taken as one then.
 */
final class ForcedPlan {
  private ForcedPlan() {}

  /**
   * Parses the option.
   *
   * @param modes names of the modes
   * @throws InputException if a part is malformed, names an unknown mode or representation, or a
   *     mode is missing or named too often
   */
  static StateLayout parse(String text, List<String> modes) {
    boolean wholeIsMode = modes.contains(StateLayout.WHOLE);
    Representation[] representations = new Representation[modes.size()];
    String[] parts = text.split(",", -1);
    for (String part : parts) {
      int equals = part.lastIndexOf('=');
      if (equals < 0) {
        throw bad("found '%s', expected MODE=REPRESENTATION, such as %s", text, example(modes));
      }
      String mode = part.substring(0, equals).strip();
      Representation representation = representation(mode, part.substring(equals + 1).strip());
      if (mode.equals(StateLayout.WHOLE) && !wholeIsMode) {
        return whole(representation, parts.length, modes);
      }
      representations[position(mode, modes, representations)] = representation;
    }
    List<String> missing = new ArrayList<>();
    for (int k = 0; k < representations.length; k++) {
      if (representations[k] == null) {
        missing.add("'" + modes.get(k) + "'");
      }
    }
    if (!missing.isEmpty()) {
      throw bad(
          "nothing is said of mode %s, expected all modes, such as %s",
          String.join(" and ", missing), example(modes));
    }
    return new StateLayout(false, List.of(representations));
  }

  private static StateLayout whole(Representation representation, int parts, List<String> modes) {
    if (parts > 1) {
      throw bad("'whole' takes all modes as one, so nothing else can be named");
    }
    // With a single mode, the whole is that mode.
    return new StateLayout(modes.size() > 1, List.of(representation));
  }

  /** The first mode of that name of which nothing was said yet. */
  private static int position(String name, List<String> modes, Representation[] taken) {
    if (!modes.contains(name)) {
      throw bad(
          "unknown mode '%s', expected %s, or whole for all modes as one",
          name, modes.stream().distinct().collect(Collectors.joining(" and ")));
    }
    for (int k = 0; k < modes.size(); k++) {
      if (modes.get(k).equals(name) && taken[k] == null) {
        return k;
      }
    }
    throw bad("mode '%s' is named too often, expected %s", name, example(modes));
  }

  private static Representation representation(String mode, String name) {
    for (Representation representation : Representation.values()) {
      if (representation.name().equals(name.toUpperCase(Locale.ROOT))) {
        return representation;
      }
    }
    throw bad(
        "unknown representation '%s' for '%s', expected one of %s",
        name,
        mode,
        Arrays.stream(Representation.values())
            .map(Representation::name)
            .collect(Collectors.joining(", ")));
  }

  private static String example(List<String> modes) {
    return modes.stream().map(mode -> mode + "=VALUE").collect(Collectors.joining(","));
  }

  private static InputException bad(String message, Object... values) {
    return new InputException("--plan: " + String.format(Locale.ROOT, message, values));
  }
}
