package kronwood.io.pairs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.data.ClassTargets;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.data.Targets;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.fault.Remedy;
import kronwood.io.table.Listing;
import kronwood.io.table.NumberText;
import kronwood.io.table.NumberText.NotANumber;
import kronwood.io.table.SourceTable;
import kronwood.io.table.SourceTable.Kind;
import org.jspecify.annotations.Nullable;

/** Reads targets and weights of a pairs table. */
final class TargetReader {
  private final PairsTable pairs;
  private final TargetSpec spec;
  private final int[] columns;
  private final int weightColumn;
  private final boolean positivesOnly;

  private TargetReader(
      PairsTable pairs, TargetSpec spec, int[] columns, int weightColumn, boolean positivesOnly) {
    this.positivesOnly = positivesOnly;
    this.pairs = pairs;
    this.spec = spec;
    this.columns = columns;
    this.weightColumn = weightColumn;
  }

  /**
   * A reader of the specified columns.
   *
   * @throws InputException if one of them is missing
   */
  static TargetReader of(PairsTable pairs, TargetSpec spec) {
    return of(pairs, spec, false);
  }

  /**
   * The same of a table that may list positives only: where its one class is the positive one, the
   * other is called {@value ClassNames#IMPLICIT_NEGATIVE}.
   *
   * @throws InputException if a column is missing, or the target is not one of two classes
   */
  static TargetReader ofPositives(PairsTable pairs, TargetSpec spec) {
    if (spec.kind() != TargetKind.BINARY) {
      throw new InputException(
          "negatives are for targets of two classes; column %s is read as %s"
              .formatted(
                  Listing.quoted(spec.columns().getFirst()),
                  spec.kind() == TargetKind.REAL ? "a number" : "one of several classes"),
          Facts.of(Remedy.TWO_CLASSES).inColumn(spec.columns().getFirst()));
    }
    return of(pairs, spec, true);
  }

  /** Whether rows of the same entities may have different targets. */
  boolean allowsRepeats() {
    return spec.repeats();
  }

  private static TargetReader of(PairsTable pairs, TargetSpec spec, boolean positivesOnly) {
    int[] columns = new int[spec.columns().size()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = pairs.column("the target column", spec.columns().get(c));
    }
    int weightColumn =
        spec.weightColumn() == null ? -1 : pairs.column("the weight column", spec.weightColumn());
    return new TargetReader(pairs, spec, columns, weightColumn, positivesOnly);
  }

  /** Targets of the given rows, counted from 1. */
  Targets targets(int[] rows) {
    return spec.kind() == TargetKind.REAL
        ? RealTargets.of(spec.columns(), numbers(rows, columns, "a target", columns.length == 1))
        : classes(rows);
  }

