package kronwood.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import kronwood.fault.InputException;
import kronwood.io.table.TableSource;
import picocli.CommandLine.Option;

/** The tables of attributes, each given as {@code NAME=TABLE}. */
final class AttributeOptions {
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

  /** What attributes of a table are. */
  enum Kind {
    FEATURES("--features"),
    SIMILARITY("--similarity");

    private final String option;

    Kind(String option) {
      this.option = option;
    }

    /** The option that gives such attributes. */
    String option() {
      return option;
    }
  }

  /**
   * Where attributes of a table come from.
   *
   * @param kind what they are
   * @param weight their weight among those of the table, if it was given
   * @param source where they are
   */
  record Attributes(Kind kind, OptionalDouble weight, TableSource source) {}

  /**
   * The given tables by name, in the order given, features first.
   *
   * @throws InputException if one is not {@code NAME=TABLE}, has a weight that is none, is given
   *     features twice, or its file is missing
   */
  Map<String, List<Attributes>> byTable() {
    Map<String, List<Attributes>> tables = new LinkedHashMap<>();
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
    Map<String, List<Attributes>> given = byTable();
    for (String table : tables) {
      if (pairs.numbersItsRows() && !given.containsKey(table)) {
        throw new InputException(
            "--pairs: %s has labels without ids, row i is about entity i of table '%s': give these entities, in the same order, with --features %s=TABLE"
                .formatted(pairs, table, table));
      }
    }
    for (List<Attributes> sources : given.values()) {
      sources.forEach(attributes -> pairs.checkGoesWith(attributes.source()));
    }
  }

  private static void add(Kind kind, List<String> given, Map<String, List<Attributes>> tables) {
    for (String text : given) {
      int equals = text.indexOf('=');
      if (equals < 1 || equals == text.length() - 1) {
        throw new InputException(
            "%s: found '%s', expected NAME=TABLE such as left=left.csv"
                .formatted(kind.option(), text));
      }
      WeightedName name = WeightedName.of(kind.option(), text.substring(0, equals).strip());
      List<Attributes> earlier = tables.computeIfAbsent(name.name(), _ -> new ArrayList<>());
      for (Attributes one : earlier) {
        if (kind == Kind.FEATURES) {
          throw new InputException(
              "%s: table '%s' is given twice, as %s and %s"
                  .formatted(kind.option(), name.name(), one.source(), text.substring(equals + 1)));
        }
      }
      TableSource source = parse(kind, text.substring(equals + 1).strip());
      earlier.add(new Attributes(kind, name.weight(), source));
    }
  }

  private static TableSource parse(Kind kind, String source) {
    try {
      return TableSource.parse(source);
    } catch (InputException e) {
      throw new InputException(kind.option() + ": " + e.getMessage(), e);
    }
  }
}
