package kronwood.cli.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.fault.InputException;
import kronwood.io.entities.EntitySource;
import kronwood.io.entities.EntitySource.Kind;
import kronwood.io.table.TableSource;
import picocli.CommandLine.Option;

/** The tables of attributes, each given as {@code NAME=TABLE}. */
public final class AttributeOptions {
  @Option(
      names = "--features",
      paramLabel = "NAME[:WEIGHT]=TABLE",
      description = {
        "Entities of table NAME: an id and a column per feature; or columns id, feature, value; or"
            + " images in idx files A,B,… (gzip too), with ids from 0 on."
      })
  private List<String> features = new ArrayList<>();

  @Option(
      names = "--similarity",
      paramLabel = "NAME[:WEIGHT]=TABLE",
      description = {
        "Entities of table NAME: an id and a column per entity with the similarity to it. May be"
            + " given several times, and beside --features: the table's similarities are then the"
            + " sum of all, each scaled to 1 on average for an entity with itself, times WEIGHT"
            + " (default: 1)."
      })
  private List<String> similarity = new ArrayList<>();

  /**
   * The given tables by name, in the order given, features first.
   *
   * @throws InputException if one is not {@code NAME=TABLE}, has a weight that is none, is given
   *     features twice, or its file is missing
   */
  public Map<String, List<EntitySource>> byTable() {
    Map<String, List<EntitySource>> tables = new LinkedHashMap<>();
    add(Kind.FEATURES, features, tables);
    add(Kind.SIMILARITY, similarity, tables);
    return tables;
  }

  /**
   * Checks that labels from idx files come with the entities that they are about, and of idx files
   * that these are as many.
   *
   * @param tables names of the modes' tables
   * @throws InputException if they do not
   */
  void checkGoTogether(TableSource pairs, List<String> tables) {
    Map<String, List<EntitySource>> given = byTable();
    for (String table : tables) {
      if (pairs.numbersItsRows() && !given.containsKey(table)) {
        throw new InputException(
            "--pairs: %s has labels without ids, row i is about entity i of table '%s': give these entities, in the same order, with --features %s=TABLE"
                .formatted(pairs, table, table));
      }
    }
    for (List<EntitySource> sources : given.values()) {
      sources.forEach(attributes -> pairs.checkGoesWith(attributes.source()));
    }
  }

  private static void add(Kind kind, List<String> given, Map<String, List<EntitySource>> tables) {
    for (String text : given) {
      int equals = text.indexOf('=');
      if (equals < 1 || equals == text.length() - 1) {
        throw new InputException(
            "%s: found '%s', expected NAME=TABLE such as left=left.csv"
                .formatted(option(kind), text));
      }
      WeightedName name = WeightedName.of(option(kind), text.substring(0, equals).strip());
      List<EntitySource> earlier = tables.computeIfAbsent(name.name(), _ -> new ArrayList<>());
      for (EntitySource one : earlier) {
        if (kind == Kind.FEATURES) {
          throw new InputException(
              "%s: table '%s' is given twice, as %s and %s"
                  .formatted(option(kind), name.name(), one.source(), text.substring(equals + 1)));
        }
      }
      TableSource source = parse(kind, text.substring(equals + 1).strip());
      earlier.add(new EntitySource(kind, name.weight(), source));
    }
  }

  private static TableSource parse(Kind kind, String source) {
    try {
      return TableSource.parse(source);
    } catch (InputException e) {
      throw new InputException(option(kind) + ": " + e.getMessage(), e);
    }
  }

  private static String option(Kind kind) {
    return "--" + kind.key();
  }
}
