package kronwood.fit;

import java.util.Locale;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.fault.InputException;
import kronwood.gram.FactorFit;
import kronwood.gram.GramOptions;
import kronwood.gram.IdentityCoordinates;
import kronwood.input.PairStructure;
import kronwood.plan.EngineChoice;

/**
 * Decides whether entities that are told apart by their identity alone have {@link
 * IdentityCoordinates#SPARSE} coordinates: all tables of a training have, or none.
 *
 * <p>If that is left open they have where a table has more than {@value #MOST_ENTITIES} training
 * entities, or a neuron would have more than 2²⁴ weights. So what can be trained with dense
 * coordinates in reasonable time has the same initial weights whatever the memory.
 */
final class SparseIdentities {
  private static final int MOST_ENTITIES = 4096;
  private static final double MOST_WEIGHTS = 1 << 24;

  private SparseIdentities() {}

  /**
   * Whether coordinates are sparse.
   *
   * @param training number of training entities of each table
   * @throws InputException if they are asked for and cannot be, or are chosen by number and other
   *     options do not allow them
   */
  static boolean areWanted(Dataset data, int[] training, ModelOptions options) {
    IdentityCoordinates asked = options.gram().identities();
    if (asked == IdentityCoordinates.DENSE) {
      return false;
    }
    boolean can = options.structure() == PairStructure.PLAIN;
    for (int t = 0; t < training.length; t++) {
      EntityTable table = data.tables().get(t);
      can &= FactorFit.canBeSparse(table, training[t], TrainingInputs.gram(data, t, options));
    }
    if (asked == IdentityCoordinates.SPARSE) {
      if (!can) {
        throw new InputException(
            "sparse coordinates are for plain inputs all of whose tables have an identity and"
                + " nothing else, at least two training entities, no components, and a constant"
                + " above 1 / (training entities - 1); give other attributes dense ones");
      }
      checkOptions(options);
      return true;
    }
    if (!can || !areMany(data, training)) {
      return false;
    }
    checkOptions(options);
    return true;
  }

  private static boolean areMany(Dataset data, int[] training) {
    double weights = 1;
    boolean many = false;
    for (int table : data.tableOfMode()) {
      weights *= training[table];
      many |= training[table] > MOST_ENTITIES;
    }
    return many || weights > MOST_WEIGHTS;
  }

  private static void checkOptions(ModelOptions options) {
    if (options.network().hasSkip()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "so many identities have sparse coordinates, for which there is no linear skip; train"
                  + " with skip 0, found %s",
              options.network().skip()));
    }
    EngineChoice engine = options.training().engine().engine();
    if ((engine != EngineChoice.AUTO && engine != EngineChoice.WEIGHTS)
        || options.training().engine().layout() != null) {
      throw new InputException(
          "so many identities have sparse coordinates, which engine weights alone trains; found"
              + " engine "
              + engine.key()
              + (options.training().engine().layout() != null ? " with a plan" : ""));
    }
  }

  /** The options of a table, in which nothing is left open. */
  static GramOptions decided(GramOptions gram, boolean sparse) {
    return gram.withIdentities(sparse ? IdentityCoordinates.SPARSE : IdentityCoordinates.DENSE);
  }
}
