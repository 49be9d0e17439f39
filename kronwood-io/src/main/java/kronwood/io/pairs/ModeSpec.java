package kronwood.io.pairs;

import java.util.ArrayList;
import java.util.List;
import kronwood.fault.InputException;

/**
 * One mode as the user names it: the column of the pairs table that holds the ids, and the entity
 * table these ids belong to.
 *
 * @param column column of the pairs table; also the name of the mode
 * @param table name of the entity table
 */
public record ModeSpec(String column, String table) {
  /**
   * Checks that both names are there.
   *
   * @throws InputException if one is empty
   */
  public ModeSpec {
    if (column.isEmpty() || table.isEmpty()) {
      throw new InputException(
          "mode '" + column + ":" + table + "' is incomplete, expected COLUMN or COLUMN:TABLE");
    }
  }

  /**
   * Parses a comma-separated list of modes, each {@code COLUMN} (its table has the same name) or
   * {@code COLUMN:TABLE}: {@code left,right}, {@code image,image}, {@code left:image,right:image}.
   *
   * @throws InputException if the list or one of its parts is empty, or a column is given two
   *     tables
   */
  public static List<ModeSpec> parseAll(String text) {
    List<ModeSpec> modes = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String mode = part.strip();
      int colon = mode.indexOf(':');
      if (mode.isEmpty()) {
        throw new InputException(
            "modes '" + text + "' have an empty part, expected a list like left,right");
      }
      ModeSpec spec =
          colon < 0
              ? new ModeSpec(mode, mode)
              : new ModeSpec(mode.substring(0, colon).strip(), mode.substring(colon + 1).strip());
      for (ModeSpec earlier : modes) {
        if (earlier.column.equals(spec.column) && !earlier.table.equals(spec.table)) {
          throw new InputException(
              "modes '%s' give column '%s' two tables, '%s' and '%s'"
                  .formatted(text, spec.column, earlier.table, spec.table));
        }
      }
      modes.add(spec);
    }
    return List.copyOf(modes);
  }
}
