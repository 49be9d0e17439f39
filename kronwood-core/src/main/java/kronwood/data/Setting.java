package kronwood.data;

import java.util.List;
import kronwood.fault.InputException;

/**
 * What is new about the entities of test samples: in which modes they occur in no training sample.
 *
 * <p>For pairs the usual names are A (both entities may have been seen), B (the left one is new), C
 * (the right one is), D (both are). The settings were named so by T. Pahikkala et al., "Toward more
 * realistic drug–target interaction predictions", Briefings in Bioinformatics 16 (2015).
 *
 * @param name name for people and files, such as {@code B}
 * @param newModes positions of the modes whose entities are new, increasing; empty: pairs are
 *     divided at random
 */
public record Setting(String name, List<Integer> newModes) {
  /** Pairs are divided at random. */
  public static final Setting A = new Setting("A", List.of());

  /** New left entities. */
  public static final Setting B = new Setting("B", List.of(0));

  /** New right entities. */
  public static final Setting C = new Setting("C", List.of(1));

  /** New left and new right entities. */
  public static final Setting D = new Setting("D", List.of(0, 1));

  /**
   * Sorts the modes.
   *
   * @throws InputException if a mode is negative or given twice
   */
  public Setting {
    newModes = newModes.stream().sorted().toList();
    if (newModes.stream().distinct().count() != newModes.size()
        || newModes.stream().anyMatch(mode -> mode < 0)) {
      throw new InputException("modes " + newModes + " of setting " + name);
    }
  }

  /** Whether test samples are divided from training samples pair by pair, not by their entities. */
  public boolean isRandom() {
    return newModes.isEmpty();
  }

  /** Whether entities of mode {@code mode} are new. */
  public boolean isNew(int mode) {
    return newModes.contains(mode);
  }
}
