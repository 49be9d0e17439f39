package kronwood.data;

import java.util.ArrayList;
import java.util.List;
import kronwood.fault.InputException;

/**
 * Modes and samples that fit together: every entity index of a sample exists in the table of its
 * mode.
 */
public final class Dataset {
  private final List<Mode> modes;
  private final Samples samples;

  private Dataset(List<Mode> modes, Samples samples) {
    this.modes = modes;
    this.samples = samples;
  }

  /**
   * A data set. Two modes may share a table, by holding the same object.
   *
   * @throws InputException if the number of modes differs from the samples' tuples, two modes have
   *     the same name and different tables, two tables have the same name, or a sample names an
   *     entity that its table does not have
   */
  public static Dataset of(List<Mode> modes, Samples samples) {
    EntityTuples tuples = samples.tuples();
    if (modes.size() != tuples.modes()) {
      throw new InputException(
          modes.size() + " modes but samples of " + tuples.modes() + " entities");
    }
    checkNames(modes);
    for (int i = 0; i < tuples.size(); i++) {
      for (int k = 0; k < modes.size(); k++) {
        EntityTable table = modes.get(k).table();
        if (tuples.entity(i, k) >= table.size()) {
          throw new InputException(
              "sample "
                  + (i + 1)
                  + " names entity "
                  + tuples.entity(i, k)
                  + " of table '"
                  + table.name()
                  + "', which has "
                  + table.size());
        }
      }
    }
    return new Dataset(List.copyOf(modes), samples);
  }

  // Two modes share a table if they hold the same object, not if they hold equal ones.
  @SuppressWarnings("ReferenceEquality")
  private static void checkNames(List<Mode> modes) {
    for (int a = 0; a < modes.size(); a++) {
      for (int b = 0; b < a; b++) {
        Mode first = modes.get(b);
        Mode second = modes.get(a);
        if (first.table() == second.table()) {
          continue;
        }
        if (first.name().equals(second.name())) {
          throw new InputException(
              "two modes are named '" + first.name() + "' but have different tables");
        }
        if (first.table().name().equals(second.table().name())) {
          throw new InputException("two different tables are named '" + first.table().name() + "'");
        }
      }
    }
  }

  /** The modes, in the order of the tuples' entities. */
  public List<Mode> modes() {
    return modes;
  }

  /** The samples. */
  public Samples samples() {
    return samples;
  }

  /** The ids of a sample's entities, {@code D24 × P16}; empty if there is no such sample. */
  public String name(int sample) {
    if (sample < 0 || sample >= samples.size()) {
      return "";
    }
    StringBuilder name = new StringBuilder();
    for (int k = 0; k < modes.size(); k++) {
      name.append(k == 0 ? "" : " × ");
      name.append(modes.get(k).table().ids().id(samples.tuples().entity(sample, k)));
    }
    return name.toString();
  }

  /** The distinct tables, in order of first use. */
  public List<EntityTable> tables() {
    List<EntityTable> tables = new ArrayList<>();
    for (Mode mode : modes) {
      if (indexOf(tables, mode.table()) < 0) {
        tables.add(mode.table());
      }
    }
    return List.copyOf(tables);
  }

  // Two modes share a table if they hold the same object, not if they hold equal ones.
  @SuppressWarnings("ReferenceEquality")
  private static int indexOf(List<EntityTable> tables, EntityTable wanted) {
    for (int t = 0; t < tables.size(); t++) {
      if (tables.get(t) == wanted) {
        return t;
      }
    }
    return -1;
  }

  /** For each mode the position of its table in {@link #tables()}. */
  public int[] tableOfMode() {
    List<EntityTable> tables = tables();
    int[] positions = new int[modes.size()];
    for (int k = 0; k < positions.length; k++) {
      positions[k] = indexOf(tables, modes.get(k).table());
    }
    return positions;
  }
}
