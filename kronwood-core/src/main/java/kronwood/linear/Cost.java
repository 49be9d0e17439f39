package kronwood.linear;

/**
 * Prices for the estimates by which an operator chooses, in multiplications of the fastest loop.
 */
final class Cost {
  /** One number of an indirectly addressed array, in plain Java. */
  static final double INDEXED = 6;

  /** A number of a short vector product or sum, which reads two numbers for each it multiplies. */
  private static final double SHORT = 1.6;

  /** The same where one of the two comes from memory and not from a cache. */
  private static final double FROM_MEMORY = 4;

  /** Numbers of a table that stays in a cache. */
  private static final double CACHED = 1 << 18;

  /** A call of a kernel. */
  private static final double CALL = 25;

  private static final double LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private Cost() {}

  /** One vector product or sum with a row of that length of a table of so many numbers. */
  static double call(double length, double table) {
    return (table > CACHED ? FROM_MEMORY : SHORT) * length + CALL;
  }

  /** Bytes of arrays of doubles, infinite if one is longer than an array can be. */
  static double arrays(double... lengths) {
    double bytes = 0;
    for (double length : lengths) {
      bytes += length > LARGEST_ARRAY ? Double.POSITIVE_INFINITY : 8 * length;
    }
    return bytes;
  }
}
