package kronwood.io.pairs;

import java.util.List;
import kronwood.data.EntityIds;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.fault.Remedy;
import kronwood.io.table.ClosestName;
import kronwood.io.table.Listing;
import kronwood.io.table.SourceTable;
import org.jspecify.annotations.Nullable;

/** Collects ids of a pairs table that no entity has, to report the first and how many there are. */
final class UnknownIds {
  private final SourceTable source;
  private final List<ModeSpec> modes;
  private final EntityIds[] ids;
  private int firstRow;
  private int firstMode;
  private @Nullable String firstId;
  private int lastRow;
  private int rows;

  UnknownIds(SourceTable source, List<ModeSpec> modes, EntityIds[] ids) {
    this.source = source;
    this.modes = modes;
    this.ids = ids;
  }

  /** Row {@code row} has the id {@code id} in mode {@code mode}, null where the cell is empty. */
  void add(int row, int mode, @Nullable String id) {
    if (rows == 0) {
      firstRow = row;
      firstMode = mode;
      firstId = id;
    }
    if (row != lastRow) {
      rows++;
      lastRow = row;
    }
  }

  /**
   * Reports.
   *
   * @throws InputException if there was one
   */
  void throwIfAny() {
    if (rows == 0) {
      return;
    }
    ModeSpec mode = modes.get(firstMode);
    String total =
        rows == 1 ? "no other row has an unknown id" : rows + " rows have an unknown or empty id";
    if (firstId == null || firstId.isEmpty()) {
      throw source.at(
          firstRow,
          mode.column(),
          "the id is empty, expected one of table "
              + Listing.quoted(mode.table())
              + "; "
              + total.replace("no other row has an unknown id", "no other row has an empty id"));
    }
    EntityIds known = ids[firstMode];
    @Nullable String closest = ClosestName.of(firstId, known.asList());
    throw source.at(
        firstRow,
        mode.column(),
        "the id %s is not in table %s, which has %s%s; %s"
            .formatted(
                Listing.quoted(firstId),
                Listing.quoted(mode.table()),
                known.size() == 1 ? "1 entity" : known.size() + " entities",
                closest == null ? "" : " (closest: " + Listing.quoted(closest) + ")",
                total),
        Facts.of(Remedy.NEW_ENTITIES)
            .inMode(mode.column(), mode.table())
            .found(firstId, "an id of table " + mode.table()));
  }
}
