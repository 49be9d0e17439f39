package kronwood.io.entities;

import java.util.OptionalDouble;
import kronwood.io.table.TableSource;

/**
 * Where attributes of a table of entities come from.
 *
 * @param kind what they are
 * @param weight their weight among those of the table, if it was given
 * @param source where they are
 */
public record EntitySource(Kind kind, OptionalDouble weight, TableSource source) {

  /** What attributes of a table are. */
  public enum Kind {
    /** A column for each feature. */
    FEATURES("features"),
    /** A column for each entity that the others are compared with. */
    SIMILARITY("similarity");

    private final String key;

    Kind(String key) {
      this.key = key;
    }

    /** Name as options have it. */
    public String key() {
      return key;
    }
  }

  /** Features of weight 1. */
  public static EntitySource features(TableSource source) {
    return new EntitySource(Kind.FEATURES, OptionalDouble.empty(), source);
  }

  /** Similarities of weight 1. */
  public static EntitySource similarity(TableSource source) {
    return new EntitySource(Kind.SIMILARITY, OptionalDouble.empty(), source);
  }
}
