package kronwood.gram;

/**
 * What became of a table's attributes.
 *
 * @param rank coordinates per entity
 * @param clipped negative eigenvalues set to zero, because the similarities were not positive
 *     semi-definite
 * @param mostNegative the most negative of them, 0 if none
 * @param clippedShare sum of their absolute values over the sum of all absolute eigenvalues
 */
public record FactorReport(int rank, int clipped, double mostNegative, double clippedShare) {}
