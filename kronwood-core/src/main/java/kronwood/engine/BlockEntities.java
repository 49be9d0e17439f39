package kronwood.engine;

import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;

/** The different entities that plain inputs of a block have in one mode. */
sealed interface BlockEntities permits GramEntities, CoordinateEntities, IdentityEntities {

  /** The row that belongs to the entity of the plain input at a position. */
  int row(int position);

  /**
   * Inner products of the block's entities with those of the listed samples, one row of {@code
   * columns} for each entity that occurs among the first {@code taken} positions.
   */
  RealArray innerProducts(
      int[] samples, int taken, int columns, Precision precision, Parallel parallel);
}
