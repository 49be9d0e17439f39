package kronwood.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.io.InputException;
import kronwood.io.TableSource;
import picocli.CommandLine.Option;

/** The tables of attributes, each given as {@code NAME=TABLE}. */
final class AttributeOptions {
  @Option(
      names = "--features",
      paramLabel = "NAME=TABLE",
      description = {
        "Entities of table NAME: an id and a column per feature; or columns id, feature, value."
      })
  private List<String> features = new ArrayList<>();

  @Option(
      names = "--similarity",
      paramLabel = "NAME=TABLE",
      description = {
        "Entities of table NAME: an id and a column per entity with the similarity to it."
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
   * Where the attributes of a table come from.
   *
   * @param kind what they are
   * @param source where they are
   */
  record Attributes(Kind kind, TableSource source) {}

  /**
   * The given tables by name, in the order given, features first.
   *
   * @throws InputException if one is not {@code NAME=TABLE}, is named twice, or its file is missing
   */
  Map<String, Attributes> byTable() {
    Map<String, Attributes> tables = new LinkedHashMap<>();
    add(Kind.FEATURES, features, tables);
    add(Kind.SIMILARITY, similarity, tables);
    return tables;
  }

  private static void add(Kind kind, List<String> given, Map<String, Attributes> tables) {
    for (String text : given) {
      int equals = text.indexOf('=');
      if (equals < 1 || equals == text.length() - 1) {
        throw new InputException(
            "%s: found '%s', expected NAME=TABLE such as left=left.csv"
                .formatted(kind.option(), text));
      }
      String name = text.substring(0, equals).strip();
      Attributes earlier = tables.get(name);
      if (earlier != null) {
        throw new InputException(
            "%s: table '%s' is given twice, as %s and %s"
                .formatted(kind.option(), name, earlier.source(), text.substring(equals + 1)));
      }
      tables.put(name, new Attributes(kind, parse(kind, text.substring(equals + 1).strip())));
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
