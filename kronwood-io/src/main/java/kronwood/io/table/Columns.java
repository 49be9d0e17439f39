package kronwood.io.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import kronwood.fault.InputException;
import org.jspecify.annotations.Nullable;

/** Finds columns by the names the user gives. */
public final class Columns {
  private Columns() {}

  /**
   * Position of {@code wanted}: the exact name, else the only one that differs in case, else −1.
   */
  public static int indexOf(List<String> names, String wanted) {
    int exact = names.indexOf(wanted);
    if (exact >= 0) {
      return exact;
    }
    int found = -1;
    for (int c = 0; c < names.size(); c++) {
      if (names.get(c).equalsIgnoreCase(wanted)) {
        if (found >= 0) {
          return -1;
        }
        found = c;
      }
    }
    return found;
  }

  /** {@code , did you mean 'x'?} where a name is close to {@code wanted}, else nothing. */
  static String suggestion(List<String> names, String wanted) {
    @Nullable String closest = ClosestName.of(wanted, names);
    return closest == null ? "" : ", did you mean " + Listing.quoted(closest) + "?";
  }

  /**
   * Position of the id column: {@code id}, else the table's name, else one of the modes that use
   * it, else an unnamed first column as data frames write their index.
   *
   * @throws InputException if there is none
   */
  public static int idColumn(SourceTable table, List<String> candidates) {
    for (String candidate : candidates) {
      int column = table.indexOf(candidate);
      if (column >= 0) {
        return column;
      }
    }
    if (table.names().getFirst().isBlank()) {
      return 0;
    }
    throw new InputException(
        "%s: there is no id column, expected one named %s (columns found: %s)"
            .formatted(
                table.source(),
                candidates.size() == 1
                    ? Listing.quoted(candidates.getFirst())
                    : Listing.of(candidates.subList(0, candidates.size() - 1))
                        + " or "
                        + Listing.quoted(candidates.getLast()),
                Listing.of(table.names())));
  }

  /** Names an id column may have, in order of preference. */
  public static List<String> idCandidates(String tableName, List<String> modeNames) {
    LinkedHashSet<String> candidates = new LinkedHashSet<>();
    candidates.add("id");
    candidates.add(tableName);
    candidates.addAll(modeNames);
    return List.copyOf(candidates);
  }

  /**
   * Positions of the expected columns, in that order.
   *
   * @param what what a column is, for messages
   */
  public static int[] matching(
      SourceTable table, int id, List<String> expected, String what, Consumer<String> warnings) {
    Map<String, Integer> found = new HashMap<>();
    for (int c = 0; c < table.names().size(); c++) {
      if (c != id) {
        found.putIfAbsent(table.names().get(c), c);
      }
    }
    int[] columns = new int[expected.size()];
    List<String> missing = new ArrayList<>();
    for (int c = 0; c < columns.length; c++) {
      Integer position = found.remove(expected.get(c));
      if (position == null) {
        missing.add(expected.get(c));
      } else {
        columns[c] = position;
      }
    }
    if (!missing.isEmpty()) {
      throw new InputException(
          "%s: missing %d of the %s the model was trained with: %s (columns found: %s)"
              .formatted(
                  table.source(),
                  missing.size(),
                  Listing.count(expected.size(), what + " column"),
                  Listing.of(missing),
                  Listing.of(table.names())));
    }
    if (!found.isEmpty()) {
      warnings.accept(
          "%s: ignored %s unknown to the model: %s"
              .formatted(
                  table.source(),
                  Listing.count(found.size(), "column"),
                  Listing.of(found.keySet().stream().sorted().toList())));
    }
    return columns;
  }
}
