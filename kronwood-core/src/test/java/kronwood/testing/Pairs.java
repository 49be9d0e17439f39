package kronwood.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import kronwood.data.Attributes;
import kronwood.data.Blocks;
import kronwood.data.Dataset;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.Features;
import kronwood.data.Mode;
import kronwood.data.Samples;
import kronwood.data.Similarities;
import kronwood.data.Split;
import kronwood.data.Targets;

/**
 * Pairs of entities of which the last {@value #UNSEEN} of each table occur in test samples only.
 *
 * @param data 60 samples, each entity in at least one
 * @param split the first 40 samples train
 */
public record Pairs(Dataset data, Split split) {
  /** Entities of each table that no training sample names. */
  public static final int UNSEEN = 3;

  private static final int TRAINING = 40;
  private static final int SAMPLES = 60;

  /** Pairs of a left and a right entity, or of two entities of one table if both are the same. */
  public static Pairs of(Random random, EntityTable left, EntityTable right, Targets targets) {
    int[] entities = new int[2 * SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      entities[2 * i] = entity(random, i, left.size());
      entities[2 * i + 1] = entity(random, i, right.size());
    }
    Split split =
        new Split(Problems.range(0, TRAINING), new int[0], Problems.range(TRAINING, SAMPLES));
    Dataset data =
        Dataset.of(
            List.of(new Mode("first", left), new Mode("second", right)),
            Samples.of(EntityTuples.of(2, entities), targets));
    return new Pairs(data, split);
  }

  private static int entity(Random random, int sample, int size) {
    int seen = size - UNSEEN;
    if (sample < TRAINING) {
      return sample < seen ? sample : random.nextInt(seen);
    }
    int test = sample - TRAINING;
    return test < UNSEEN ? seen + test : random.nextInt(size);
  }

  /** Pairs with real targets. */
  public static Pairs of(Random random, Attributes left, Attributes right) {
    return of(
        random,
        Problems.table("left", left),
        Problems.table("right", right),
        Problems.realTargets(random, SAMPLES, 1));
  }

  /** As many labels as there are samples. */
  public static Targets labels(Random random, int classes) {
    return Problems.classTargets(random, SAMPLES, classes);
  }

  /**
   * Some of a table's entities as they would be given to a model as new ones, named {@code new0,
   * new1, …}.
   */
  public static EntityTable asNew(EntityTable table, int... entities) {
    String[] ids = new String[entities.length];
    Arrays.setAll(ids, i -> "new" + i);
    int seen = table.size() - UNSEEN;
    return switch (table.attributes()) {
      case Features features ->
          new EntityTable(
              table.name(), EntityIds.of(List.of(ids)), table.columns(), features.select(entities));
      case Similarities similarities -> {
        float[] rows = new float[entities.length * seen];
        for (int i = 0; i < rows.length; i++) {
          rows[i] = similarities.value(entities[i / seen], i % seen);
        }
        yield new EntityTable(
            table.name(),
            EntityIds.of(List.of(ids)),
            table.columns().subList(0, seen),
            Similarities.to(seen, entities.length, rows));
      }
      case Blocks _ -> throw new IllegalArgumentException("a table of blocks is not made new here");
    };
  }
}
