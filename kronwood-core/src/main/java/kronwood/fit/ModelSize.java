package kronwood.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.gram.FactorFit;
import kronwood.input.PairStructure;
import kronwood.input.StructuredInputs;
import kronwood.plan.EnginePlan;
import kronwood.plan.OutOfMemoryEstimateException;

/**
 * Refuses a training before it begins if the weights of its model do not fit in memory. The states
 * of a training may be far smaller than these weights, so it would run to its end and then fail.
 */
final class ModelSize {
  private ModelSize() {}

  /**
   * Checks what is known before coordinates are fitted: an entity that is told apart by its
   * identity has a coordinate of its own.
   *
   * @param training number of training entities of each table
   */
  static void checkLeast(Dataset data, int[] training, ModelOptions options) {
    if (options.structure() != PairStructure.PLAIN) {
      return;
    }
    List<String> names = new ArrayList<>();
    List<Integer> ranks = new ArrayList<>();
    int[] tableOfMode = data.tableOfMode();
    for (int mode = 0; mode < tableOfMode.length; mode++) {
      EntityTable table = data.tables().get(tableOfMode[mode]);
      boolean identity =
          table.attributes() instanceof Blocks blocks
              && blocks.blocks().stream().anyMatch(Block.OfIdentity.class::isInstance);
      names.add(data.modes().get(mode).name());
      int most =
          options
              .gram()
              .ofProfiles(table)
              .components()
              .getOrDefault(table.name(), Integer.MAX_VALUE);
      ranks.add(identity ? Math.min(most, Math.max(1, training[tableOfMode[mode]] - 1)) : 1);
    }
    double least = product(ranks);
    if (least > 1 && isTooLarge(least, options)) {
      throw refusal(names, ranks, least, options);
    }
  }

  /** Checks the weights of neurons that take these inputs. */
  static void check(
      Dataset data, List<FactorFit> fits, StructuredInputs inputs, ModelOptions options) {
    List<String> names = new ArrayList<>();
    List<Integer> ranks = new ArrayList<>();
    int[] tableOfMode = data.tableOfMode();
    for (int mode = 0; mode < tableOfMode.length; mode++) {
      names.add(data.modes().get(mode).name());
      ranks.add(fits.get(tableOfMode[mode]).table().rank());
    }
    if (!inputs.isSparse() && isTooLarge(inputs.dimension(), options)) {
      // Where no plan fits either, there is more to be said of that.
      EnginePlan.of(inputs, options.network(), options.training().workload(), options.memory());
      throw refusal(names, ranks, inputs.dimension(), options);
    }
  }

  private static boolean isTooLarge(double dimension, ModelOptions options) {
    return bytes(dimension, options) > options.memory() || dimension > Integer.MAX_VALUE - 8;
  }

  private static double bytes(double dimension, ModelOptions options) {
    return dimension * options.network().neurons() * Float.BYTES;
  }

  private static double product(List<Integer> ranks) {
    double product = 1;
    for (int rank : ranks) {
      product *= rank;
    }
    return product;
  }

  private static OutOfMemoryEstimateException refusal(
      List<String> names, List<Integer> ranks, double dimension, ModelOptions options) {
    StringBuilder words = new StringBuilder();
    for (int mode = 0; mode < ranks.size(); mode++) {
      words.append(mode == 0 ? "" : " × ");
      words.append(String.format(Locale.ROOT, "%,d (%s)", ranks.get(mode), names.get(mode)));
    }
    return OutOfMemoryEstimateException.ofModel(
        options.network().neurons(), words.toString(), bytes(dimension, options), options.memory());
  }
}
