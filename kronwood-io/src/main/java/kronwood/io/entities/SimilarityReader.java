package kronwood.io.entities;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.Similarities;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.fault.Remedy;
import kronwood.io.entities.NumericRows.Use;
import kronwood.io.table.Columns;
import kronwood.io.table.DuckDb;
import kronwood.io.table.Listing;
import kronwood.io.table.SourceTable;
import kronwood.io.table.TableSource;

/**
 * Reads entity tables of similarities: an id column, and a column per entity named by its id.
 *
 * <p>The id column is called {@code id}, or like the table, or like one of the modes that use the
 * table; ids are text exactly as written.
 */
public final class SimilarityReader {
  private SimilarityReader() {}

  /**
   * Reads a square matrix, a row and a column per entity. Rows may come in any order; entities are
   * numbered in the order of the columns.
   *
   * @param source where the table comes from
   * @param tableName name of the entity table
   * @param modeNames names of the modes that use it
   * @param symmetrise whether to average the matrix S with its transpose however far it is from
   *     symmetric; if not, only where {@code ‖S − Sᵀ‖ / ‖S + Sᵀ‖} is at most 5 %
   * @param warnings is told if a matrix that is not symmetric was averaged
   * @throws InputException if the matrix is not square, its rows and columns do not have the same
   *     ids, a cell is not a finite number, or it is too far from symmetric
   */
  public static EntityTable read(
      TableSource source,
      String tableName,
      List<String> modeNames,
      boolean symmetrise,
      Consumer<String> warnings) {
    try (DuckDb db = DuckDb.open()) {
      List<String> candidates = Columns.idCandidates(tableName, modeNames);
      SourceTable table = SourceTable.open(db, source, candidates);
      int id = idColumn(table, candidates);
      List<String> names = new ArrayList<>();
      int[] columns = new int[table.names().size() - 1];
      for (int c = 0; c < table.names().size(); c++) {
        if (c != id) {
          columns[names.size()] = c;
          names.add(table.names().get(c));
        }
      }
      Map<String, Integer> position = positions(table, names);
      NumericRows rows = NumericRows.read(db, table, id, columns, Use.TRAINING);
      checkIds(table, rows.ids(), names, position);
      float[] values = inColumnOrder(rows, position, names.size());
      return new EntityTable(
          tableName,
          EntityIds.of(names),
          names,
          symmetric(table, names, values, symmetrise, warnings));
    }
  }

  /**
   * Reads the similarities of new entities to those a model knows: a row per new entity, columns
   * matched by name; further columns are ignored.
   *
   * @param referenceIds ids of the known entities, in the model's order
   * @param warnings is told of columns that are ignored
   * @return a table whose columns are {@code referenceIds}
   * @throws InputException if a column is missing or a cell is not a finite number
   */
  public static EntityTable readNew(
      TableSource source,
      String tableName,
      List<String> modeNames,
      List<String> referenceIds,
      Consumer<String> warnings) {
    try (DuckDb db = DuckDb.open()) {
      List<String> candidates = Columns.idCandidates(tableName, modeNames);
      SourceTable table = SourceTable.open(db, source, candidates);
      int id = idColumn(table, candidates);
      int[] columns = Columns.matching(table, id, referenceIds, "similarity", warnings);
      NumericRows rows = NumericRows.read(db, table, id, columns, Use.OF_MODEL);
      return new EntityTable(
          tableName,
          EntityIds.of(rows.ids()),
          referenceIds,
          Similarities.to(columns.length, rows.ids().size(), rows.values()));
    }
  }

  /**
   * The first column if it is unnamed or has one of the names: an entity may be called {@code id}
   * or the like.
   */
  private static int idColumn(SourceTable table, List<String> candidates) {
    String first = table.names().getFirst();
    int id =
        first.isBlank() || Columns.indexOf(candidates, first) >= 0
            ? 0
            : Columns.idColumn(table, candidates);
    if (table.names().size() == 1) {
      throw new InputException(
          "%s: there is only the id column %s, expected a column per entity beside it"
              .formatted(table.source(), Listing.quoted(first)));
    }
    return id;
  }

