package kronwood.gram;

import java.util.Arrays;
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
   * @throws IllegalArgumentException if the length is not {@code entities · rank} or rank is 0
   */
  public static FactorTable of(int entities, int rank, double[] coordinates) {
    if (rank < 1 || coordinates.length != (long) entities * rank) {
      throw new IllegalArgumentException(
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
      throw new IllegalArgumentException(
          "coordinates of rank " + rank + " and " + other.rank + " cannot form one table");
    }
    double[] both = Arrays.copyOf(coordinates, coordinates.length + other.coordinates.length);
    System.arraycopy(other.coordinates, 0, both, coordinates.length, other.coordinates.length);
    return new FactorTable(entities + other.entities, rank, both);
  }

  /** The coordinates themselves, not to be changed; row {@code e} starts at {@code e * rank()}. */
  double[] values() {
    return coordinates;
  }
}
