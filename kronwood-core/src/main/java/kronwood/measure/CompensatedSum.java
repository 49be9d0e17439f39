package kronwood.measure;

/**
 * A sum whose rounding error does not grow with the number of terms.
 *
 * <p>The low-order part lost by each addition is kept in a second number. Error of the result:
 * about 2⁻⁵³·|Σ x| + n²·2⁻¹⁰⁶·Σ |x|. Cost: a few additions a term.
 *
 * <p>Source: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen",
 * ZAMM 54 (1974).
 */
final class CompensatedSum {
  private double sum;
  private double lost;

  void add(double term) {
    double next = sum + term;
    // The smaller operand is the one whose low digits were rounded away.
    lost += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
    sum = next;
  }

  double value() {
    // After overflow the lost part is ∞ − ∞; the sum alone is then the right, infinite, answer.
    return Double.isInfinite(sum) ? sum : sum + lost;
  }

  /** Σ x. */
  static double of(double[] terms) {
    CompensatedSum sum = new CompensatedSum();
    for (double term : terms) {
      sum.add(term);
    }
    return sum.value();
  }
}
