package kronwood.model;

import java.util.BitSet;
import java.util.List;
import kronwood.data.EntityTuples;

/**
 * Which entities of a model occur in its training samples.
 *
 * <p>Cost: a bit for each entity. Immutable, thread-safe.
 */
public final class KnownEntitySets {
  private final int[] tableOfMode;
  private final List<BitSet> seen;

  private KnownEntitySets(int[] tableOfMode, List<BitSet> seen) {
    this.tableOfMode = tableOfMode;
    this.seen = seen;
  }

  /** Of a model; nothing is known of a table whose training entities it does not say. */
  public static KnownEntitySets of(Model model) {
    return new KnownEntitySets(
        model.tableOfMode(), model.tables().stream().map(KnownEntitySets::seen).toList());
  }

  private static BitSet seen(ModelTable table) {
    BitSet seen = new BitSet(table.ids().size());
    int[] training = table.training();
    for (int entity : training == null ? new int[0] : training) {
      seen.set(entity);
    }
    return seen;
  }

  /** Whether an entity of a mode occurs in no training sample. */
  public boolean isNew(int mode, int entity) {
    return !seen.get(tableOfMode[mode]).get(entity);
  }

  /**
   * The modes of a tuple whose entities are new, as {@link SettingWeights#newModes} has them.
   *
   * @param tuples entities as the model numbers them, beyond these are new ones
   * @param tuple which of them
   */
  public int newModes(EntityTuples tuples, int tuple) {
    int fresh = 0;
    for (int mode = 0; mode < tableOfMode.length; mode++) {
      fresh |= bit(mode, tuples.entity(tuple, mode));
    }
    return fresh;
  }

  /**
   * Name of a setting: of pairs A (none new), B (the left one), C (the right one), D (both); else
   * the names of the new modes.
   *
   * @param newModes as {@link SettingWeights#newModes}
   */
  public static String name(int newModes, List<String> modeNames) {
    if (modeNames.size() == 2) {
      return "ABCD".substring(newModes, newModes + 1);
    }
    StringBuilder fresh = new StringBuilder();
    for (int mode = 0; mode < modeNames.size(); mode++) {
      if ((newModes >> mode & 1) == 1) {
        fresh.append(fresh.isEmpty() ? "new " : "+").append(modeNames.get(mode));
      }
    }
    return fresh.isEmpty() ? "none new" : fresh.toString();
  }

  /** {@code 1 << mode} if an entity of the mode is new, else 0. */
  int bit(int mode, int entity) {
    return isNew(mode, entity) ? 1 << mode : 0;
  }
}
