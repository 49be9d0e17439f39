package kronwood.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kronwood.model.GivenPredictor;
import kronwood.model.Predictor;
import kronwood.model.Ranked;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Predicts for entities of both modes in every combination. A task takes some entities of the given
 * mode; each is contracted with the weights once, then all of the free mode follow, 65,536 at a
 * time, so that rows stream. No table of pairs is ever made.
 */
final class GridScorer implements FlatMapFunction<Long, Row> {
  private static final long serialVersionUID = 1L;

  private static final int TILE = 1 << 16;

  /** What is made of the predictions for a given entity. */
  enum Use {
    /** A row for each. */
    ALL,
    /** A row with the best of them. */
    BEST
  }

  /**
   * What is predicted: ids of each mode; the mode whose entities vary fastest, 0 or 1; the number
   * of tasks; and how many of the best are wanted, 0 for all.
   */
  static final class Grid implements Serializable {
    private static final long serialVersionUID = 1L;

    final int free;
    final String[][] ids;
    final int tasks;
    final int count;

    Grid(int free, List<String> left, List<String> right, int tasks, int count) {
      this.free = free;
      this.ids = new String[][] {left.toArray(String[]::new), right.toArray(String[]::new)};
      this.tasks = tasks;
      this.count = count;
    }
  }

  private final Broadcast<ModelState> model;
  private final Broadcast<Grid> sent;
  private final PredictionColumns columns;
  private final Use use;
  private final String strategy;

  GridScorer(
      Broadcast<ModelState> model,
      Broadcast<Grid> sent,
      PredictionColumns columns,
      Use use,
      String strategy) {
    this.model = model;
    this.sent = sent;
    this.columns = columns;
    this.use = use;
    this.strategy = strategy;
  }

  @Override
  public Iterator<Row> call(Long task) {
    Grid grid = sent.value();
    ModelState.Loaded loaded = model.value().load(Math.max(1, TaskContext.get().cpus()));
    int given = 1 - grid.free;
    long all = grid.ids[given].length;
    int from = (int) (task * all / grid.tasks);
    int to = (int) ((task + 1) * all / grid.tasks);
    int[] free = new int[grid.ids[grid.free].length];
    Arrays.setAll(free, i -> index(loaded, grid.free, grid.ids[grid.free][i]));
    return IntStream.range(from, to)
        .boxed()
        .map(
            entity ->
                use == Use.ALL
                    ? rows(loaded, grid, entity, free)
                    : best(loaded, grid, entity, free))
        .flatMap(rows -> rows)
        .iterator();
  }

  private int index(ModelState.Loaded loaded, int mode, String id) {
    int entity = loaded.predictor().indexOf(mode, id);
    if (entity < 0 && strategy.equals("error")) {
      throw ColdStart.refusal(
          id, loaded.model().modeNames().get(mode), loaded.model().table(mode).name());
    }
    return entity;
  }

  private Stream<Row> rows(ModelState.Loaded loaded, Grid grid, int entity, int[] free) {
    String id = grid.ids[1 - grid.free][entity];
    int number = index(loaded, 1 - grid.free, id);
    GivenPredictor predictor = number < 0 ? null : given(loaded.predictor(), grid.free, number);
    int tiles = Math.ceilDiv(free.length, TILE);
    return IntStream.range(0, tiles)
        .boxed()
        .flatMap(tile -> tile(predictor, grid, id, free, tile * TILE).stream());
  }

  private List<Row> tile(
      @Nullable GivenPredictor predictor, Grid grid, String id, int[] free, int first) {
    int last = Math.min(free.length, first + TILE);
    int[] known =
        IntStream.range(first, last).filter(i -> predictor != null && free[i] >= 0).toArray();
    double[] predicted =
        predictor == null || known.length == 0
            ? new double[0]
            : predictor.predict(Arrays.stream(known).map(i -> free[i]).toArray());
    Row[] rows = new Row[last - first];
    int count = 0;
    int next = 0;
    for (int i = first; i < last; i++) {
      boolean isKnown = next < known.length && known[next] == i;
      if (!isKnown && strategy.equals("drop")) {
        continue;
      }
      @Nullable Object[] values = new @Nullable Object[2 + columns.count()];
      values[1 - grid.free] = id;
      values[grid.free] = grid.ids[grid.free][i];
      if (isKnown && predictor != null) {
        int outputs = predictor.outputs();
        columns.write(predicted, next++ * outputs, outputs, values, 2);
      } else {
        columns.writeUnknown(values, 2);
      }
      rows[count++] = RowFactory.create(values);
    }
    return Arrays.asList(rows).subList(0, count);
  }

  private static GivenPredictor given(Predictor predictor, int free, int number) {
    int[] tuple = new int[2];
    tuple[1 - free] = number;
    return predictor.given(free, tuple);
  }

  /** The best ones; of equal ones those whose id comes first, as candidates are sorted. */
  private Stream<Row> best(ModelState.Loaded loaded, Grid grid, int entity, int[] free) {
    String id = grid.ids[1 - grid.free][entity];
    int number = index(loaded, 1 - grid.free, id);
    if (number < 0) {
      return strategy.equals("drop")
          ? Stream.empty()
          : Stream.of(RowFactory.create(id, sequence()));
    }
    int[] tables = loaded.model().tableOfMode();
    int itself = tables[0] == tables[1] ? number : -1;
    int[] candidates = Arrays.stream(free).filter(other -> other >= 0 && other != itself).toArray();
    GivenPredictor predictor = given(loaded.predictor(), grid.free, number);
    int outputs = predictor.outputs();
    boolean classes = loaded.model().target().classes().size() > 2;
    Ranked ranked = predictor.top(candidates, classes ? outputs - 1 : 0, grid.count);
    Map<Integer, String> names = new HashMap<>();
    for (int i = 0; i < free.length; i++) {
      names.put(free[i], grid.ids[grid.free][i]);
    }
    Row[] rows = new Row[ranked.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = RowFactory.create(names.get(ranked.candidates()[i]), ranked.predictions()[i]);
    }
    return Stream.of(RowFactory.create(id, sequence(rows)));
  }

  /** An array as Spark takes one from a row. */
  private static Object sequence(Row... rows) {
    return CollectionConverters.asScala(Arrays.asList(rows)).toSeq();
  }
}
