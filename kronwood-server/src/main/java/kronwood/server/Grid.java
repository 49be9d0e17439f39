package kronwood.server;

import kronwood.data.EntityTuples;
import kronwood.model.Model;
import kronwood.model.Predictions;
import kronwood.model.Predictor;
import org.jspecify.annotations.Nullable;

/**
 * Predictions for all tuples of known entities, made when a model is loaded: asking for one is then
 * a matter of looking.
 *
 * <p>Memory: 8 bytes a number, twice that for an ensemble.
 */
final class Grid {
  private static final long MOST_CELLS = 10_000_000;

  /** Multiplications that may be spent on it: some seconds. */
  private static final double MOST_WORK = 1e11;

  private static final int CHUNK = 1 << 16;

  private final int[] sizes;
  private final int outputs;
  private final double[] values;
  private final double[] deviations;

  private Grid(int[] sizes, int outputs, double[] values, double[] deviations) {
    this.sizes = sizes;
    this.outputs = outputs;
    this.values = values;
    this.deviations = deviations;
  }

  /**
   * The grid of a model; null if there are too many tuples, they take too long, or do not fit into
   * the memory.
   */
  static @Nullable Grid of(Model model, Predictor predictor, long memory) {
    int modes = model.modeNames().size();
    if (modes != model.modeNames().stream().distinct().count()) {
      return null;
    }
    int[] sizes = new int[modes];
    double cells = 1;
    for (int mode = 0; mode < modes; mode++) {
      sizes[mode] = model.table(mode).ids().size();
      cells *= sizes[mode];
    }
    int outputs = model.network().outputs();
    boolean several = model.network().members() > 1;
    double numbers = cells * outputs * (several ? 2 : 1);
    int[] ranks = model.ranks();
    double work = cells * model.network().neurons() * ranks[ranks.length - 1];
    if (cells > MOST_CELLS || cells < 1 || 8 * numbers > memory || work > MOST_WORK) {
      return null;
    }
    int tuples = (int) cells;
    double[] values = new double[tuples * outputs];
    double[] deviations = new double[several ? values.length : 0];
    for (int from = 0; from < tuples; from += CHUNK) {
      int count = Math.min(CHUNK, tuples - from);
      Predictions made = predictor.predictWithDeviations(tuples(sizes, from, count));
      System.arraycopy(made.values(), 0, values, from * outputs, count * outputs);
      System.arraycopy(made.deviations(), 0, deviations, from * outputs, made.deviations().length);
    }
    return new Grid(sizes, outputs, values, deviations);
  }

  private static EntityTuples tuples(int[] sizes, int from, int count) {
    int modes = sizes.length;
    int[] entities = new int[count * modes];
    for (int i = 0; i < count; i++) {
      int cell = from + i;
      for (int mode = modes - 1; mode >= 0; mode--) {
        entities[i * modes + mode] = cell % sizes[mode];
        cell /= sizes[mode];
      }
    }
    return EntityTuples.of(modes, entities);
  }

  /** Predictions for tuples of known entities, {@code modes} entities each. */
  Predictions predict(int[] entities) {
    int rows = entities.length / sizes.length;
    double[] found = new double[rows * outputs];
    double[] spread = new double[deviations.length > 0 ? found.length : 0];
    for (int i = 0; i < rows; i++) {
      int cell = 0;
      for (int mode = 0; mode < sizes.length; mode++) {
        cell = cell * sizes[mode] + entities[i * sizes.length + mode];
      }
      System.arraycopy(values, cell * outputs, found, i * outputs, outputs);
      if (spread.length > 0) {
        System.arraycopy(deviations, cell * outputs, spread, i * outputs, outputs);
      }
    }
    return new Predictions(found, spread);
  }
}
