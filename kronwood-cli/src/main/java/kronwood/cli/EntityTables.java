package kronwood.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.cli.AttributeOptions.Attributes;
import kronwood.data.EntityTable;
import kronwood.io.FeatureReader;
import kronwood.io.InputException;
import kronwood.io.ModeSpec;
import kronwood.io.SimilarityReader;

/** Reads the tables that the modes of a training name. */
final class EntityTables {
  private EntityTables() {}

  /**
   * Reads each table once, however many modes use it.
   *
   * @throws InputException if a table is given that no mode uses, a mode's table is not given, or
   *     one cannot be read
   */
  static Map<String, EntityTable> read(List<ModeSpec> modes, Map<String, Attributes> given) {
    checkNames(modes, given);
    Map<String, EntityTable> tables = new LinkedHashMap<>();
    given.forEach((name, attributes) -> tables.put(name, read(name, attributes, modes)));
    return tables;
  }

  private static void checkNames(List<ModeSpec> modes, Map<String, Attributes> given) {
    List<String> used = modes.stream().map(ModeSpec::table).distinct().toList();
    for (Map.Entry<String, Attributes> table : given.entrySet()) {
      if (!used.contains(table.getKey())) {
        throw new InputException(
            "%s: there is no mode with table '%s', --modes names %s"
                .formatted(
                    table.getValue().kind().option(), table.getKey(), String.join(", ", used)));
      }
    }
    for (String name : used) {
      if (!given.containsKey(name)) {
        throw new InputException(
            "--modes: nothing is known of the entities of '%s', give --features %s=TABLE or"
                    .formatted(name, name)
                + " --similarity %s=TABLE".formatted(name));
      }
    }
  }

  private static EntityTable read(String name, Attributes attributes, List<ModeSpec> modes) {
    List<String> columns = columns(name, modes);
    return switch (attributes.kind()) {
      case FEATURES -> FeatureReader.read(attributes.source(), name, columns);
      case SIMILARITY -> SimilarityReader.read(attributes.source(), name, columns);
    };
  }

  /** Names of the modes that use a table: what its id column may be called. */
  static List<String> columns(String table, List<ModeSpec> modes) {
    return modes.stream()
        .filter(mode -> mode.table().equals(table))
        .map(ModeSpec::column)
        .distinct()
        .toList();
  }
}
