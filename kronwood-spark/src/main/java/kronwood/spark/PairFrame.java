package kronwood.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import kronwood.data.ClassTargets;
import kronwood.data.EntityIds;
import kronwood.data.EntityTuples;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.data.Targets;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.spark.StageParams.ModeColumn;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a data frame of pairs, fetched by the driver: ids as text, targets, weights. Sorted
 * by ids, target and weight, as {@link #samples} makes samples of them, they are the same however
 * the frame is divided into partitions.
 */
final class PairFrame {
  private static final int MOST_NAMED = 3;

  private final List<ModeColumn> modes;
  private final boolean classes;
  private final String target;
  private final List<String[]> ids;
  private final List<float[]> numbers;

  private PairFrame(
      List<ModeColumn> modes,
      boolean classes,
      String target,
      List<String[]> ids,
      List<float[]> numbers) {
    this.modes = modes;
    this.classes = classes;
    this.target = target;
    this.ids = ids;
    this.numbers = numbers;
  }

  /**
   * Fetches pairs.
   *
   * @param classes whether targets are classes 0, 1, …, as Spark has them
   * @param weight column of weights, null for none
   * @param validation column that is true for samples to validate on, null for none
   * @throws InputException if an id is null, or a target or weight is null or not finite
   */
  static PairFrame of(
      Dataset<?> pairs,
      List<ModeColumn> modes,
      boolean classes,
      String target,
      @Nullable String weight,
      @Nullable String validation) {
    List<Column> columns = new ArrayList<>();
    for (ModeColumn mode : modes) {
      columns.add(EntityFrame.text(pairs, mode.column()));
    }
    columns.add(number(pairs, target));
    columns.add(weight == null ? functions.lit(1.0) : number(pairs, weight));
    columns.add(
        validation == null
            ? functions.lit(false)
            : pairs.col(EntityFrame.quoted(validation)).cast("boolean"));
    List<String[]> ids = new ArrayList<>();
    List<float[]> numbers = new ArrayList<>();
    Map<String, String> shared = new LinkedHashMap<>();
    Iterator<Row> rows = pairs.select(columns.toArray(Column[]::new)).toLocalIterator();
    int k = modes.size();
    while (rows.hasNext()) {
      Row row = rows.next();
      String[] tuple = new String[k];
      for (int mode = 0; mode < k; mode++) {
        if (row.isNullAt(mode)) {
          throw new InputException(
              "an id in column '%s' of the pairs is null".formatted(modes.get(mode).column()),
              Facts.NONE.inColumn(modes.get(mode).column()));
        }
        String id = row.getString(mode);
        tuple[mode] = shared.computeIfAbsent(id, same -> same);
      }
      float value = finite(row, k, target, tuple);
      float factor = finite(row, k + 1, String.valueOf(weight), tuple);
      boolean validates = !row.isNullAt(k + 2) && row.getBoolean(k + 2);
      if (classes && (value != Math.rint(value) || value < 0)) {
        throw new InputException(
            "column '%s' holds %s, expected classes 0, 1, 2, …; Spark's StringIndexer makes them"
                .formatted(target, value),
            Facts.NONE.inColumn(target));
      }
      ids.add(tuple);
      numbers.add(new float[] {value, factor, validates ? 1 : 0});
    }
    if (ids.isEmpty()) {
      throw new InputException("there are no pairs to train on");
    }
    return new PairFrame(modes, classes, target, ids, numbers);
  }

  private static Column number(Dataset<?> pairs, String column) {
    return pairs.col(EntityFrame.quoted(column)).cast("double");
  }

  private static float finite(Row row, int place, String column, String[] tuple) {
    float value = row.isNullAt(place) ? Float.NaN : (float) row.getDouble(place);
    if (!Float.isFinite(value)) {
      throw new InputException(
          "column '%s' is %s for the pair %s, expected a finite number"
              .formatted(
                  column,
                  row.isNullAt(place) ? "null or no number" : row.get(place),
                  String.join(", ", tuple)),
          Facts.NONE.inColumn(column));
    }
    return value;
  }

  /** The ids that a table's columns name. */
  List<String> named(String table) {
    TreeSet<String> named = new TreeSet<>();
    for (int mode = 0; mode < modes.size(); mode++) {
      if (modes.get(mode).table().equals(table)) {
        for (String[] tuple : ids) {
          named.add(tuple[mode]);
        }
      }
    }
    return List.copyOf(named);
  }

  /**
   * Samples and their split.
   *
   * @param samples sorted by ids, target and weight
   * @param split samples to train and to validate on
   */
  record Sorted(Samples samples, Split split) {}

  /**
   * The samples.
   *
   * @param tables ids of each mode's table
   * @throws InputException naming ids that a table does not have, or classes that are missing
   */
  Sorted samples(List<EntityIds> tables) {
    int n = ids.size();
    int k = modes.size();
    int[] entities = new int[Math.multiplyExact(n, k)];
    for (int mode = 0; mode < k; mode++) {
      TreeSet<String> unknown = new TreeSet<>();
      int rows = 0;
      for (int i = 0; i < n; i++) {
        int entity = tables.get(mode).indexOf(ids.get(i)[mode]);
        entities[i * k + mode] = entity;
        if (entity < 0) {
          unknown.add(ids.get(i)[mode]);
          rows++;
        }
      }
      if (!unknown.isEmpty()) {
        throw unknownIds(modes.get(mode), unknown, rows, tables.get(mode).size());
      }
    }
    int[] order = order(entities, k);
    int[] tuples = new int[entities.length];
    float[] values = new float[n];
    float[] weights = new float[n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(entities, order[i] * k, tuples, i * k, k);
      values[i] = numbers.get(order[i])[0];
      weights[i] = numbers.get(order[i])[1];
    }
    int[] train = IntStream.range(0, n).filter(i -> numbers.get(order[i])[2] == 0).toArray();
    int[] validation = IntStream.range(0, n).filter(i -> numbers.get(order[i])[2] != 0).toArray();
    if (train.length == 0) {
      throw new InputException("all pairs are to validate on, there is none to train on");
    }
    return new Sorted(
        Samples.weighted(EntityTuples.of(k, tuples), targets(values), weights),
        new Split(train, validation, new int[0]));
  }

  private int[] order(int[] entities, int modes) {
    List<IntToLongFunction> keys = new ArrayList<>();
    for (int mode = 0; mode < modes; mode++) {
      int place = mode;
      keys.add(i -> entities[i * modes + place]);
    }
    Integer[] order = new Integer[ids.size()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order,
        (one, other) -> {
          for (IntToLongFunction key : keys) {
            int by = Long.compare(key.applyAsLong(one), key.applyAsLong(other));
            if (by != 0) {
              return by;
            }
          }
          float[] left = numbers.get(one);
          float[] right = numbers.get(other);
          return Arrays.compare(left, right);
        });
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }

  private static InputException unknownIds(
      ModeColumn mode, TreeSet<String> unknown, int rows, int entities) {
    String some =
        String.join(", ", unknown.stream().limit(MOST_NAMED).map(id -> "'" + id + "'").toList());
    return new InputException(
        "%d rows of the pairs name %d ids of mode '%s' that are not among the %d entities of table '%s': %s%s; add them to the table, or drop these rows"
            .formatted(
                rows,
                unknown.size(),
                mode.column(),
                entities,
                mode.table(),
                some,
                unknown.size() > MOST_NAMED ? ", …" : ""),
        Facts.ofTable(mode.table()).inColumn(mode.column()));
  }

  private Targets targets(float[] values) {
    if (!classes) {
      return RealTargets.of(List.of(target), values);
    }
    TreeSet<Integer> found = new TreeSet<>();
    int[] labels = new int[values.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) values[i];
      found.add(labels[i]);
    }
    if (found.size() < 2 || found.last() != found.size() - 1) {
      throw new InputException(
          "column '%s' has the classes %s, expected 0, 1, … without gaps, at least two"
              .formatted(target, found),
          Facts.NONE.inColumn(target));
    }
    return ClassTargets.of(target, found.stream().map(String::valueOf).toList(), labels);
  }
}
