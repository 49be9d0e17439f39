package kronwood.io.prediction;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kronwood.data.EntityIds;
import kronwood.data.EntityTuples;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.fault.Remedy;
import kronwood.io.pairs.ModeSpec;
import kronwood.io.pairs.PairsReader;
import kronwood.io.pairs.UnlabelledPairs;
import kronwood.io.table.TableSource;
import kronwood.model.Model;

/**
 * The entities that are ranked, numbered as {@link KnownEntities#ids} lists them.
 *
 * @param entities each once, in the order that decides between equal predictions
 * @param excluded how many were left out because their pair is known
 */
public record RankCandidates(int[] entities, int excluded) {
  public static final String ALL = "all";
  public static final String KNOWN = "known";
  public static final String NEW = "new";

  /** No entity. */
  public static final int NONE = -1;

  /**
   * Collects the candidates.
   *
   * @param fixed which modes are given
   * @param given entity of every given mode, numbered likewise
   * @param wanted one of the above, or a table with a column named like the mode
   * @param exclude tables of tuples to leave out
   * @throws InputException if a table cannot be read or names an entity that is not known
   */
  public static RankCandidates of(
      Model model,
      List<ModeSpec> modes,
      KnownEntities entities,
      GivenEntities fixed,
      int[] given,
      String wanted,
      List<String> exclude) {
    int free = fixed.free();
    EntityIds all = entities.idsOf(free);
    int[] candidates = wanted(model, modes, entities, free, wanted);
    boolean[] leave = new boolean[all.size()];
    boolean listed = !wanted.equals(ALL) && !wanted.equals(KNOWN) && !wanted.equals(NEW);
    int itself = listed || fixed.ranked().size() > 1 ? NONE : itself(model, free, given);
    for (String pairs : exclude) {
      EntityTuples tuples = read("exclude", pairs, modes, entities);
      int[] exchanged = model.form().structure().exchanged(model.tableOfMode());
      int[] same = IntStream.range(0, given.length).toArray();
      for (int i = 0; i < tuples.size(); i++) {
        // A pair is known in either order.
        for (int[] modeOf : List.of(same, exchanged)) {
          if (agrees(tuples, i, modeOf, given, fixed)) {
            leave[tuples.entity(i, modeOf[free])] = true;
          }
        }
      }
    }
    int excluded = 0;
    boolean[] seen = new boolean[all.size()];
    int[] kept = new int[candidates.length];
    int count = 0;
    for (int candidate : candidates) {
      if (!seen[candidate] && candidate != itself) {
        seen[candidate] = true;
        if (leave[candidate]) {
          excluded++;
        } else {
          kept[count++] = candidate;
        }
      }
    }
    return new RankCandidates(Arrays.copyOf(kept, count), excluded);
  }

  /**
   * The candidates before any is left out, numbered as {@link KnownEntities#ids} lists them.
   *
   * @param free the mode that is ranked
   * @param wanted one of the words above, or a table with a column named like the mode
   * @throws InputException if there is no such table, or there are no new entities
   */
  static int[] wanted(
      Model model, List<ModeSpec> modes, KnownEntities entities, int free, String wanted) {
    String table = modes.get(free).table();
    int known = model.table(free).ids().size();
    EntityIds all = entities.idsOf(free);
    return switch (wanted) {
      case ALL -> IntStream.range(0, all.size()).toArray();
      case KNOWN -> IntStream.range(0, known).toArray();
      case NEW ->
          entities
              .newIds(free)
              .orElseThrow(
                  () ->
                      new InputException(
                          "candidates: found 'new', but no new entities of table '%s'"
                              .formatted(table),
                          Facts.ofTable(table).withOption("candidates").with(Remedy.NEW_ENTITIES)))
              .asList()
              .stream()
              .mapToInt(all::indexOf)
              .toArray();
      default -> column(read("candidates", wanted, List.of(modes.get(free)), entities));
    };
  }

  /**
   * The entity that is given where both modes are of one table, as in pairs of partners: it is no
   * candidate for itself. {@link #NONE} elsewhere.
   *
   * @param free the mode that is ranked
   * @param given entity of every other mode
   */
  public static int itself(Model model, int free, int[] given) {
    int[] tableOfMode = model.tableOfMode();
    return given.length == 2 && tableOfMode[0] == tableOfMode[1] ? given[1 - free] : NONE;
  }

  private static boolean agrees(
      EntityTuples tuples, int tuple, int[] modeOf, int[] given, GivenEntities fixed) {
    for (int mode = 0; mode < given.length; mode++) {
      if (fixed.isGiven(mode) && tuples.entity(tuple, modeOf[mode]) != given[mode]) {
        return false;
      }
    }
    return true;
  }

  private static int[] column(EntityTuples tuples) {
    return IntStream.range(0, tuples.size()).map(i -> tuples.entity(i, 0)).toArray();
  }

  /**
   * Entities that a table lists, each once.
   *
   * @param option that names the table, for messages
   * @param mode whose column has their ids
   * @param ids of the entities, by name of the entity table
   * @throws InputException if it cannot be read or names an entity that is not known
   */
  public static int[] listed(
      String option, String table, ModeSpec mode, Map<String, EntityIds> ids) {
    return Arrays.stream(column(read(option, table, List.of(mode), ids))).distinct().toArray();
  }

  private static EntityTuples read(
      String option, String table, List<ModeSpec> modes, KnownEntities entities) {
    return read(option, table, modes, entities.ids());
  }

  /** The tuples of a table that an option names. */
  static EntityTuples read(
      String option, String table, List<ModeSpec> modes, Map<String, EntityIds> ids) {
    try {
      TableSource source = TableSource.parse(table);
      try (UnlabelledPairs rows = PairsReader.readUnlabelled(source, modes, ids)) {
        return rows.tuples();
      }
    } catch (InputException e) {
      throw new InputException(option + ": " + e.getMessage(), e.facts().withOption(option), e);
    }
  }
}
