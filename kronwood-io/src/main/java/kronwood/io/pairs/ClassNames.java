package kronwood.io.pairs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import kronwood.fault.InputException;
import kronwood.fault.Remedy;
import kronwood.io.table.Listing;
import kronwood.io.table.NumberText;
import org.jspecify.annotations.Nullable;

/** Names and order of classes found in a target column. */
final class ClassNames {
  /** Name of the class of tuples that a table of positives does not list. */
  static final String IMPLICIT_NEGATIVE = "0";

  private ClassNames() {}

  /** {@code 1.0 → 1}: whole numbers name the same class however they are stored. */
  static String withoutFraction(String number) {
    return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
  }

  /** Says that a class cannot have a name that holds the character 0. */
  static String holdsZero(String name) {
    return "the class %s holds the character 0, which the column of its predictions cannot be named after"
        .formatted(Listing.quoted(name));
  }

  /** Position of a class: of the same name, else of the same number, else −1. */
  static int indexOf(List<String> classes, String name) {
    int exact = classes.indexOf(name);
    if (exact >= 0 || !NumberText.isNumber(name)) {
      return exact;
    }
    double number = Double.parseDouble(name.strip());
    for (int c = 0; c < classes.size(); c++) {
      if (NumberText.isNumber(classes.get(c))
          && Double.parseDouble(classes.get(c).strip()) == number) {
        return c;
      }
    }
    return -1;
  }

  /**
   * The classes in order: by number if all are numbers, else as text; the positive class last if
   * one is given.
   *
   * @param found distinct values of the target column
   * @param problem makes an exception that names the column
   * @throws InputException if there are not exactly two for {@link TargetKind#BINARY}, fewer than
   *     two, or the positive class is not among them
   */
  static List<String> order(
      TargetSpec spec,
      List<String> found,
      BiFunction<String, @Nullable Remedy, InputException> problem) {
    List<String> classes = new ArrayList<>(found);
    if (classes.stream().allMatch(NumberText::isNumber)) {
      classes.sort(
          Comparator.comparingDouble((String name) -> Double.parseDouble(name.strip()))
              .thenComparing(Comparator.naturalOrder()));
    } else {
      classes.sort(Comparator.naturalOrder());
    }
    if (classes.size() < 2) {
      throw problem.apply(
          "only one class, %s, in the rows used; expected at least two"
              .formatted(Listing.of(classes)),
          spec.kind() == TargetKind.BINARY ? Remedy.IMPLICIT_NEGATIVES : null);
    }
    if (spec.kind() == TargetKind.BINARY && classes.size() > 2) {
      throw problem.apply(
          "found %d different values, expected two: %s"
              .formatted(classes.size(), Listing.of(classes)),
          Remedy.SEVERAL_CLASSES);
    }
    String positive = spec.positiveClass();
    if (positive != null) {
      int position = indexOf(classes, positive);
      if (position < 0) {
        throw problem.apply(
            "the positive class %s is not among the values found: %s"
                .formatted(Listing.quoted(positive), Listing.of(classes)),
            null);
      }
      classes.add(classes.remove(position));
    }
    return List.copyOf(classes);
  }

  /**
   * The classes of a table that lists one class only, the positive one.
   *
   * @throws InputException if it is not the positive class asked for, or has the other's name
   */
  static List<String> withNegative(
      TargetSpec spec,
      List<String> found,
      BiFunction<String, @Nullable Remedy, InputException> problem) {
    String only = found.getFirst();
    String positive = spec.positiveClass();
    if (positive != null && indexOf(found, positive) < 0) {
      throw problem.apply(
          "the positive class %s is not among the values found: %s"
              .formatted(Listing.quoted(positive), Listing.of(found)),
          null);
    }
    if (indexOf(found, IMPLICIT_NEGATIVE) >= 0) {
      throw problem.apply(
          "the only class is %s, which is what pairs that are not listed are called; give the"
                  .formatted(Listing.quoted(only))
              + " positive class another name, such as 1",
          null);
    }
    return List.of(IMPLICIT_NEGATIVE, only);
  }
}
