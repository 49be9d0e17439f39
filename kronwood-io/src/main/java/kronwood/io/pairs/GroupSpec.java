package kronwood.io.pairs;

import java.util.List;
import kronwood.data.fold.Grouping;
import kronwood.fault.InputException;
import kronwood.io.table.Listing;

/**
 * A column of the pairs table whose equal values are never divided between training and test rows.
 *
 * @param mode position of the mode whose entities it groups, or {@link Grouping#SAMPLES}
 * @param column name of the column
 */
public record GroupSpec(int mode, String column) {

  /**
   * Parses {@code COLUMN}, which groups rows, or {@code MODE=COLUMN}, which groups the entities of
   * a mode.
   *
   * @throws InputException if there is no such mode or a part is empty
   */
  public static GroupSpec parse(String text, List<ModeSpec> modes) {
    int equals = text.indexOf('=');
    String column = text.substring(equals + 1).strip();
    if (column.isEmpty()) {
      throw new InputException("group: found '" + text + "', expected COLUMN or MODE=COLUMN");
    }
    if (equals < 0) {
      return new GroupSpec(Grouping.SAMPLES, column);
    }
    List<String> names = modes.stream().map(ModeSpec::column).toList();
    int mode = names.indexOf(text.substring(0, equals).strip());
    if (mode < 0) {
      throw new InputException(
          "group: found '%s', but there is no mode %s (modes: %s)"
              .formatted(
                  text, Listing.quoted(text.substring(0, equals).strip()), Listing.of(names)));
    }
    return new GroupSpec(mode, column);
  }
}
