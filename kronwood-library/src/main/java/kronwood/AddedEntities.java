package kronwood;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.io.entities.EntitySource;
import kronwood.io.table.TableSource;

/**
 * Entities that a model is to know besides those it was trained on. Immutable.
 *
 * @param given for each table its sources, features first
 * @param described for each table, for each id, a value of each column
 */
record AddedEntities(
    Map<String, List<EntitySource>> given, Map<String, Map<String, Map<String, ?>>> described) {
  static final AddedEntities NONE = new AddedEntities(Map.of(), Map.of());

  /**
   * These, and those of a source.
   *
   * @throws InputException if the features of the table are given already
   */
  AddedEntities with(String table, EntitySource source) {
    Map<String, List<EntitySource>> all = new LinkedHashMap<>(given);
    all.put(table, joined(all.getOrDefault(table, List.of()), table, source));
    return new AddedEntities(all, described);
  }

  /** These, and one that is described by its columns. */
  AddedEntities with(String table, String id, Map<String, ?> columns) {
    Map<String, Map<String, ?>> ofTable =
        new LinkedHashMap<>(described.getOrDefault(table, Map.of()));
    ofTable.put(id, Map.copyOf(columns));
    Map<String, Map<String, Map<String, ?>>> all = new LinkedHashMap<>(described);
    all.put(table, ofTable);
    return new AddedEntities(given, all);
  }

  /**
   * For each table its sources; the entities that are described are one more.
   *
   * @throws InputException if one lacks a column that another has, or the features of its table are
   *     given by a source too
   */
  Map<String, List<EntitySource>> sources() {
    Map<String, List<EntitySource>> all = new LinkedHashMap<>(given);
    described.forEach(
        (table, rows) ->
            all.put(
                table,
                joined(
                    all.getOrDefault(table, List.of()),
                    table,
                    EntitySource.features(rows(table, rows)))));
    return all;
  }

  /** The sources with one more; features come first. */
  private static List<EntitySource> joined(
      List<EntitySource> of, String table, EntitySource source) {
    List<EntitySource> all = new ArrayList<>(of);
    if (source.kind() == EntitySource.Kind.SIMILARITY) {
      all.add(source);
    } else if (of.stream().anyMatch(one -> one.kind() == EntitySource.Kind.FEATURES)) {
      throw InputException.ofOption(
          "features", "new entities of table '" + table + "' are given twice");
    } else {
      all.addFirst(source);
    }
    return List.copyOf(all);
  }

  /** A table with a row for each entity, whose columns are those of all of them. */
  private static TableSource rows(String table, Map<String, Map<String, ?>> entities) {
    TreeSet<String> columns = new TreeSet<>();
    entities.values().forEach(entity -> columns.addAll(entity.keySet()));
    List<String> names = new ArrayList<>(List.of("id"));
    names.addAll(columns);
    List<List<Object>> rows = new ArrayList<>();
    entities.forEach(
        (id, entity) -> {
          List<Object> row = new ArrayList<>(List.of(id));
          for (String column : columns) {
            Object value = entity.get(column);
            if (value == null) {
              throw new InputException(
                  "new entity '%s' of table '%s' has no column '%s'".formatted(id, table, column),
                  Facts.ofTable(table).inColumn(column));
            }
            row.add(value instanceof Number number ? (Object) number.doubleValue() : value);
          }
          rows.add(row);
        });
    return TableSource.ofRows(names, rows);
  }
}
