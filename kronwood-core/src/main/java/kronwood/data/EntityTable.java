package kronwood.data;

import java.util.ArrayList;
import java.util.List;

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
   * @throws IllegalArgumentException if ids and attributes differ in rows, or names and attributes
   *     in columns
   */
  public EntityTable {
    columns = List.copyOf(columns);
    if (ids.size() != attributes.entities()) {
      throw new IllegalArgumentException(
          "table '"
              + name
              + "' has "
              + ids.size()
              + " ids but attributes of "
              + attributes.entities()
              + " entities");
    }
    if (columns.size() != attributes.columns()) {
      throw new IllegalArgumentException(
          "table '"
              + name
              + "' has "
              + columns.size()
              + " column names but "
              + attributes.columns()
              + " columns");
    }
  }

  /** A table of features named {@code f1, f2, …}, or of similarities among its own entities. */
  public static EntityTable of(String name, EntityIds ids, Attributes attributes) {
    return switch (attributes) {
      case Similarities similarities -> new EntityTable(name, ids, ids.asList(), similarities);
      case Features features -> {
        List<String> columns = new ArrayList<>(features.columns());
        for (int c = 1; c <= features.columns(); c++) {
          columns.add("f" + c);
        }
        yield new EntityTable(name, ids, columns, features);
      }
    };
  }

  /** Number of entities. */
  public int size() {
    return ids.size();
  }
}
