package kronwood.io.pairs;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import kronwood.data.EntityIds;
import kronwood.data.EntityTuples;
import kronwood.data.fold.Grouping;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.fault.Remedy;
import kronwood.io.table.DuckDb;
import kronwood.io.table.Listing;
import kronwood.io.table.NaturalTable;
import kronwood.io.table.RowReader;
import kronwood.io.table.SourceTable;
import kronwood.io.table.TableSource;
import org.jspecify.annotations.Nullable;

/** A loaded pairs table with its modes: the entity tuples of its rows. */
public final class PairsTable {
  /** Name of the table in DuckDB, which predicates may use. */
  static final String NAME = "pairs";

  private final DuckDb db;
  private final NaturalTable table;
  private final List<ModeSpec> modes;
  private final int[] columns;

  private PairsTable(DuckDb db, NaturalTable table, List<ModeSpec> modes, int[] columns) {
    this.db = db;
    this.table = table;
    this.modes = modes;
    this.columns = columns;
  }

  /**
   * Loads a source.
   *
   * @throws InputException if it cannot be read, has no rows, or a mode's column is missing
   */
  static PairsTable load(DuckDb db, TableSource source, List<ModeSpec> modes) {
    List<String> idColumns =
        List.copyOf(new LinkedHashSet<>(modes.stream().map(ModeSpec::column).toList()));
    SourceTable opened = SourceTable.open(db, source, idColumns);
    int[] columns = new int[modes.size()];
    for (int k = 0; k < columns.length; k++) {
      columns[k] = opened.indexOf(modes.get(k).column());
      if (columns[k] < 0) {
        throw opened.missing(
            "the column of mode",
            modes.get(k).column(),
            Facts.of(Remedy.NAME_THE_MODES).inMode(modes.get(k).column(), modes.get(k).table()));
      }
    }
    return new PairsTable(db, NaturalTable.load(db, opened, idColumns, NAME), modes, columns);
  }

  public DuckDb db() {
    return db;
  }

  public NaturalTable table() {
    return table;
  }

  /** Number of rows. */
  int rows() {
    return table.rows();
  }

  /**
   * Position of a column.
   *
   * @throws InputException if there is none of that name
   */
  int column(String what, String name) {
    int column = table.indexOf(name);
    if (column < 0) {
      throw table.source().missing(what, name);
    }
    return column;
  }

  /** Runs {@code SELECT expressions} over the rows, in the order of the table. */
  void forEachRow(String expressions, RowReader reader) {
    try {
      table.forEachRow(db, expressions, reader);
    } catch (SQLException e) {
      throw table.source().unreadable(e);
    }
  }

  /**
   * The entity tuples of some rows.
   *
   * @param rows the rows, counted from 1, increasing
   * @param known ids of each mode's table, by its name
   * @throws InputException naming file, row, column and table of an id that is missing or unknown
   */
  EntityTuples tuples(int[] rows, Map<String, EntityIds> known) {
    int k = modes.size();
    EntityIds[] ids = new EntityIds[k];
    StringBuilder select = new StringBuilder();
    for (int mode = 0; mode < k; mode++) {
      ids[mode] = known(known, modes.get(mode));
      select.append(mode == 0 ? "" : ", ").append(table.column(columns[mode]));
    }
    int[] entities = new int[Math.multiplyExact(rows.length, k)];
    UnknownIds unknown = new UnknownIds(table.source(), modes, ids);
    int[] next = {0};
    forEachRow(
        select.toString(),
        (row, result) -> {
          int i = next[0];
          if (i == rows.length || rows[i] != row) {
            return;
          }
          next[0]++;
          for (int mode = 0; mode < k; mode++) {
            @Nullable String id = result.getString(mode + 1);
            int entity = id == null ? -1 : ids[mode].indexOf(id);
            if (entity < 0) {
              unknown.add(row, mode, id);
            } else {
              entities[i * k + mode] = entity;
            }
          }
        });
    unknown.throwIfAny();
    return EntityTuples.of(k, entities);
  }

  /**
   * The ids in all columns whose modes take their entities from a table, in the order they occur.
   *
   * @throws InputException naming file, row and column of an id that is missing
   */
  EntityIds idsOf(String entityTable) {
    LinkedHashSet<String> ids = new LinkedHashSet<>();
    List<Integer> positions = new ArrayList<>();
    StringBuilder select = new StringBuilder();
    for (int mode = 0; mode < modes.size(); mode++) {
      if (modes.get(mode).table().equals(entityTable)) {
        select.append(positions.isEmpty() ? "" : ", ").append(table.column(columns[mode]));
        positions.add(mode);
      }
    }
    forEachRow(
        select.toString(),
        (row, result) -> {
          for (int i = 0; i < positions.size(); i++) {
            @Nullable String id = result.getString(i + 1);
            if (id == null || id.isEmpty()) {
              throw table
                  .source()
                  .at(
                      row,
                      modes.get(positions.get(i)).column(),
                      "the id is empty, expected that of an entity");
            }
            ids.add(id);
          }
        });
    return EntityIds.of(List.copyOf(ids));
  }

  /**
   * Groups of some rows: a number per distinct value of the column, {@link Grouping#NONE} where it
   * is empty.
   *
   * @param rows the rows, counted from 1, increasing
   * @throws InputException if there is no such column
   */
  int[] groups(GroupSpec group, int[] rows) {
    int column = column("the column of groups", group.column());
    Map<String, Integer> numbers = new HashMap<>();
    int[] groups = new int[rows.length];
    int[] next = {0};
    forEachRow(
        "CAST(" + table.column(column) + " AS VARCHAR)",
        (row, result) -> {
          int i = next[0];
          if (i == rows.length || rows[i] != row) {
            return;
          }
          next[0]++;
          @Nullable String value = result.getString(1);
          groups[i] =
              value == null || value.isEmpty()
                  ? Grouping.NONE
                  : numbers.computeIfAbsent(value, text -> numbers.size());
        });
    return groups;
  }

  private static EntityIds known(Map<String, EntityIds> known, ModeSpec mode) {
    EntityIds ids = known.get(mode.table());
    if (ids == null) {
      List<String> tables = new ArrayList<>(known.keySet());
      tables.sort(null);
      throw new InputException(
          "mode %s needs the entity table %s, which is not there (tables: %s)"
              .formatted(
                  Listing.quoted(mode.column()), Listing.quoted(mode.table()), Listing.of(tables)));
    }
    return ids;
  }

  /** The entities of tuple {@code tuple} in words: {@code left 'a', right 'b'}. */
  static String words(
      List<ModeSpec> modes, Map<String, EntityIds> known, EntityTuples tuples, int tuple) {
    StringBuilder words = new StringBuilder();
    for (int mode = 0; mode < modes.size(); mode++) {
      ModeSpec spec = modes.get(mode);
      words.append(mode == 0 ? "" : ", ").append(spec.column()).append(' ');
      words.append(Listing.quoted(known(known, spec).id(tuples.entity(tuple, mode))));
    }
    return words.toString();
  }
}
