package kronwood.io.entities;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.fault.InputException;
import kronwood.io.entities.NumericRows.Use;
import kronwood.io.table.Columns;
import kronwood.io.table.DuckDb;
import kronwood.io.table.IdxTables;
import kronwood.io.table.Listing;
import kronwood.io.table.SourceTable;
import kronwood.io.table.TableSource;

/**
 * Reads entity tables of features.
 *
 * <p>In the wide form there is a row per entity: an id column and one column per feature, every
 * cell a finite number ({@code true} and {@code false} count as 1 and 0). In the long form there
 * are exactly the columns id, {@code feature} and {@code value}, and a row per value that is not
 * zero. The id column is called {@code id}, or like the table, or like one of the modes that use
 * the table; ids are text exactly as written.
 *
 * <p>Idx files have a row per entity, whose id is its number from 0.
 */
public final class FeatureReader {
  private FeatureReader() {}

  /**
   * Reads the entities to train with.
   *
   * @param source where the table comes from
   * @param tableName name of the entity table
   * @param modeNames names of the modes that use it
   * @return a table of {@code DenseFeatures}, or of {@code SparseFeatures} from the long form
   * @throws InputException naming file, row and column if the table is not as above, is empty, or
   *     has an id twice
   */
  public static EntityTable read(TableSource source, String tableName, List<String> modeNames) {
    if (source.format() == TableSource.Format.IDX) {
      return IdxTables.features(source, tableName);
    }
    try (DuckDb db = DuckDb.open()) {
      List<String> candidates = Columns.idCandidates(tableName, modeNames);
      SourceTable table = SourceTable.open(db, source, candidates);
      int id = Columns.idColumn(table, candidates);
      if (LongFormReader.isLongForm(table, id)) {
        return LongFormReader.read(db, table, id, tableName);
      }
      int[] columns = featureColumns(table, id);
      NumericRows rows = NumericRows.read(db, table, id, columns, Use.TRAINING);
      List<String> names = new ArrayList<>();
      for (int column : columns) {
        names.add(table.names().get(column));
      }
      return table(tableName, rows, names);
    }
  }

  /**
   * Reads new entities for a trained model. Features are matched by name and put in the model's
   * order; further columns are ignored. In the long form a feature that is not there is zero.
   *
   * @param expectedColumns names of the features the model was trained with
   * @param warnings is told of columns that are ignored
   * @throws InputException as {@link #read} does, and naming the features that are missing
   */
  public static EntityTable readNew(
      TableSource source,
      String tableName,
      List<String> modeNames,
      List<String> expectedColumns,
      Consumer<String> warnings) {
    if (source.format() == TableSource.Format.IDX) {
      return IdxTables.newFeatures(source, tableName, expectedColumns);
    }
    try (DuckDb db = DuckDb.open()) {
      List<String> candidates = Columns.idCandidates(tableName, modeNames);
      SourceTable table = SourceTable.open(db, source, candidates);
      int id = Columns.idColumn(table, candidates);
      if (LongFormReader.isLongForm(table, id)) {
        return LongFormReader.readNew(db, table, id, tableName, expectedColumns, warnings);
      }
      int[] columns = Columns.matching(table, id, expectedColumns, "feature", warnings);
      return table(
          tableName, NumericRows.read(db, table, id, columns, Use.OF_MODEL), expectedColumns);
    }
  }

  private static EntityTable table(String name, NumericRows rows, List<String> columns) {
    return new EntityTable(
        name,
        EntityIds.of(rows.ids()),
        columns,
        DenseFeatures.of(rows.ids().size(), columns.size(), rows.values()));
  }

  static int[] featureColumns(SourceTable table, int id) {
    List<String> names = table.names();
    if (names.size() == 1) {
      throw new InputException(
          "%s: there is only the id column %s, expected features beside it"
              .formatted(table.source(), Listing.quoted(names.getFirst())));
    }
    Map<String, Integer> seen = new HashMap<>();
    int[] columns = new int[names.size() - 1];
    int next = 0;
    for (int c = 0; c < names.size(); c++) {
      Integer earlier = seen.putIfAbsent(names.get(c), c);
      if (earlier != null) {
        throw new InputException(
            "%s: columns %d and %d have the same name %s, rename one of them"
                .formatted(table.source(), earlier + 1, c + 1, Listing.quoted(names.get(c))));
      }
      if (c != id) {
        columns[next++] = c;
      }
    }
    return columns;
  }
}
