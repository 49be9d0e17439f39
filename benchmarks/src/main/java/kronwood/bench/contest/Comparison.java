package kronwood.bench.contest;

import java.util.List;
import java.util.function.Function;

/**
 * Contestants to be run side by side.
 *
 * @param name case and problem
 * @param question what the comparison is to answer, for the heading
 * @param contestants at least two, the first of which the others are put in relation to
 * @param table the table to print
 * @param remarks lines below the table, made from what was measured; throws {@link
 *     DifferentAnswersException} if counted work contradicts a proven bound
 */
public record Comparison(
    String name,
    String question,
    List<? extends Contestant> contestants,
    Function<List<Measured>, Table> table,
    Function<List<Measured>, List<String>> remarks) {

  public Comparison {
    contestants = List.copyOf(contestants);
    if (contestants.size() < 2) {
      throw new IllegalArgumentException("nothing to compare in '" + name + "'");
    }
  }

  /** A comparison with the ordinary table. */
  public Comparison(
      String name,
      String question,
      List<? extends Contestant> contestants,
      Function<List<Measured>, List<String>> remarks) {
    this(name, question, contestants, Table::of, remarks);
  }
}
