package kronwood.io.prediction;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import kronwood.data.EntityIds;
import kronwood.io.pairs.ModeSpec;
import kronwood.io.scores.Scores;
import kronwood.io.scores.TupleWriter;
import kronwood.model.GivenPredictor;
import kronwood.model.Predictions;

/**
 * Predictions for all tuples of the entities of each mode, written as they are made.
 *
 * <p>Modes of one name have the same entity, as in a table of pairs: a model of images with
 * themselves has a row for each image. Modes of two names are combined in every way, also where
 * they are of one table: each pair is there in both orders, and each entity with itself.
 *
 * <p>The mode with the most entities, the last one of several, varies fastest: every entity of the
 * others is then contracted with the weights once. The first of the others varies slowest.
 */
public final class PredictedGrid {
  private static final int ROWS = 1 << 16;

  /**
   * A column of ids.
   *
   * @param positions of the modes that have its entities
   * @param ids all its entities
   */
  private record Axis(List<Integer> positions, EntityIds ids) {}

  private final KnownEntities entities;
  private final List<String> names;
  private final List<Axis> axes;
  private final int fastest;
  private final int modes;

  public PredictedGrid(KnownEntities entities, List<ModeSpec> modes) {
    this.entities = entities;
    this.modes = modes.size();
    Map<String, Axis> byName = new LinkedHashMap<>();
    for (int mode = 0; mode < modes.size(); mode++) {
      EntityIds ids = entities.idsOf(mode);
      byName
          .computeIfAbsent(modes.get(mode).column(), _ -> new Axis(new ArrayList<>(), ids))
          .positions()
          .add(mode);
    }
    this.names = List.copyOf(byName.keySet());
    this.axes = List.copyOf(byName.values());
    int most = 0;
    for (int axis = 0; axis < axes.size(); axis++) {
      most = axes.get(axis).ids().size() >= axes.get(most).ids().size() ? axis : most;
    }
    this.fastest = most;
  }

  /**
   * Writes the grid.
   *
   * @param scores makes columns of predictions
   * @return number of rows
   */
  public long write(Function<Predictions, Scores> scores, Path out) {
    return TupleWriter.write(names, out, writer -> fill(writer, scores));
  }

  private void fill(TupleWriter writer, Function<Predictions, Scores> scores) {
    int[] all = IntStream.range(0, axes.get(fastest).ids().size()).toArray();
    int[] at = new int[axes.size()];
    do {
      Function<int[], Predictions> predictor = predictor(at);
      for (int from = 0; from < all.length; from += ROWS) {
        int first = from;
        int to = Math.min(all.length, from + ROWS);
        writer.add(
            (row, axis) -> axes.get(axis).ids().id(axis == fastest ? first + row : at[axis]),
            scores.apply(predictor.apply(Arrays.copyOfRange(all, from, to))));
      }
    } while (next(at));
  }

  /** Predicts for entities of the fastest axis, given those of all others. */
  private Function<int[], Predictions> predictor(int[] at) {
    int[] tuple = new int[modes];
    for (int axis = 0; axis < at.length; axis++) {
      for (int position : axes.get(axis).positions()) {
        tuple[position] = at[axis];
      }
    }
    List<Integer> positions = axes.get(fastest).positions();
    if (positions.size() > 1) {
      return chunk -> entities.predictRepeated(positions, tuple, chunk);
    }
    int free = positions.getFirst();
    GivenPredictor given = entities.given(free, tuple);
    return chunk -> given.predictWithDeviations(entities.numbers(free, chunk));
  }

  /** Goes on to the next entities of the axes but the fastest; false after the last. */
  private boolean next(int[] at) {
    for (int axis = at.length - 1; axis >= 0; axis--) {
      if (axis != fastest) {
        if (++at[axis] < axes.get(axis).ids().size()) {
          return true;
        }
        at[axis] = 0;
      }
    }
    return false;
  }
}
