package kronwood.io.pairs;

import java.util.List;
import java.util.Map;
import kronwood.data.EntityTable;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.fault.Remedy;
import kronwood.io.table.TableSource;

/**
 * What {@link PairsReader#read} needs to turn a pairs table into a data set.
 *
 * @param source the pairs table
 * @param modes modes in the order of the entity tuples
 * @param tables entity tables by name, at least those that {@code modes} name
 * @param target what is to be learned
 * @param split which rows are used for what
 */
public record PairsRequest(
    TableSource source,
    List<ModeSpec> modes,
    Map<String, EntityTable> tables,
    TargetSpec target,
    SplitSpec split) {

  /**
   * Checks that every mode has a table.
   *
   * @throws InputException if there is no mode or a mode's table is missing
   */
  public PairsRequest {
    modes = List.copyOf(modes);
    tables = Map.copyOf(tables);
    if (modes.isEmpty()) {
      throw new InputException("no mode was named, expected a list like left,right");
    }
    for (ModeSpec mode : modes) {
      if (!tables.containsKey(mode.table())) {
        throw new InputException(
            "mode '%s' has no entity table '%s' (tables given: %s)"
                .formatted(
                    mode.column(),
                    mode.table(),
                    tables.isEmpty()
                        ? "none"
                        : String.join(", ", tables.keySet().stream().sorted().toList())),
            Facts.of(Remedy.ENTITY_TABLE).inMode(mode.column(), mode.table()));
      }
    }
  }
}
