package kronwood.io.prediction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.ImplicitNegatives;
import kronwood.data.Mode;
import kronwood.data.Negatives;
import kronwood.data.Samples;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.fault.Remedy;
import kronwood.io.pairs.ModeSpec;
import kronwood.io.pairs.PairsReader;
import kronwood.io.pairs.UnlabelledPairs;
import kronwood.io.table.TableSource;

/**
 * Pairs of a model's entities that a table does not list, to evaluate against as negatives.
 *
 * @param tuples all of them
 * @param choice how many to take
 */
public record UnknownPairs(EntityTuples tuples, Negatives choice) {
  /** The same pairs are drawn for the same samples. */
  private static final long SEED = 1;

  /**
   * Collects them.
   *
   * @throws InputException if the table cannot be read or lists unknown entities, if there are too
   *     many pairs, or none
   */
  public static UnknownPairs of(
      TableSource source, List<ModeSpec> modes, KnownEntities entities, Negatives choice) {
    EntityTuples listed;
    try (UnlabelledPairs rows = PairsReader.readUnlabelled(source, modes, entities.ids())) {
      listed = rows.tuples();
    }
    Map<String, EntityTable> tables = new HashMap<>();
    List<Mode> named = new ArrayList<>();
    for (int mode = 0; mode < modes.size(); mode++) {
      EntityIds ids = entities.idsOf(mode);
      EntityTable table =
          tables.computeIfAbsent(
              modes.get(mode).table(),
              name ->
                  EntityTable.of(
                      name, ids, DenseFeatures.of(ids.size(), 1, new float[ids.size()])));
      named.add(new Mode(modes.get(mode).column(), table));
    }
    int[] positive = new int[listed.size()];
    Arrays.fill(positive, 1);
    Samples samples = Samples.of(listed, ClassTargets.of("listed", List.of("no", "yes"), positive));
    try {
      EntityTuples all =
          ImplicitNegatives.complete(Dataset.of(named, samples), SEED).samples().tuples();
      int[] unlisted = new int[all.size() - listed.size()];
      Arrays.setAll(unlisted, i -> listed.size() + i);
      return new UnknownPairs(all.select(unlisted), choice);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "negatives: " + e.getMessage(), Facts.NONE.withOption("negatives"), e);
    }
  }

  /**
   * The samples, followed by these as negatives.
   *
   * @throws InputException if the samples do not have two classes
   */
  public Samples with(Samples samples) {
    if (!(samples.targets() instanceof ClassTargets classes) || classes.classes().size() != 2) {
      throw new InputException(
          "negatives: are for models of two classes",
          Facts.of(Remedy.TWO_CLASSES).withOption("negatives"));
    }
    long positives = 0;
    for (int i = 0; i < samples.size(); i++) {
      positives += classes.label(i);
    }
    EntityTuples added = choice.samples() ? drawn(choice.perPositive() * positives) : tuples;
    int modes = tuples.modes();
    int size = Math.addExact(samples.size(), added.size());
    int[] entities = new int[Math.multiplyExact(size, modes)];
    int[] labels = new int[size];
    float[] weights = new float[size];
    Arrays.fill(weights, 1);
    for (int i = 0; i < size; i++) {
      boolean listed = i < samples.size();
      for (int mode = 0; mode < modes; mode++) {
        entities[i * modes + mode] =
            listed ? samples.tuples().entity(i, mode) : added.entity(i - samples.size(), mode);
      }
      if (listed) {
        labels[i] = classes.label(i);
        weights[i] = samples.weight(i);
      }
    }
    return Samples.weighted(
        EntityTuples.of(modes, entities),
        ClassTargets.of(classes.names().getFirst(), classes.classes(), labels),
        weights);
  }

  /** So many of them, each subset equally likely, in order. */
  private EntityTuples drawn(long most) {
    int wanted = (int) Math.min(most, tuples.size());
    SplittableRandom random = new SplittableRandom(SEED);
    int[] kept = new int[wanted];
    int count = 0;
    for (int i = 0; i < tuples.size(); i++) {
      if (random.nextInt(tuples.size() - i) < wanted - count) {
        kept[count++] = i;
      }
    }
    return tuples.select(kept);
  }
}
