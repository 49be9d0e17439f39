package kronwood.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import kronwood.data.EntityIds;
import kronwood.io.ModeSpec;
import kronwood.io.Scores;
import kronwood.io.TupleWriter;
import kronwood.model.GivenPredictor;
import kronwood.model.Predictions;

/**
 * Predictions for all tuples of the entities of each mode, written as they are made.
 *
 * <p>The mode with the most entities, the last one of several, varies fastest: every entity of the
 * others is then contracted with the weights once. The first of the others varies slowest.
 */
final class PredictedGrid {
  private static final int ROWS = 1 << 16;

  private final KnownEntities entities;
  private final EntityIds[] ids;
  private final int fastest;

  PredictedGrid(KnownEntities entities, int modes) {
    this.entities = entities;
    this.ids = new EntityIds[modes];
    int most = 0;
    for (int mode = 0; mode < modes; mode++) {
      ids[mode] = entities.idsOf(mode);
      most = ids[mode].size() >= ids[most].size() ? mode : most;
    }
    this.fastest = most;
  }

  /**
   * Writes the grid.
   *
   * @param modes names of the columns
   * @param scores makes columns of predictions
   * @return number of rows
   */
  long write(List<ModeSpec> modes, Function<Predictions, Scores> scores, Path out) {
    return TupleWriter.write(
        modes.stream().map(ModeSpec::column).toList(), out, writer -> fill(writer, scores));
  }

  private void fill(TupleWriter writer, Function<Predictions, Scores> scores) {
    int[] all = IntStream.range(0, ids[fastest].size()).toArray();
    int[] numbers = entities.numbers(fastest, all);
    int[] tuple = new int[ids.length];
    do {
      GivenPredictor predictor = entities.given(fastest, tuple);
      for (int from = 0; from < numbers.length; from += ROWS) {
        int first = from;
        int to = Math.min(numbers.length, from + ROWS);
        Predictions predictions =
            predictor.predictWithDeviations(Arrays.copyOfRange(numbers, from, to));
        writer.add(
            (row, mode) -> ids[mode].id(mode == fastest ? first + row : tuple[mode]),
            scores.apply(predictions));
      }
    } while (next(tuple));
  }

  /** Goes on to the next entities of the modes but the fastest; false after the last. */
  private boolean next(int[] tuple) {
    for (int mode = tuple.length - 1; mode >= 0; mode--) {
      if (mode != fastest) {
        if (++tuple[mode] < ids[mode].size()) {
          return true;
        }
        tuple[mode] = 0;
      }
    }
    return false;
  }
}
