package kronwood.fit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.data.Mode;
import kronwood.data.Split;
import kronwood.fault.InputException;
import kronwood.gram.FactorFit;
import kronwood.gram.FactorTable;
import kronwood.gram.GramOptions;
import kronwood.gram.IdentityCoordinates;
import kronwood.input.InputForm;
import kronwood.input.PairComparison;
import kronwood.input.StructuredInputs;
import kronwood.plan.OutOfMemoryEstimateException;
import kronwood.train.TrainingProblem;

/**
 * Makes the inputs of a network: fits the coordinates of entities on those of the training samples,
 * and combines them.
 */
public final class TrainingInputs {
  private TrainingInputs() {}

  /**
   * The problem that {@link ModelTraining#fit} trains on.
   *
   * @throws InputException if the data cannot be learned from with these options
   */
  public static TrainingProblem problem(Dataset data, Split split, ModelOptions options) {
    List<FactorFit> fits = fits(data, split, options);
    return problem(data, split, options, fits, form(data, split, options, fits));
  }

  /**
   * What would be trained on with coordinates that were fitted before, on the split's training
   * entities.
   *
   * @param fits one for each of the data's tables
   */
  public static TrainingProblem problem(
      Dataset data, Split split, ModelOptions options, List<FactorFit> fits) {
    return problem(data, split, options, fits, form(data, split, options, fits));
  }

  /** How entities become inputs, fitted on the training samples. */
  static InputForm form(Dataset data, Split split, ModelOptions options, List<FactorFit> fits) {
    double comparisons = comparisonBytes(data, options, fits);
    if (comparisons > options.memory()) {
      throw OutOfMemoryEstimateException.ofComparisons(
          data.samples().size(), comparisons, options.memory());
    }
    return InputForm.fit(
        options.structure(),
        fits.stream().map(FactorFit::table).toList(),
        data.tableOfMode(),
        data.samples().tuples().select(split.train()),
        fits.stream().map(FactorFit::trainingEntities).toList(),
        options.gram());
  }

  static TrainingProblem problem(
      Dataset data, Split split, ModelOptions options, List<FactorFit> fits, InputForm form) {
    List<FactorTable> factors = fits.stream().map(FactorFit::table).toList();
    StructuredInputs inputs =
        StructuredInputs.of(factors, data.tableOfMode(), data.samples().tuples(), form);
    return new TrainingProblem(inputs, data.samples(), split, options.loss());
  }

  /** Bytes that comparisons take at most, where two entities are compared. */
  private static double comparisonBytes(Dataset data, ModelOptions options, List<FactorFit> fits) {
    for (int table = 0; table < fits.size(); table++) {
      if (options.structure().compares(data.tableOfMode(), table)) {
        return PairComparison.bytes(data.samples().size(), fits.get(table).map().rank());
      }
    }
    return 0;
  }

  /** How a table of the data set becomes coordinates. */
  static GramOptions gram(Dataset data, int table, ModelOptions options) {
    return options
        .structure()
        .gram(options.gram(), data.tableOfMode(), table, data.tables().get(table));
  }

  static void checkTables(Dataset data, ModelOptions options) {
    options
        .structure()
        .check(
            data.modes().stream().map(Mode::name).toList(),
            data.modes().stream().map(mode -> mode.table().name()).toList());
    checkComponents(data, options.gram().components().keySet());
  }

  /**
   * Coordinates of all tables, fitted on the entities of the training samples.
   *
   * @throws InputException if the data cannot be learned from with these options
   * @throws OutOfMemoryEstimateException if that would need more memory than allowed
   */
  public static List<FactorFit> fits(Dataset data, Split split, ModelOptions options) {
    return fits(new ResidentSource(data, split), options);
  }

  static List<FactorFit> fits(SampleSource source, ModelOptions options) {
    Dataset data = source.data();
    checkTables(data, options);
    int[][] training = new int[data.tables().size()][];
    int[] sizes = new int[training.length];
    for (int t = 0; t < training.length; t++) {
      training[t] = source.trainingEntities(t);
      sizes[t] = training[t].length;
    }
    boolean sparse = SparseIdentities.areWanted(data, sizes, options);
    for (int t = 0; t < training.length; t++) {
      EntityTable table = data.tables().get(t);
      GramOptions gram = SparseIdentities.decided(gram(data, t, options), sparse);
      checkMemory(table, training[t], gram, options.memory());
    }
    if (!sparse) {
      ModelSize.checkLeast(data, sizes, options);
    }
    List<FactorFit> fits = new ArrayList<>();
    for (int t = 0; t < training.length; t++) {
      fits.add(
          FactorFit.of(
              source.table(t),
              training[t],
              SparseIdentities.decided(gram(data, t, options), sparse)));
    }
    return fits;
  }

  /**
   * Whether entities of all tables are identities with sparse coordinates.
   *
   * @throws InputException if these are asked for and cannot be
   */
  public static boolean areSparse(Dataset data, Split split, ModelOptions options) {
    boolean identities =
        options.gram().identities() == IdentityCoordinates.SPARSE
            || data.tables().stream().allMatch(FactorFit::isOfIdentities);
    int[] sizes = new int[data.tables().size()];
    for (int t = 0; identities && t < sizes.length; t++) {
      sizes[t] = trainingEntities(data, split, t).length;
    }
    return identities && SparseIdentities.areWanted(data, sizes, options);
  }

  private static void checkComponents(Dataset data, Set<String> reduced) {
    List<String> names = data.tables().stream().map(EntityTable::name).toList();
    for (String name : reduced) {
      if (!names.contains(name)) {
        throw new InputException(
            "components are asked for of table '"
                + name
                + "', which is not there; the tables are "
                + String.join(", ", names));
      }
    }
  }

  /**
   * Coordinates of a table.
   *
   * @param gram as {@link kronwood.input.PairStructure#gram} has it
   * @param memory bytes there are
   * @throws InputException if the table cannot be learned from
   * @throws OutOfMemoryEstimateException if that would need more memory than allowed
   */
  public static FactorFit fit(
      EntityTable table, int[] trainingEntities, GramOptions gram, double memory) {
    checkMemory(table, trainingEntities, gram, memory);
    return FactorFit.of(table, trainingEntities, gram);
  }

  private static void checkMemory(
      EntityTable table, int[] trainingEntities, GramOptions gram, double memory) {
    double needed = FactorFit.bytes(table, trainingEntities.length, gram);
    if (needed > memory) {
      throw OutOfMemoryEstimateException.ofCoordinates(
          table.name(), trainingEntities.length, needed, memory);
    }
  }

  /** Entities of a table that occur in training samples, increasing. */
  public static int[] trainingEntities(Dataset data, Split split, int table) {
    int[] tableOfMode = data.tableOfMode();
    BitSet entities = new BitSet(data.tables().get(table).size());
    for (int sample : split.train()) {
      for (int k = 0; k < tableOfMode.length; k++) {
        if (tableOfMode[k] == table) {
          entities.set(data.samples().tuples().entity(sample, k));
        }
      }
    }
    return entities.stream().toArray();
  }
}
