package kronwood.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import kronwood.data.EntityTuples;
import kronwood.data.Samples;
import kronwood.loss.Task;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of all left and right entities that occur in the samples of a report: what is
 * predicted, and how far off it is where the truth is known. Rows and columns are in the order of
 * their mean prediction, the largest first.
 */
final class PairGrid {
  /** Pairs times neurons, above which only pairs of samples are predicted. */
  private static final double MOST_WORK = 1e9;

  private static final long MOST_CELLS = 8_000_000;

  private final Subject subject;
  private final int[] left;
  private final int[] right;
  private final double[] predicted;
  private final double[] residual;
  private final boolean[] trained;
  private final boolean whole;

  private PairGrid(Subject subject, int[] left, int[] right) {
    this.subject = subject;
    this.left = left;
    this.right = right;
    this.predicted = new double[left.length * right.length];
    this.residual = new double[predicted.length];
    this.trained = new boolean[predicted.length];
    Arrays.fill(predicted, Double.NaN);
    Arrays.fill(residual, Double.NaN);
    this.whole = (double) predicted.length * subject.model().network().neurons() <= MOST_WORK;
  }

  /** The grid of a report, null if samples are no pairs that form one, or too many. */
  static @Nullable PairGrid of(Subject subject) {
    if (!subject.isGrid() || subject.task() == Task.MULTICLASS) {
      return null;
    }
    int[] left = entities(subject, 0);
    int[] right = entities(subject, 1);
    if ((long) left.length * right.length > MOST_CELLS) {
      return null;
    }
    PairGrid grid = new PairGrid(subject, left, right);
    grid.fill();
    return grid.sorted();
  }

  private static int[] entities(Subject subject, int mode) {
    Samples training = subject.training();
    IntStream shown =
        IntStream.range(0, subject.size()).map(i -> entity(subject.samples(), i, mode));
    IntStream seen =
        training == null
            ? IntStream.empty()
            : IntStream.range(0, training.size()).map(i -> entity(training, i, mode));
    return IntStream.concat(shown, seen).distinct().sorted().toArray();
  }

  private static int entity(Samples samples, int sample, int mode) {
    return samples.tuples().entity(sample, mode);
  }

  private void fill() {
    int columns = right.length;
    if (whole) {
      int[] tuples = new int[2 * predicted.length];
      for (int cell = 0; cell < predicted.length; cell++) {
        tuples[2 * cell] = left[cell / columns];
        tuples[2 * cell + 1] = right[cell % columns];
      }
      double[] values = subject.predict(EntityTuples.of(2, tuples)).values();
      for (int cell = 0; cell < predicted.length; cell++) {
        predicted[cell] = values[cell * subject.outputs()];
      }
    }
    for (int i = 0; i < subject.size(); i++) {
      int cell = cell(subject.samples(), i);
      predicted[cell] = subject.predicted(i, 0);
      residual[cell] = subject.predicted(i, 0) - subject.actual(i, 0);
    }
    Samples training = subject.training();
    for (int i = 0; training != null && i < training.size(); i++) {
      trained[cell(training, i)] = true;
    }
  }

  private int cell(Samples samples, int sample) {
    return Arrays.binarySearch(left, entity(samples, sample, 0)) * right.length
        + Arrays.binarySearch(right, entity(samples, sample, 1));
  }

  private PairGrid sorted() {
    int[] rows = order(left.length, (row, k) -> predicted[row * right.length + k], right.length);
    int[] columns = order(right.length, (c, k) -> predicted[k * right.length + c], left.length);
    PairGrid sorted =
        new PairGrid(
            subject,
            IntStream.of(rows).map(row -> left[row]).toArray(),
            IntStream.of(columns).map(column -> right[column]).toArray());
    for (int cell = 0; cell < predicted.length; cell++) {
      int from = rows[cell / right.length] * right.length + columns[cell % right.length];
      sorted.predicted[cell] = predicted[from];
      sorted.residual[cell] = residual[from];
      sorted.trained[cell] = trained[from];
    }
    return sorted;
  }

  /** A number of row or column {@code line}. */
  private interface Line {
    double at(int line, int k);
  }

  private static int[] order(int lines, Line numbers, int length) {
    double[] means = new double[lines];
    for (int line = 0; line < lines; line++) {
      int at = line;
      means[line] =
          IntStream.range(0, length)
              .mapToDouble(k -> numbers.at(at, k))
              .filter(value -> !Double.isNaN(value))
              .average()
              .orElse(Double.NEGATIVE_INFINITY);
    }
    return IntStream.range(0, lines)
        .boxed()
        .sorted(Comparator.comparingDouble(line -> -means[line]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  int rows() {
    return left.length;
  }

  int columns() {
    return right.length;
  }

  /** Row by row; NaN where nothing was predicted. */
  double[] predicted() {
    return predicted;
  }

  /** Prediction less truth, row by row; NaN where the truth is not among the samples. */
  double[] residual() {
    return residual;
  }

  /** True if every pair was predicted, not only those of the samples. */
  boolean isWhole() {
    return whole;
  }

  String leftId(int cell) {
    return subject.id(0, left[cell / right.length]);
  }

  String rightId(int cell) {
    return subject.id(1, right[cell % right.length]);
  }

  /** True if the pair is among the training samples. */
  boolean isTrained(int cell) {
    return trained[cell];
  }

  /** Cells with the largest predictions, the largest first. */
  List<Integer> top(int count) {
    return new ArrayList<>(
        IntStream.range(0, predicted.length)
            .filter(cell -> !Double.isNaN(predicted[cell]))
            .boxed()
            .sorted(Comparator.comparingDouble(cell -> -predicted[cell]))
            .limit(count)
            .toList());
  }
}
