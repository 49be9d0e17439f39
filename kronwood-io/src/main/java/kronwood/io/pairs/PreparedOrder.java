package kronwood.io.pairs;

import java.util.ArrayList;
import java.util.List;

/**
 * The order of prepared pairs, as a query: by part, then by a hash of the entities' numbers, then
 * by the entities themselves, targets and weight. Pairs that follow one another so have entities
 * that are as mixed as those of the whole table, and the order of the table's rows does not matter.
 *
 * <p>The hash is made of multiplications and shifts of numbers below 2³², so that every version of
 * the database gives the same (a mixer as in C. Wellons, "Prospecting for hash functions", 2018).
 */
final class PreparedOrder {
  private static final int ROUNDS = 2;
  private static final String MASK = "4294967295";

  /** Below 2²⁷, so that a product is below 2⁵⁹. */
  private static final String FACTOR = "73244475";

  private static final String OFFSET = "2654435769";

  private PreparedOrder() {}

  /**
   * The query in that order.
   *
   * @param query gives the column {@code p}, columns of numbers {@code n0, n1, …} and others
   * @param modes how many numbers there are
   * @param columns names of the columns wanted, with commas between them
   * @param values names of the columns that decide between pairs of the same entities
   */
  static String of(String columns, String query, int modes, List<String> values) {
    String hashed = "SELECT *, CAST(0 AS BIGINT) AS h FROM (" + query + ")";
    for (int k = 0; k < modes; k++) {
      hashed = step(hashed, "xor((h + " + OFFSET + ") & " + MASK + ", CAST(n" + k + " AS BIGINT))");
      for (int round = 0; round < ROUNDS; round++) {
        hashed = step(hashed, "(xor(h, h >> 16) * " + FACTOR + ") & " + MASK);
      }
      hashed = step(hashed, "xor(h, h >> 16)");
    }
    List<String> by = new ArrayList<>(List.of("p", "h"));
    for (int k = 0; k < modes; k++) {
      by.add("n" + k);
    }
    by.addAll(values);
    return "SELECT " + columns + " FROM (" + hashed + ") ORDER BY " + String.join(", ", by);
  }

  private static String step(String query, String hash) {
    return "SELECT * REPLACE (" + hash + " AS h) FROM (" + query + ")";
  }
}