  /** Weights of the given rows, or null if there is no weight column. */
  float @Nullable [] weights(int[] rows) {
    if (weightColumn < 0) {
      return null;
    }
    float[] weights = numbers(rows, new int[] {weightColumn}, "a weight", false);
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] < 0) {
        throw at(rows[i], weightColumn, "the weight is " + weights[i] + ", expected 0 or more");
      }
    }
    return weights;
  }

  private float[] numbers(int[] rows, int[] from, String what, boolean mayBeClasses) {
    StringBuilder select = new StringBuilder();
    boolean[] text = new boolean[from.length];
    for (int c = 0; c < from.length; c++) {
      Kind kind = pairs.table().kind(from[c]);
      text[c] = kind == Kind.TEXT || kind == Kind.OTHER;
      select.append(c == 0 ? "CAST(" : ", CAST(").append(pairs.table().column(from[c]));
      select.append(text[c] ? " AS VARCHAR)" : " AS DOUBLE)");
    }
    float[] values = new float[Math.multiplyExact(rows.length, from.length)];
    int[] next = {0};
    pairs.forEachRow(
        select.toString(),
        (row, result) -> {
          int i = next[0];
          if (i == rows.length || rows[i] != row) {
            return;
          }
          next[0]++;
          for (int c = 0; c < from.length; c++) {
            try {
              values[i * from.length + c] = number(result, c + 1, text[c]);
            } catch (NotANumber e) {
              throw pairs
                  .table()
                  .source()
                  .at(
                      row,
                      pairs.table().source().names().get(from[c]),
                      e.problem() + " as " + what,
                      text[c] && mayBeClasses ? Facts.of(Remedy.SEVERAL_CLASSES) : Facts.NONE);
            }
          }
        });
    return values;
  }

  /** A number of a row, which the query reads as text or as a number. */
  static float number(ResultSet result, int column, boolean text) throws SQLException, NotANumber {
    if (text) {
      String value = result.getString(column);
      return NumberText.parse(value == null ? "" : value);
    }
    double value = result.getDouble(column);
    if (result.wasNull()) {
      throw new NotANumber("the cell is empty, expected a number");
    }
    return NumberText.narrow(value, Double.toString(value));
  }

  private ClassTargets classes(int[] rows) {
    int column = columns[0];
    boolean real = pairs.table().kind(column) == Kind.REAL;
    Map<String, Integer> found = new LinkedHashMap<>();
    int[] labels = new int[rows.length];
    int[] next = {0};
    pairs.forEachRow(
        "CAST(" + pairs.table().column(column) + " AS VARCHAR)",
        (row, result) -> {
          int i = next[0];
          if (i == rows.length || rows[i] != row) {
            return;
          }
          next[0]++;
          String label = result.getString(1);
          if (label == null || label.isEmpty()) {
            throw at(row, column, "the cell is empty, expected a class");
          }
          String name = real ? ClassNames.withoutFraction(label) : label;
          Integer known = found.get(name);
          if (known == null) {
            known = found.size();
            found.put(name, known);
            checkKnown(row, column, name);
          }
          labels[i] = known;
        });
    List<String> names =
        !spec.classes().isEmpty()
            ? spec.classes()
            : positivesOnly && found.size() == 1
                ? ClassNames.withNegative(spec, List.copyOf(found.keySet()), this::classProblem)
                : ClassNames.order(spec, List.copyOf(found.keySet()), this::classProblem);
    int[] position = new int[found.size()];
    for (Map.Entry<String, Integer> entry : found.entrySet()) {
      position[entry.getValue()] = ClassNames.indexOf(names, entry.getKey());
    }
    for (int i = 0; i < labels.length; i++) {
      labels[i] = position[labels[i]];
    }
    return ClassTargets.of(spec.columns().getFirst(), names, labels);
  }

  private void checkKnown(int row, int column, String name) {
    if (name.indexOf('\0') >= 0) {
      throw at(row, column, ClassNames.holdsZero(name));
    }
    if (!spec.classes().isEmpty() && ClassNames.indexOf(spec.classes(), name) < 0) {
      throw at(
          row,
          column,
          "found the class %s, expected one of those the model was trained with: %s"
              .formatted(Listing.quoted(name), Listing.of(spec.classes())));
    }
  }

  private InputException classProblem(String problem, @Nullable Remedy remedy) {
    return classProblem(pairs, spec, problem, remedy);
  }

  /** A problem with the classes of a target column. */
  static InputException classProblem(
      PairsTable pairs, TargetSpec spec, String problem, @Nullable Remedy remedy) {
    String source = pairs.table().source().source().toString();
    String column = spec.columns().getFirst();
    return new InputException(
        "%s, column %s: %s".formatted(source, Listing.quoted(column), problem),
        new Facts(source, 0, column, null, null, null, null, remedy, null));
  }

  /**
   * Checks that there is something to learn from the training samples.
   *
   * @throws InputException if they have only one class or no weight
   */
  void checkTraining(Samples samples, Split split) {
    int[] train = split.train();
    if (samples.targets() instanceof ClassTargets classes) {
      int first = classes.label(train[0]);
      boolean one = true;
      for (int i = 0; i < train.length && one; i++) {
        one = classes.label(train[i]) == first;
      }
      if (one) {
        throw classProblem(
            "only one class among the %s, %s; expected at least two (classes found: %s)"
                .formatted(
                    Listing.count(train.length, "training row"),
                    Listing.quoted(classes.classes().get(first)),
                    Listing.of(classes.classes())),
            null);
      }
    }
    double weight = 0;
    for (int sample : train) {
      weight += samples.weight(sample);
    }
    if (weight == 0) {
      throw new InputException(
          "%s, column %s: all %s of weight 0, expected a positive weight somewhere"
              .formatted(
                  pairs.table().source().source(),
                  Listing.quoted(String.valueOf(spec.weightColumn())),
                  train.length == 1
                      ? "1 training row is"
                      : Listing.count(train.length, "training row") + " are"));
    }
  }

  private InputException at(int row, int column, String problem) {
    SourceTable source = pairs.table().source();
    return source.at(row, source.names().get(column), problem);
  }
}
