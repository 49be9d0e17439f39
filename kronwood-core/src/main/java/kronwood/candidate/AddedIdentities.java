package kronwood.candidate;

import java.util.ArrayList;
import java.util.List;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.data.FeatureKernel;
import kronwood.data.Features;
import kronwood.data.Similarities;
import kronwood.data.Split;
import kronwood.fit.ModelOptions;
import kronwood.fit.TrainingInputs;
import kronwood.gram.FactorFit;
import kronwood.plan.OutOfMemoryEstimateException;

/**
 * Adds an identity to tables of entities that occur in many training samples, so that what
 * attributes do not tell of an entity is learned of it all the same: for kernel methods the term
 * {@code σ² I}, for mixed models the random effect of an entity. New entities have none of it, and
 * are predicted by their attributes as before.
 *
 * <p>A table gets it if
 *
 * <ul>
 *   <li>{@link kronwood.gram.GramOptions#addedIdentity} is above 0, and no table was given an
 *       identity: else the user has chosen;
 *   <li>its form is open: at most 5,000 entities, not reduced to components, not compared with each
 *       other, and known by more than their interactions;
 *   <li>its training entities occur in five training samples or more on average;
 *   <li>weights of a neuron become at most twice as many, as they do where similarities are given:
 *       these have a coordinate for each entity already. Or they are few, at most {@value
 *       #FEW_WEIGHTS}, with it;
 *   <li>fitting its coordinates takes at most a tenth of the memory: nothing is refused because of
 *       an identity that nobody asked for.
 * </ul>
 *
 * <p>Cost: that of fitting the coordinates of tables of features once more, where it depends on
 * their number whether there is an identity.
 */
public final class AddedIdentities {
  private static final int SAMPLES_OF_ENTITY = 5;
  private static final int FEW_WEIGHTS = 16_384;
  private static final double SHARE_OF_MEMORY = 0.1;

  private AddedIdentities() {}

  /** The data set with the tables that get an identity; itself if none does. */
  public static Dataset to(Dataset data, Split split, ModelOptions options) {
    double weight = options.gram().addedIdentity();
    List<EntityTable> tables = new ArrayList<>(data.tables());
    if (weight == 0 || tables.stream().anyMatch(table -> TableForm.of(table).identity() > 0)) {
      return data;
    }
    boolean changed = false;
    Ranks ranks = new Ranks(data, split, options);
    for (int t = 0; t < tables.size(); t++) {
      EntityTable table = tables.get(t);
      if (!InputConfiguration.isOpen(data, t, options)
          || (table.attributes() instanceof Blocks blocks && blocks.areProfiles())) {
        continue;
      }
      int[] entities = TrainingInputs.trainingEntities(data, split, t);
      if (!isFrequent(data, split, t, entities.length)) {
        continue;
      }
      double growth = Math.max(1, entities.length / ranks.of(t));
      EntityTable identified = TableForm.of(table).identified(weight).apply(table);
      boolean few = growth <= 2 || growth * ranks.weights() <= FEW_WEIGHTS;
      if (few && fits(identified, entities.length, options)) {
        ranks.grow(t, growth);
        tables.set(t, identified);
        changed = true;
      }
    }
    return changed ? DivisionInputs.withTables(data, tables) : data;
  }

  private static boolean fits(EntityTable table, int entities, ModelOptions options) {
    return FactorFit.bytes(table, entities, options.gram()) <= SHARE_OF_MEMORY * options.memory();
  }

  private static boolean isFrequent(Dataset data, Split split, int table, int entities) {
    long modes = 0;
    for (int of : data.tableOfMode()) {
      modes += of == table ? 1 : 0;
    }
    return modes * split.train().length >= (long) SAMPLES_OF_ENTITY * entities;
  }

  /** Number of coordinates of each table; a table is fitted only if its number is asked for. */
  private static final class Ranks {
    private final Dataset data;
    private final Split split;
    private final ModelOptions options;
    private final double[] known;

    Ranks(Dataset data, Split split, ModelOptions options) {
      this.data = data;
      this.split = split;
      this.options = options;
      this.known = new double[data.tables().size()];
    }

    double of(int table) {
      if (known[table] == 0) {
        known[table] = computed(table);
      }
      return known[table];
    }

    void grow(int table, double factor) {
      known[table] = of(table) * factor;
    }

    /** Number of weights of a neuron. */
    double weights() {
      double product = 1;
      for (int table : data.tableOfMode()) {
        product *= of(table);
      }
      return product;
    }

    private double computed(int position) {
      EntityTable table = data.tables().get(position);
      int[] entities = TrainingInputs.trainingEntities(data, split, position);
      if (!hasAsManyAsEntities(table)) {
        try {
          return TrainingInputs.fit(table, entities, options.gram(), options.memory()).map().rank();
        } catch (OutOfMemoryEstimateException e) {
          // Training says so.
        }
      }
      return entities.length;
    }
  }

  /** Whether there are about as many coordinates as entities, by kind of the attributes. */
  private static boolean hasAsManyAsEntities(EntityTable table) {
    return switch (table.attributes()) {
      case Blocks several ->
          several.blocks().stream()
              .anyMatch(
                  block ->
                      switch (block) {
                        case Block.OfSimilarities _, Block.OfProfile _ -> true;
                        case Block.OfCells cells -> !cells.kernel().equals(FeatureKernel.LINEAR);
                        case Block.OfFeatures one -> !one.kernel().equals(FeatureKernel.LINEAR);
                        case Block.OfIdentity _ -> false;
                      });
      case Similarities _ -> true;
      case Features _ -> false;
    };
  }
}
