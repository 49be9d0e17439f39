package kronwood.data;

import java.util.ArrayList;
import java.util.List;
import kronwood.fault.InputException;

/**
 * A named table of entities: ids and what is known of them, row by row in the same order.
 *
 * @param name name for messages and for the model file, such as {@code left} or {@code image}
 * @param ids ids of the entities
 * @param columns names of the attribute columns: feature names, or the ids of the entities that
 *     similarities are given to
 * @param attributes one row per entity
 */
public record EntityTable(String name, EntityIds ids, List<String> columns, Attributes attributes) {

  /**
   * Checks that the parts fit together.
   *
   * @throws InputException if ids and attributes differ in rows, or names and attributes in columns
   */
  public EntityTable {
    columns = List.copyOf(columns);
    if (ids.size() != attributes.entities()) {
      throw new InputException(
          "table '"
              + name
              + "' has "
              + ids.size()
              + " ids but attributes of "
              + attributes.entities()
              + " entities");
    }
    if (columns.size() != attributes.columns()) {
      throw new InputException(
          "table '"
              + name
              + "' has "
              + columns.size()
              + " column names but "
              + attributes.columns()
              + " columns");
    }
  }

  /**
   * A table of features named {@code f1, f2, …}, of similarities among its own entities, or both.
   */
  public static EntityTable of(String name, EntityIds ids, Attributes attributes) {
    return new EntityTable(name, ids, columns(ids, attributes), attributes);
  }

  private static List<String> columns(EntityIds ids, Attributes attributes) {
    return switch (attributes) {
      case Similarities _ -> ids.asList();
      case Features features -> numbered(features.columns());
      case Blocks blocks -> {
        List<String> columns = new ArrayList<>();
        for (Block block : blocks.blocks()) {
          columns.addAll(
              switch (block) {
                case Block.OfFeatures _, Block.OfCells _ -> numbered(block.columns());
                case Block.OfSimilarities _, Block.OfIdentity _ -> ids.asList();
                case Block.OfProfile _ -> List.of();
              });
        }
        yield columns;
      }
    };
  }

  private static List<String> numbered(int columns) {
    List<String> names = new ArrayList<>(columns);
    for (int c = 1; c <= columns; c++) {
      names.add("f" + c);
    }
    return names;
  }

  /** Number of entities. */
  public int size() {
    return ids.size();
  }
}
