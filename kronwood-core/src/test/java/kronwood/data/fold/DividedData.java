package kronwood.data.fold;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import kronwood.data.Dataset;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.Mode;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Targets;
import kronwood.testing.Problems;

/** Small data sets that tests divide, and which entities their samples have. */
final class DividedData {
  private DividedData() {}

  static EntityTable table(String name, int entities) {
    return Problems.table(name, DenseFeatures.of(entities, 1, new float[entities]));
  }

  static Dataset data(EntityTuples tuples, Targets targets, EntityTable... tables) {
    List<Mode> modes =
        IntStream.range(0, tables.length).mapToObj(k -> new Mode("m" + k, tables[k])).toList();
    return Dataset.of(modes, Samples.of(tuples, targets));
  }

  /** All pairs of so many entities, sample {@code u · rights + v}. */
  static Dataset grid(int lefts, int rights) {
    int[] entities = new int[2 * lefts * rights];
    for (int i = 0; i < lefts * rights; i++) {
      entities[2 * i] = i / rights;
      entities[2 * i + 1] = i % rights;
    }
    return data(
        EntityTuples.of(2, entities),
        RealTargets.of(List.of("y"), new float[lefts * rights]),
        table("left", lefts),
        table("right", rights));
  }

  /** About 240 random pairs of two tables, or of one if {@code shared}, with three classes. */
  static Dataset random(Random random, boolean shared) {
    EntityTable left = table("left", 24);
    EntityTable right = shared ? left : table("right", 17);
    return data(
        Problems.tuples(random, 240, 24, right.size()),
        Problems.classTargets(random, 240, 3),
        left,
        right);
  }

  static int[] all(Dataset data) {
    return Problems.range(0, data.samples().size());
  }

  static Set<Integer> entities(Dataset data, int[] samples, int... modes) {
    Set<Integer> entities = new HashSet<>();
    for (int sample : samples) {
      for (int mode : modes) {
        entities.add(data.samples().tuples().entity(sample, mode));
      }
    }
    return entities;
  }

  static Set<Integer> ints(int[] values) {
    Set<Integer> set = new HashSet<>();
    Arrays.stream(values).forEach(set::add);
    return set;
  }
}
