package kronwood.model;

import java.util.ArrayList;
import java.util.List;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.gram.FactorFit;
import kronwood.gram.FactorMap;
import kronwood.gram.FactorTable;
import kronwood.gram.SimilarityMap;

/**
 * The entities of one table as a model knows them.
 *
 * @param name name of the table
 * @param ids the known entities
 * @param columns names of the attribute columns that a new entity must bring, in the order of
 *     {@code map}: feature names, or the ids of the entities that similarities are given to
 * @param map takes a new entity's attributes to coordinates
 * @param coordinates known entities × rank, row-major; not copied
 */
public record ModelTable(
    String name, EntityIds ids, List<String> columns, FactorMap map, float[] coordinates) {

  /**
   * Checks that the parts fit together.
   *
   * @throws IllegalArgumentException if not; the message names the table and both sizes
   */
  public ModelTable {
    columns = List.copyOf(columns);
    if (columns.size() != map.columns()) {
      throw new IllegalArgumentException(
          "table '"
              + name
              + "' has "
              + columns.size()
              + " column names, its map "
              + map.columns()
              + " columns");
    }
    if (coordinates.length != (long) ids.size() * map.rank()) {
      throw new IllegalArgumentException(
          "table '"
              + name
              + "' has coordinates of length "
              + coordinates.length
              + ", expected "
              + ids.size()
              + " × "
              + map.rank());
    }
  }

  /** Whether new entities are given by similarities rather than by features. */
  public boolean takesSimilarities() {
    return map instanceof SimilarityMap;
  }

  static ModelTable of(EntityTable table, FactorFit fit) {
    List<String> columns = table.columns();
    if (fit.map() instanceof SimilarityMap) {
      columns = new ArrayList<>();
      for (int entity : fit.trainingEntities()) {
        columns.add(table.ids().id(entity));
      }
    }
    FactorTable factors = fit.table();
    float[] coordinates = new float[Math.multiplyExact(factors.entities(), factors.rank())];
    for (int e = 0; e < factors.entities(); e++) {
      for (int c = 0; c < factors.rank(); c++) {
        coordinates[e * factors.rank() + c] = (float) factors.coordinate(e, c);
      }
    }
    return new ModelTable(table.name(), table.ids(), columns, fit.map(), coordinates);
  }

  FactorTable factors() {
    double[] values = new double[coordinates.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = coordinates[i];
    }
    return FactorTable.of(ids.size(), map.rank(), values);
  }
}
