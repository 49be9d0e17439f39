package kronwood.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kronwood.io.InputException;
import kronwood.model.Model;

/**
 * What {@code --given} says: an entity of every mode but one.
 *
 * @param ids id by mode, empty for the free mode
 * @param free the mode whose entities are ranked
 */
record GivenEntities(List<String> ids, int free) {
  /**
   * Reads {@code MODE=ID}.
   *
   * @throws InputException if one is no such text, a mode is unknown, given twice, or there are not
   *     all modes but one
   */
  static GivenEntities parse(Model model, List<String> given) {
    List<String> names = model.modeNames();
    checkDistinct(names, "--given");
    String[] ids = new String[names.size()];
    Arrays.fill(ids, "");
    for (String text : given) {
      int mode = mode(names, text);
      if (!ids[mode].isEmpty()) {
        throw new InputException(
            "--given: mode '%s' is given twice, as '%s' and '%s'"
                .formatted(names.get(mode), ids[mode], text.substring(text.indexOf('=') + 1)));
      }
      ids[mode] = text.substring(names.get(mode).length() + 1);
    }
    List<Integer> free = new ArrayList<>();
    for (int mode = 0; mode < ids.length; mode++) {
      if (ids[mode].isEmpty()) {
        free.add(mode);
      }
    }
    if (free.size() != 1) {
      throw new InputException(
          "--given: found %d of the modes %s, expected all but the one to rank"
              .formatted(names.size() - free.size(), String.join(", ", names)));
    }
    return new GivenEntities(List.of(ids), free.getFirst());
  }

  /**
   * Checks that no mode occurs twice.
   *
   * @throws InputException if one does: its entities cannot vary by themselves
   */
  static void checkDistinct(List<String> names, String option) {
    for (String name : names) {
      if (names.indexOf(name) != names.lastIndexOf(name)) {
        throw new InputException(
            "%s: the model multiplies mode '%s' with itself, so there is nothing to combine it with"
                .formatted(option, name));
      }
    }
  }

  private static int mode(List<String> names, String text) {
    for (int mode = 0; mode < names.size(); mode++) {
      String start = names.get(mode) + "=";
      if (text.startsWith(start) && text.length() > start.length()) {
        return mode;
      }
    }
    throw new InputException(
        "--given: found '%s', expected MODE=ID where MODE is one of %s"
            .formatted(text, String.join(", ", names)));
  }
}
