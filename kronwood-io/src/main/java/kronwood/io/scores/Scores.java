package kronwood.io.scores;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Predictions as the columns of a table, a row per sample. */
public final class Scores {
  /** A column of the output. */
  sealed interface Column {
    /** Name of the column. */
    String name();

    /** Number {@code column} of {@code columns} interleaved ones. */
    record Numbers(String name, double[] values, int column, int columns) implements Column {
      double value(int row) {
        return values[row * columns + column];
      }
    }

    /** Places in a ranking, from 1. */
    record Places(String name, int[] values) implements Column {}

    /** The name of the class with the largest probability, the first one if several have it. */
    record LikeliestClass(String name, List<String> classes, double[] probabilities)
        implements Column {
      String value(int row) {
        int best = 0;
        int from = row * classes.size();
        for (int c = 1; c < classes.size(); c++) {
          best = probabilities[from + c] > probabilities[from + best] ? c : best;
        }
        return classes.get(best);
      }
    }
  }

  private final int rows;
  private final List<Column> columns;

  private Scores(int rows, List<Column> columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * Predicted numbers: a column {@code score}, or with several targets a column named like each.
   *
   * @param targets names of the targets
   * @param values prediction of target {@code c} for row {@code i} at {@code i * targets.size() +
   *     c}; not copied
   */
  public static Scores real(List<String> targets, double[] values) {
    int rows = rows(targets.size(), values);
    return new Scores(rows, numbers(targets.size() == 1 ? List.of("score") : targets, values));
  }

  /** Columns of the given names; {@code values} as in {@link #real}. */
  public static Scores columns(List<String> names, double[] values) {
    return new Scores(rows(names.size(), values), numbers(names, values));
  }

  /** A column of places in a ranking, then one of what they are ranked by; not copied. */
  public static Scores ranked(String place, int[] places, String label, double[] values) {
    if (places.length != values.length) {
      throw new IllegalArgumentException(places.length + " places of " + values.length + " rows");
    }
    List<Column> columns = new ArrayList<>();
    columns.add(new Column.Places(place, places));
    columns.addAll(numbers(List.of(label), values));
    return new Scores(values.length, List.copyOf(columns));
  }

  /** A column {@code probability}, that of the positive class; the array is not copied. */
  public static Scores binary(double[] probability) {
    return new Scores(probability.length, numbers(List.of("probability"), probability));
  }

  /**
   * A column {@code class} with the likeliest class, and a column {@code probability_NAME} per
   * class.
   *
   * @param classes names of the classes
   * @param probabilities that of class {@code c} for row {@code i} at {@code i * classes.size() +
   *     c}; not copied
   */
  public static Scores multiclass(List<String> classes, double[] probabilities) {
    int rows = rows(classes.size(), probabilities);
    List<Column> columns = new ArrayList<>();
    columns.add(new Column.LikeliestClass("class", List.copyOf(classes), probabilities));
    columns.addAll(
        numbers(classes.stream().map(name -> "probability_" + name).toList(), probabilities));
    return new Scores(rows, List.copyOf(columns));
  }

  private static int rows(int columns, double[] values) {
    if (columns == 0 || values.length % columns != 0) {
      throw new IllegalArgumentException(
          values.length + " values do not make rows of " + columns + " columns");
    }
    return values.length / columns;
  }

  private static List<Column> numbers(List<String> names, double[] values) {
    return IntStream.range(0, names.size())
        .<Column>mapToObj(c -> new Column.Numbers(names.get(c), values, c, names.size()))
        .toList();
  }

  /**
   * These with a column more for each that holds numbers, named like it and {@code _sd}.
   *
   * @param deviations standard deviations, laid out as the predictions, or none; not copied
   */
  public Scores withDeviations(double[] deviations) {
    if (deviations.length == 0) {
      return this;
    }
    List<String> names = new ArrayList<>();
    for (Column column : columns) {
      if (column instanceof Column.Numbers numbers) {
        names.add(numbers.name() + "_sd");
      }
    }
    if (rows(names.size(), deviations) != rows) {
      throw new IllegalArgumentException(
          deviations.length + " deviations for " + rows + " rows of " + names.size() + " numbers");
    }
    List<Column> all = new ArrayList<>(columns);
    all.addAll(numbers(names, deviations));
    return new Scores(rows, List.copyOf(all));
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Names of the columns. */
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  List<Column> columns() {
    return columns;
  }
}
