package kronwood.tune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import kronwood.candidate.DivisionInputs;
import kronwood.data.Attributes;
import kronwood.data.Blocks;
import kronwood.data.Dataset;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.Features;
import kronwood.data.Samples;
import kronwood.data.Similarities;
import kronwood.data.Split;
import kronwood.data.fold.Folds;
import kronwood.data.fold.Grouping;
import kronwood.fit.TrainingInputs;
import kronwood.math.RandomSubset;

/**
 * Some of the training samples of large data, with the entities that occur in them, for short
 * trials.
 *
 * @param data of these samples only
 * @param split with a validation part, without a test part
 */
record SampledData(Dataset data, Split split) {
  private static final double VALIDATION = 0.25;

  /**
   * Draws samples, and divides them in the setting that is asked for.
   *
   * @param most samples at most
   * @throws IllegalArgumentException if they cannot be divided
   */
  static SampledData of(Dataset all, Split split, TuningOptions options, int most) {
    int[] rows = rows(split.train(), most, options.seed());
    Split drawn = new Split(rows, new int[0], new int[0]);
    int[] tableOfMode = all.tableOfMode();
    int[][] position = new int[all.tables().size()][];
    List<EntityTable> tables = new ArrayList<>();
    for (int t = 0; t < position.length; t++) {
      EntityTable table = all.tables().get(t);
      int[] listed =
          canSelect(table)
              ? TrainingInputs.trainingEntities(all, drawn, t)
              : IntStream.range(0, table.size()).toArray();
      position[t] = new int[table.size()];
      for (int i = 0; i < listed.length; i++) {
        position[t][listed[i]] = i;
      }
      tables.add(listed.length == table.size() ? table : select(table, listed));
    }
    int modes = tableOfMode.length;
    int[] entities = new int[rows.length * modes];
    float[] weights = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      weights[i] = all.samples().weight(rows[i]);
      for (int k = 0; k < modes; k++) {
        entities[i * modes + k] =
            position[tableOfMode[k]][all.samples().tuples().entity(rows[i], k)];
      }
    }
    Samples samples =
        Samples.weighted(
            EntityTuples.of(modes, entities), all.samples().targets().select(rows), weights);
    Dataset data = Dataset.of(DivisionInputs.modes(all, tables), samples);
    List<Grouping> groupings =
        options.groupings().stream().map(grouping -> grouping.select(rows)).toList();
    Split held =
        Folds.holdOut(
            data,
            options.setting(),
            IntStream.range(0, rows.length).toArray(),
            groupings,
            VALIDATION,
            options.seed());
    return new SampledData(data, new Split(held.train(), held.test(), new int[0]));
  }

  private static int[] rows(int[] train, int most, long seed) {
    int[] rows = RandomSubset.of(train, Math.min(most, train.length), new SplittableRandom(seed));
    Arrays.sort(rows);
    return rows;
  }

  /** Whether the table is described by features only, which are its entities' own. */
  static boolean canSelect(EntityTable table) {
    return switch (table.attributes()) {
      case Features _ -> true;
      case Similarities _ -> false;
      case Blocks several -> several.areFeatures();
    };
  }

  private static EntityTable select(EntityTable table, int[] listed) {
    List<String> ids = Arrays.stream(listed).mapToObj(table.ids()::id).toList();
    Attributes selected =
        switch (table.attributes()) {
          case Features features -> features.select(listed);
          case Blocks several -> several.select(listed);
          case Similarities _ -> throw new IllegalStateException("similarities are not selected");
        };
    return new EntityTable(table.name(), EntityIds.of(ids), table.columns(), selected);
  }
}