  private static Map<String, Integer> positions(SourceTable table, List<String> names) {
    Map<String, Integer> position = new HashMap<>();
    for (int c = 0; c < names.size(); c++) {
      if (names.get(c).isEmpty()) {
        throw new InputException(
            "%s: a column after %s has no name, expected the id of an entity"
                .formatted(table.source(), Listing.quoted(c == 0 ? "the id" : names.get(c - 1))));
      }
      Integer earlier = position.putIfAbsent(names.get(c), c);
      if (earlier != null) {
        throw new InputException(
            "%s: the id %s is used by two columns, the similarities number %d and %d"
                .formatted(table.source(), Listing.quoted(names.get(c)), earlier + 1, c + 1));
      }
    }
    return position;
  }

  private static void checkIds(
      SourceTable table, List<String> rows, List<String> columns, Map<String, Integer> position) {
    List<String> rowsOnly = rows.stream().filter(id -> !position.containsKey(id)).toList();
    Map<String, Integer> rowPosition = new HashMap<>();
    for (String id : rows) {
      rowPosition.put(id, rowPosition.size());
    }
    List<String> columnsOnly = columns.stream().filter(id -> !rowPosition.containsKey(id)).toList();
    if (rowsOnly.isEmpty() && columnsOnly.isEmpty()) {
      return;
    }
    Facts facts = Facts.inFile(table.source().toString());
    StringBuilder message = new StringBuilder(table.source() + ": ");
    message.append(
        rows.size() == columns.size()
            ? "the ids of rows and columns do not match"
            : "the matrix is not square");
    message.append(", found ").append(Listing.count(rows.size(), "row"));
    message.append(" and ").append(Listing.count(columns.size(), "column"));
    message.append(" of similarities, expected the same ids in both");
    if (!rowsOnly.isEmpty()) {
      message.append("; ").append(Listing.count(rowsOnly.size(), "id")).append(" only in rows: ");
      message.append(Listing.of(rowsOnly));
    }
    if (!columnsOnly.isEmpty()) {
      message.append("; ").append(Listing.count(columnsOnly.size(), "id"));
      message.append(" only in columns: ").append(Listing.of(columnsOnly));
    }
    if (rowsOnly.size() == rows.size()) {
      message.append("; if these are features, they are no similarities");
      facts = facts.with(Remedy.AS_FEATURES);
    }
    throw new InputException(message.toString(), facts);
  }

  private static float[] inColumnOrder(
      NumericRows rows, Map<String, Integer> position, int columns) {
    float[] values = new float[rows.values().length];
    for (int r = 0; r < rows.ids().size(); r++) {
      int to = position.getOrDefault(rows.ids().get(r), -1);
      System.arraycopy(rows.values(), r * columns, values, to * columns, columns);
    }
    return values;
  }

  private static Similarities symmetric(
      SourceTable table,
      List<String> ids,
      float[] values,
      boolean symmetrise,
      Consumer<String> warnings) {
    Asymmetry asymmetry = Asymmetry.of(ids.size(), values);
    if (asymmetry.pairs() == 0) {
      return Similarities.square(ids.size(), values);
    }
    if (!symmetrise && asymmetry.share() > Asymmetry.AVERAGED) {
      throw new InputException(
          "%s: the matrix is not symmetric: %s. Correct it, or average it with its transpose"
              .formatted(table.source(), asymmetry.describe(ids, values)),
          Facts.inFile(table.source().toString()).with(Remedy.SYMMETRISE));
    }
    warnings.accept(
        "%s: the matrix is not symmetric and was averaged with its transpose: %s"
            .formatted(table.source(), asymmetry.describe(ids, values)));
    return Similarities.averaged(ids.size(), values);
  }
}
