package kronwood;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import kronwood.data.Attributes;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.Mode;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Similarities;
import kronwood.data.Split;
import kronwood.data.Targets;
import kronwood.fault.InputException;
import kronwood.loss.LogisticLoss;
import kronwood.loss.Loss;
import kronwood.loss.SoftmaxLoss;
import kronwood.loss.SquaredLoss;
import org.jspecify.annotations.Nullable;

/**
 * Samples to train on, from arrays: give each mode its entities, add samples, then {@link #data}.
 *
 * <pre>{@code
 * new TrainingArrays("drug", "target")
 *     .features("drug", drugIds, drugFeatures)
 *     .similarity("target", targetIds, targetSimilarities)
 *     .add(7.4, "D1", "P1")
 *     .addTest(5.0, "D2", "P1")
 *     .data()
 * }</pre>
 *
 * <p>Targets are numbers, or classes by name; all of one kind. Two modes may share a table: {@code
 * "a:protein", "b:protein"}. Arrays are copied as floats. Not thread-safe.
 */
public final class TrainingArrays {
  private enum Part {
    TRAIN,
    VALIDATION,
    TEST
  }

  private record Sample(double number, @Nullable String className, String[] ids, Part part) {}

  private final List<String> modes = new ArrayList<>();
  private final List<String> tableOfMode = new ArrayList<>();
  private final Map<String, EntityTable> tables = new LinkedHashMap<>();
  private final List<Sample> samples = new ArrayList<>();

  /**
   * Begins with the modes.
   *
   * @param modes names, {@code MODE} or {@code MODE:TABLE}
   * @throws InputException if there is none
   */
  public TrainingArrays(String... modes) {
    if (modes.length == 0) {
      throw new InputException("no mode was named, expected names such as left, right");
    }
    for (String mode : modes) {
      int colon = mode.indexOf(':');
      this.modes.add(colon < 0 ? mode : mode.substring(0, colon));
      tableOfMode.add(colon < 0 ? mode : mode.substring(colon + 1));
    }
  }

