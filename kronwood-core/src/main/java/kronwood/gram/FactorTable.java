package kronwood.gram;

import java.util.Arrays;
import kronwood.fault.InputException;
import kronwood.math.kernel.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * Coordinates of a table's entities: {@code entities × rank} values, row-major. The inner product
 * of two rows is the entry of the factor's Gram matrix.
 *
 * <p>Memory: 8 · entities · rank bytes; of identities ({@link IdentityMap}) 4 · entities.
 */
public final class FactorTable {
  private final int entities;
  private final int rank;

  /** Null for identities, until somebody wants them written out. */
  private volatile double @Nullable [] coordinates;

  private final @Nullable Identities identities;

  /** Entities that are told apart by their identity. */
  @SuppressWarnings("ArrayRecordComponent") // is not handed out
  private record Identities(int[] reference, IdentityMap map) {
    double coordinate(int entity, int column) {
      int own = reference[entity];
      if (column == 0) {
        return own < 0 ? map.unknown() : map.shared();
      }
      return column == own + 1 ? map.own() : 0;
    }

    double inner(int a, int b) {
      int first = reference[a];
      int second = reference[b];
      double inner =
          (first < 0 ? map.unknown() : map.shared()) * (second < 0 ? map.unknown() : map.shared());
      return first >= 0 && first == second ? inner + map.own() * map.own() : inner;
    }
  }

  private FactorTable(int entities, int rank, double[] coordinates) {
    this.entities = entities;
    this.rank = rank;
    this.coordinates = coordinates;
    this.identities = null;
  }

  private FactorTable(Identities identities) {
    this.entities = identities.reference.length;
    this.rank = identities.map.rank();
    this.coordinates = null;
    this.identities = identities;
  }

  /** Entities as a map has them; the references are not copied. */
  static FactorTable ofIdentities(int[] reference, IdentityMap map) {
    return new FactorTable(new Identities(reference, map));
  }

  /** Whether entities are identities, with one or two coordinates that are not 0. */
  public boolean isOfIdentities() {
    return identities != null;
  }

  /**
   * Which of the training entities an entity is, −1 if none: its own coordinate is one further.
   *
   * @throws IllegalStateException if entities are not identities
   */
  public int reference(int entity) {
    if (identities == null) {
      throw new IllegalStateException("entities are not identities");
    }
    return identities.reference[entity];
  }

  /**
   * A table around {@code coordinates}, which is not copied and must not change afterwards.
   *
   * @throws InputException if the length is not {@code entities · rank} or rank is 0
   */
  public static FactorTable of(int entities, int rank, double[] coordinates) {
    if (rank < 1 || coordinates.length != (long) entities * rank) {
      throw new InputException(
          "coordinates of shape "
              + entities
              + " × "
              + rank
              + " do not fit "
              + coordinates.length
              + " values");
    }
    return new FactorTable(entities, rank, coordinates);
  }

  /** Number of entities. */
  public int entities() {
    return entities;
  }

  /** Coordinates per entity. */
  public int rank() {
    return rank;
  }

  /** Coordinate {@code column} of entity {@code entity}. */
  public double coordinate(int entity, int column) {
    return identities != null
        ? identities.coordinate(entity, column)
        : values()[entity * rank + column];
  }

  /** Inner product of two entities: the entry of the Gram matrix. Cost: rank; of identities 1. */
  public double inner(int a, int b) {
    if (identities != null) {
      return identities.inner(a, b);
    }
    double[] coordinates = values();
    return Kernels.active().dot(coordinates, a * rank, coordinates, b * rank, rank);
  }

  /**
   * What makes the coordinates of identities.
   *
   * @throws IllegalStateException if entities are not identities
   */
  public IdentityMap identityMap() {
    if (identities == null) {
      throw new IllegalStateException("entities are not identities");
    }
    return identities.map;
  }

  /** This table followed by another of the same rank. */
  public FactorTable append(FactorTable other) {
    if (other.rank != rank) {
      throw new InputException(
          "coordinates of rank " + rank + " and " + other.rank + " cannot form one table");
    }
    if (identities != null
        && other.identities != null
        && identities.map.equals(other.identities.map)) {
      int[] references = Arrays.copyOf(identities.reference, entities + other.entities);
      System.arraycopy(other.identities.reference, 0, references, entities, other.entities);
      return ofIdentities(references, identities.map);
    }
    double[] first = values();
    double[] second = other.values();
    double[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return new FactorTable(entities + other.entities, rank, both);
  }

  /**
   * Two rows for each entity: row e its coordinates, row {@code entities + e} a unit vector in
   * further coordinates of its own, one for each of {@code known}; zero of other entities. Rows of
   * the two kinds are orthogonal. Memory: 16 · entities · (rank + known) bytes.
   *
   * @param known entities, distinct
   * @throws InputException if that exceeds the range of an array, or an entity does not exist
   */
  public FactorTable withIdentities(int[] known) {
    int wide = rank + known.length;
    if (2.0 * entities * wide > Integer.MAX_VALUE - 8) {
      throw new InputException(
          entities
              + " entities with "
              + wide
              + " coordinates are too many for structure cartesian, which needs one for each"
              + " training entity");
    }
    double[] coordinates = values();
    double[] both = new double[2 * entities * wide];
    for (int e = 0; e < entities; e++) {
      System.arraycopy(coordinates, e * rank, both, e * wide, rank);
    }
    for (int i = 0; i < known.length; i++) {
      if (known[i] < 0 || known[i] >= entities) {
        throw new InputException("no entity " + known[i] + " among " + entities);
      }
      both[(entities + known[i]) * wide + rank + i] = 1;
    }
    return new FactorTable(2 * entities, wide, both);
  }

  /**
   * The coordinates themselves, not to be changed; row {@code e} starts at {@code e * rank()}.
   * Those of identities are written out for it, 8 · entities · rank bytes.
   *
   * @throws ArithmeticException if identities are too many to be written out
   */
  public double[] values() {
    double[] values = coordinates;
    if (values == null) {
      values = new double[Math.multiplyExact(entities, rank)];
      for (int i = 0; i < values.length; i++) {
        values[i] = coordinate(i / rank, i % rank);
      }
      coordinates = values;
    }
    return values;
  }
}
