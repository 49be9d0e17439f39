package kronwood.io.pairs;

import java.util.List;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.fault.Remedy;
import org.jspecify.annotations.Nullable;

/**
 * What is to be learned, or compared with, in a pairs table.
 *
 * @param columns target columns, at least one; exactly one unless the kind is {@link
 *     TargetKind#REAL}
 * @param kind what the columns hold
 * @param positiveClass the class that counts as positive, for {@link TargetKind#BINARY} only; null:
 *     the larger of the two in natural order (numbers numerically, {@code false < true}, else
 *     text); ignored where classes are given
 * @param classes names of the classes in the order a trained model has them, the positive one last
 *     when there are two; empty: they are taken from the table
 * @param weightColumn column of sample weights, or null for weight 1
 * @param repeats whether rows of the same entities may have different targets, as matches have that
 *     are played again
 */
public record TargetSpec(
    List<String> columns,
    TargetKind kind,
    @Nullable String positiveClass,
    List<String> classes,
    @Nullable String weightColumn,
    boolean repeats) {

  /**
   * Checks that the parts fit together.
   *
   * @throws InputException if there is no target column, a column is named twice, several are given
   *     for a classification, or a positive class is given for another task than {@link
   *     TargetKind#BINARY}
   */
  public TargetSpec {
    columns = List.copyOf(columns);
    classes = List.copyOf(classes);
    if (columns.isEmpty()) {
      throw new InputException("no target column was named");
    }
    if (columns.stream().distinct().count() != columns.size()) {
      throw new InputException("target columns " + columns + " name a column twice");
    }
    if (kind != TargetKind.REAL && columns.size() > 1) {
      throw new InputException(
          "a class is read from one target column, found %d: %s"
              .formatted(columns.size(), String.join(", ", columns)));
    }
    if (kind != TargetKind.BINARY && positiveClass != null) {
      throw new InputException(
          "a positive class ('%s') is only for targets of two classes".formatted(positiveClass),
          Facts.of(Remedy.TWO_CLASSES));
    }
  }

  /** Rows of the same entities must have the same target. */
  public TargetSpec(
      List<String> columns,
      TargetKind kind,
      @Nullable String positiveClass,
      List<String> classes,
      @Nullable String weightColumn) {
    this(columns, kind, positiveClass, classes, weightColumn, false);
  }

  /** One or several real targets. */
  public static TargetSpec real(List<String> columns) {
    return new TargetSpec(columns, TargetKind.REAL, null, List.of(), null);
  }

  /** Two classes read from the table. */
  public static TargetSpec binary(String column, @Nullable String positiveClass) {
    return new TargetSpec(List.of(column), TargetKind.BINARY, positiveClass, List.of(), null);
  }

  /** Classes read from the table. */
  public static TargetSpec multiclass(String column) {
    return new TargetSpec(List.of(column), TargetKind.MULTICLASS, null, List.of(), null);
  }

  /** The same with the classes of a trained model. */
  public TargetSpec withClasses(List<String> known) {
    return new TargetSpec(columns, kind, positiveClass, known, weightColumn, repeats);
  }

  /** The same with a weight column. */
  public TargetSpec withWeights(@Nullable String column) {
    return new TargetSpec(columns, kind, positiveClass, classes, column, repeats);
  }

  /** The same with or without repeats. */
  public TargetSpec withRepeats(boolean allowed) {
    return new TargetSpec(columns, kind, positiveClass, classes, weightColumn, allowed);
  }
}
