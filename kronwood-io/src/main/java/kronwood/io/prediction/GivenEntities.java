package kronwood.io.prediction;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import kronwood.fault.InputException;
import kronwood.model.Model;

/**
 * What {@code --given} says: an entity of every mode but one. Modes of the same name are one here,
 * as they are in a table of pairs: they have the same entity.
 *
 * @param ids id by position of the mode, empty where it is ranked
 * @param ranked positions of the mode whose entities are ranked; several if the model multiplies it
 *     with itself
 */
public record GivenEntities(List<String> ids, List<Integer> ranked) {
  /** The first position of the mode whose entities are ranked. */
  public int free() {
    return ranked.getFirst();
  }

  /** Whether an id is given for a mode. */
  public boolean isGiven(int mode) {
    return !ranked.contains(mode);
  }

  /**
   * Reads {@code MODE=ID}.
   *
   * @throws InputException if one is no such text, a mode is unknown, given twice, or there are not
   *     all modes but one
   */
  public static GivenEntities parse(Model model, List<String> given) {
    List<String> modes = model.modeNames();
    List<String> names = modes.stream().distinct().toList();
    String[] ids = new String[names.size()];
    Arrays.fill(ids, "");
    for (String text : given) {
      int name = named(names, text);
      if (!ids[name].isEmpty()) {
        throw InputException.ofOption(
            "given",
            "mode '%s' is given twice, as '%s' and '%s'"
                .formatted(names.get(name), ids[name], text.substring(text.indexOf('=') + 1)));
      }
      ids[name] = text.substring(names.get(name).length() + 1);
    }
    List<String> free = names.stream().filter(n -> ids[names.indexOf(n)].isEmpty()).toList();
    if (free.size() != 1) {
      throw InputException.ofOption(
          "given",
          names.size() == 1
              ? ("the model multiplies mode '%s' with itself, so that there is nothing to"
                      + " rank for: leave it out to rank the entities themselves")
                  .formatted(names.getFirst())
              : "found %d of the modes %s, expected all but the one to rank"
                  .formatted(names.size() - free.size(), String.join(", ", names)));
    }
    return new GivenEntities(
        modes.stream().map(mode -> ids[names.indexOf(mode)]).toList(),
        IntStream.range(0, modes.size())
            .filter(mode -> modes.get(mode).equals(free.getFirst()))
            .boxed()
            .toList());
  }

  private static int named(List<String> names, String text) {
    for (int name = 0; name < names.size(); name++) {
      String start = names.get(name) + "=";
      if (text.startsWith(start) && text.length() > start.length()) {
        return name;
      }
    }
    throw InputException.ofOption(
        "given",
        "found '%s', expected MODE=ID where MODE is one of %s"
            .formatted(text, String.join(", ", names)));
  }
}
