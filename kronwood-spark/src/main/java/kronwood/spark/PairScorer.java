package kronwood.spark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import kronwood.data.EntityTuples;
import kronwood.model.Predictor;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * Predicts for the rows of a partition, 16,384 at a time. The last columns of a row are the ids of
 * its entities as text; predictions take their place.
 */
final class PairScorer implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private static final int BATCH = 1 << 14;

  private final Broadcast<ModelState> model;
  private final int modes;
  private final PredictionColumns columns;
  private final String strategy;

  PairScorer(Broadcast<ModelState> model, int modes, PredictionColumns columns, String strategy) {
    this.model = model;
    this.modes = modes;
    this.columns = columns;
    this.strategy = strategy;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    int threads = Math.max(1, TaskContext.get().cpus());
    ModelState.Loaded loaded = model.value().load(threads);
    Deque<Row> ready = new ArrayDeque<>();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        while (ready.isEmpty() && rows.hasNext()) {
          List<Row> batch = new ArrayList<>();
          while (batch.size() < BATCH && rows.hasNext()) {
            batch.add(rows.next());
          }
          predict(loaded, batch, ready);
        }
        return !ready.isEmpty();
      }

      @Override
      public Row next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return ready.remove();
      }
    };
  }

  private void predict(ModelState.Loaded loaded, List<Row> batch, Deque<Row> to) {
    Predictor predictor = loaded.predictor();
    int[] entities = new int[batch.size() * modes];
    boolean[] known = new boolean[batch.size()];
    int count = 0;
    for (int i = 0; i < batch.size(); i++) {
      known[i] = find(loaded, batch.get(i), entities, count * modes);
      count += known[i] ? 1 : 0;
    }
    double[] predicted =
        predictor.predict(EntityTuples.of(modes, Arrays.copyOf(entities, count * modes)));
    int next = 0;
    for (int i = 0; i < batch.size(); i++) {
      Row row = batch.get(i);
      if (!known[i] && strategy.equals("drop")) {
        continue;
      }
      int given = row.length() - modes;
      @Nullable Object[] values = new @Nullable Object[given + columns.count()];
      for (int c = 0; c < given; c++) {
        values[c] = row.get(c);
      }
      if (known[i]) {
        columns.write(predicted, next++ * predictor.outputs(), predictor.outputs(), values, given);
      } else {
        columns.writeUnknown(values, given);
      }
      to.add(RowFactory.create(values));
    }
  }

  /** Finds the entities of a row; false if one is unknown. */
  private boolean find(ModelState.Loaded loaded, Row row, int[] entities, int at) {
    int first = row.length() - modes;
    for (int mode = 0; mode < modes; mode++) {
      String id = row.isNullAt(first + mode) ? null : row.getString(first + mode);
      int entity = id == null ? -1 : loaded.predictor().indexOf(mode, id);
      if (entity < 0) {
        if (strategy.equals("error")) {
          throw ColdStart.refusal(
              id, loaded.model().modeNames().get(mode), loaded.model().table(mode).name());
        }
        return false;
      }
      entities[at + mode] = entity;
    }
    return true;
  }
}