  /**
   * Gives the features of a table's entities.
   *
   * @param ids id of each entity, distinct
   * @param rows a row of features for each, of equal lengths and finite
   * @throws InputException if they are not so, or the table is no mode's
   */
  public TrainingArrays features(String table, List<String> ids, double[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    float[] values = flat("features of table '" + table + "'", ids, rows, columns);
    return put(table, ids, DenseFeatures.of(rows.length, columns, values));
  }

  /**
   * Gives the similarities of a table's entities.
   *
   * @param ids id of each entity, distinct
   * @param matrix square and symmetric, rows and columns in the order of the ids
   * @throws InputException if it is not so, or the table is no mode's
   */
  public TrainingArrays similarity(String table, List<String> ids, double[][] matrix) {
    float[] values = flat("similarities of table '" + table + "'", ids, matrix, ids.size());
    return put(table, ids, Similarities.square(ids.size(), values));
  }

  private static float[] flat(String what, List<String> ids, double[][] rows, int columns) {
    if (ids.size() != rows.length) {
      throw new InputException(
          "%s: found %d rows for %d ids".formatted(what, rows.length, ids.size()));
    }
    float[] values = new float[Math.multiplyExact(rows.length, columns)];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new InputException(
            "%s: row %d has %d columns, expected %d".formatted(what, i, rows[i].length, columns));
      }
      for (int c = 0; c < columns; c++) {
        float value = (float) rows[i][c];
        if (!Float.isFinite(value)) {
          throw new InputException(
              "%s: row %d, column %d is %s, expected a finite number"
                  .formatted(what, i, c, rows[i][c]));
        }
        values[i * columns + c] = value;
      }
    }
    return values;
  }

  private TrainingArrays put(String table, List<String> ids, Attributes attributes) {
    if (!tableOfMode.contains(table)) {
      throw new InputException(
          "there is no mode with table '%s', the modes name %s"
              .formatted(table, String.join(", ", tableOfMode)));
    }
    if (tables.containsKey(table)) {
      throw new InputException("table '" + table + "' is given twice");
    }
    tables.put(table, EntityTable.of(table, EntityIds.of(ids), attributes));
    return this;
  }

  /** Adds a sample to train on: a number, and the id of an entity of each mode. */
  public TrainingArrays add(double target, String... ids) {
    return add(target, null, ids, Part.TRAIN);
  }

  /** Adds a sample to train on: the name of a class, and the id of an entity of each mode. */
  public TrainingArrays addClass(String className, String... ids) {
    return add(0, className, ids, Part.TRAIN);
  }

  /** Adds a sample to validate on. */
  public TrainingArrays addValidation(double target, String... ids) {
    return add(target, null, ids, Part.VALIDATION);
  }

  /** Adds a sample of a class to validate on. */
  public TrainingArrays addValidationClass(String className, String... ids) {
    return add(0, className, ids, Part.VALIDATION);
  }

  /** Adds a sample to test on. */
  public TrainingArrays addTest(double target, String... ids) {
    return add(target, null, ids, Part.TEST);
  }

  /** Adds a sample of a class to test on. */
  public TrainingArrays addTestClass(String className, String... ids) {
    return add(0, className, ids, Part.TEST);
  }

  private TrainingArrays add(double target, @Nullable String className, String[] ids, Part part) {
    if (ids.length != modes.size()) {
      throw new InputException(
          "sample %d names %d entities, expected one of each mode: %s"
              .formatted(samples.size(), ids.length, String.join(", ", modes)));
    }
    if (className == null && !Float.isFinite((float) target)) {
      throw new InputException(
          "sample %d has target %s, expected a finite number".formatted(samples.size(), target));
    }
    samples.add(new Sample(target, className, ids.clone(), part));
    return this;
  }

  /**
   * Puts it together. The loss is squared error for numbers, logistic for two classes, in whose
   * order the later one is positive, and softmax for more.
   *
   * @throws InputException if a mode has no table, a sample names an id that is not there, targets
   *     are numbers here and classes there, or there is nothing to train on
   */
  public TrainingData data() {
    List<Mode> all = new ArrayList<>();
    for (int k = 0; k < modes.size(); k++) {
      EntityTable table = tables.get(tableOfMode.get(k));
      if (table == null) {
        throw new InputException(
            "mode '%s' has no entities: give features or similarities of table '%s'"
                .formatted(modes.get(k), tableOfMode.get(k)));
      }
      all.add(new Mode(modes.get(k), table));
    }
    if (samples.stream().noneMatch(sample -> sample.part == Part.TRAIN)) {
      throw new InputException("there is no sample to train on");
    }
    Targets targets = targets();
    int[] entities = new int[Math.multiplyExact(samples.size(), modes.size())];
    for (int i = 0; i < samples.size(); i++) {
      for (int k = 0; k < modes.size(); k++) {
        EntityTable table = all.get(k).table();
        String id = samples.get(i).ids[k];
        int entity = table.ids().indexOf(id);
        if (entity < 0) {
          throw new InputException(
              "sample %d: '%s' of mode '%s' is not among the %d entities of table '%s'"
                  .formatted(i, id, modes.get(k), table.size(), table.name()));
        }
        entities[i * modes.size() + k] = entity;
      }
    }
    Loss loss =
        switch (targets) {
          case RealTargets _ -> new SquaredLoss();
          case ClassTargets classes ->
              classes.classes().size() == 2 ? new LogisticLoss() : new SoftmaxLoss();
        };
    return new TrainingData(
        Dataset.of(all, Samples.of(EntityTuples.of(modes.size(), entities), targets)),
        new Split(part(Part.TRAIN), part(Part.VALIDATION), part(Part.TEST)),
        loss,
        List.of());
  }

  private Targets targets() {
    boolean classes = samples.getFirst().className != null;
    TreeSet<String> names = new TreeSet<>();
    for (int i = 0; i < samples.size(); i++) {
      String name = samples.get(i).className;
      if ((name != null) != classes) {
        throw new InputException(
            "sample %d has a %s as target, those before it have %s"
                .formatted(i, classes ? "number" : "class", classes ? "classes" : "numbers"));
      }
      if (name != null) {
        names.add(name);
      }
    }
    if (!classes) {
      float[] values = new float[samples.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) samples.get(i).number;
      }
      return RealTargets.of(List.of("target"), values);
    }
    if (names.size() < 2) {
      throw new InputException("there is only one class, " + names + ", expected at least two");
    }
    List<String> ordered = List.copyOf(names);
    int[] labels = new int[samples.size()];
    Arrays.setAll(labels, i -> ordered.indexOf(samples.get(i).className));
    return ClassTargets.of("target", ordered, labels);
  }

  private int[] part(Part wanted) {
    int[] listed = new int[samples.size()];
    int count = 0;
    for (int i = 0; i < listed.length; i++) {
      if (samples.get(i).part == wanted) {
        listed[count++] = i;
      }
    }
    return Arrays.copyOf(listed, count);
  }
}
