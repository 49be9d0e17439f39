package kronwood.gram;

import java.util.Arrays;
import kronwood.fault.InputException;
import kronwood.math.Kernels;

/**
 * Coordinates of a table's entities: {@code entities × rank} values, row-major. The inner product
 * of two rows is the entry of the factor's Gram matrix.
 *
 * <p>Memory: 8 · entities · rank bytes.
 */
public final class FactorTable {
  private final int entities;
  private final int rank;
  private final double[] coordinates;

  private FactorTable(int entities, int rank, double[] coordinates) {
    this.entities = entities;
    this.rank = rank;
    this.coordinates = coordinates;
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
    return coordinates[entity * rank + column];
  }

  /** Inner product of two entities: the entry of the Gram matrix. Cost: rank. */
  public double inner(int a, int b) {
    return Kernels.active().dot(coordinates, a * rank, coordinates, b * rank, rank);
  }

  /** This table followed by another of the same rank. */
  public FactorTable append(FactorTable other) {
    if (other.rank != rank) {
      throw new InputException(
          "coordinates of rank " + rank + " and " + other.rank + " cannot form one table");
    }
    double[] both = Arrays.copyOf(coordinates, coordinates.length + other.coordinates.length);
    System.arraycopy(other.coordinates, 0, both, coordinates.length, other.coordinates.length);
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

  /** The coordinates themselves, not to be changed; row {@code e} starts at {@code e * rank()}. */
  public double[] values() {
    return coordinates;
  }
}
