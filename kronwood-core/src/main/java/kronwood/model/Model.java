package kronwood.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import kronwood.data.EntityTable;
import kronwood.fault.InputException;
import kronwood.input.InputForm;
import kronwood.input.PairStructure;
import kronwood.measure.SpreadCalibration;
import kronwood.network.Activation;
import org.jspecify.annotations.Nullable;

/**
 * A trained network together with the entities it knows.
 *
 * <p>Immutable. Made by {@code kronwood.fit.ModelTraining}, kept in files by {@link
 * kronwood.model.file.ModelFile}.
 *
 * @param modeNames name of each mode, in the order of the product
 * @param tableOfMode for each mode the position of its table; not copied
 * @param tables the distinct tables
 * @param form how entities become inputs
 * @param network weights
 * @param target what it predicts
 * @param provenance how it came about
 * @param settings how much network and linear model count by what is known of the entities, one for
 *     each set of new modes; empty: the network alone counts
 * @param others what predicts where an entity is new, of a model that compares entities by their
 *     interactions, as new ones have none; null if this model does
 */
public record Model(
    List<String> modeNames,
    int[] tableOfMode,
    List<ModelTable> tables,
    InputForm form,
    ModelNetwork network,
    ModelTarget target,
    Provenance provenance,
    List<SettingWeights> settings,
    @Nullable Model others) {

  /**
   * Checks that the parts fit together.
   *
   * @throws InputException if not; the message names both sizes
   */
  public Model {
    modeNames = List.copyOf(modeNames);
    tables = List.copyOf(tables);
    settings = List.copyOf(settings);
    if (modeNames.isEmpty()) {
      throw new InputException("a model needs at least one mode");
    }
    if (tables.stream().map(ModelTable::name).distinct().count() != tables.size()) {
      throw new InputException("two tables of the model have the same name");
    }
    if (modeNames.size() != tableOfMode.length) {
      throw new InputException(
          modeNames.size() + " mode names but " + tableOfMode.length + " modes");
    }
    for (int table : tableOfMode) {
      if (table < 0 || table >= tables.size()) {
        throw new InputException("no table " + table + " among " + tables.size());
      }
    }
    if (!form.known().isEmpty() && form.known().size() != tables.size()) {
      throw new InputException(
          "training entities of " + form.known().size() + " tables, there are " + tables.size());
    }
    for (int t = 0; t < form.known().size(); t++) {
      ModelTable table = tables.get(t);
      ModelTable.checkTraining(table.name(), form.known().get(t), table.ids().size());
    }
    long dimension = 1;
    for (int rank : ranks(tables, tableOfMode, form)) {
      dimension = Math.multiplyExact(dimension, (long) rank);
    }
    boolean sparse = tables.stream().anyMatch(ModelTable::isSparse);
    if ((sparse && !tables.stream().allMatch(ModelTable::isSparse))
        || sparse != (network.entries() != null)
        || (sparse && !isPlain(form, settings, others))) {
      throw new InputException(
          "sparse coordinates and weights of entries go together, with plain inputs and no"
              + " settings");
    }
    if (!sparse && dimension != network.weights()[0].length) {
      throw new InputException(
          "neurons have "
              + network.weights()[0].length
              + " weights, the modes' ranks make "
              + dimension);
    }
    if (target.offset().length != network.width() || target.outputs() != network.outputs()) {
      throw new InputException(
          "the network has " + network.width() + " outputs, the target " + target.offset().length);
    }
    checkSettings(settings, modeNames.size(), tables, network);
    if (others != null) {
      checkOthers(others, modeNames, tableOfMode, tables, network, target);
    }
  }

  private static boolean isPlain(
      InputForm form, List<SettingWeights> settings, @Nullable Model others) {
    return form.structure() == PairStructure.PLAIN && settings.isEmpty() && others == null;
  }

  private static void checkOthers(
      Model others,
      List<String> modeNames,
      int[] tableOfMode,
      List<ModelTable> tables,
      ModelNetwork network,
      ModelTarget target) {
    boolean same =
        others.others == null
            && others.modeNames.equals(modeNames)
            && Arrays.equals(others.tableOfMode, tableOfMode)
            && others.tables.size() == tables.size()
            && others.network.outputs() == network.outputs()
            && others.network.members() == network.members()
            && others.target.classes().equals(target.classes());
    for (int t = 0; same && t < tables.size(); t++) {
      ModelTable table = tables.get(t);
      ModelTable other = others.tables.get(t);
      same =
          other.name().equals(table.name())
              && other.ids().asList().equals(table.ids().asList())
              && other.columns().equals(table.columns())
              && given(other).equals(given(table))
              && table.training() != null;
    }
    if (!same) {
      throw new InputException(
          "what predicts for new entities has other modes, entities, outputs or members");
    }
  }

  private static void checkSettings(
      List<SettingWeights> settings, int modes, List<ModelTable> tables, ModelNetwork network) {
    if (settings.isEmpty()) {
      return;
    }
    if (modes > SettingWeights.MOST_MODES || settings.size() != 1 << modes) {
      throw new InputException(
          settings.size() + " settings of " + modes + " modes, expected one for each set of them");
    }
    for (int s = 0; s < settings.size(); s++) {
      SettingWeights each = settings.get(s);
      if (each.newModes() != s || each.offset().length != network.outputs()) {
        throw new InputException(
            "setting %d is of the modes %d and %d outputs, expected %d and %d"
                .formatted(s, each.newModes(), each.offset().length, s, network.outputs()));
      }
      for (float[] tensor : each.linear()) {
        if (tensor.length != network.weights()[0].length) {
          throw new InputException(
              "a linear model of "
                  + tensor.length
                  + " weights, neurons have "
                  + network.weights()[0].length);
        }
      }
    }
    if (tables.stream().anyMatch(table -> table.training() == null)) {
      throw new InputException("settings, but not which entities are known by training");
    }
  }

  /** The kinds and columns of what a new entity brings. */
  private static List<List<Object>> given(ModelTable table) {
    return table.blocks().stream()
        .filter(block -> block.kind().isGiven())
        .map(block -> List.<Object>of(block.kind(), block.columns()))
        .toList();
  }

  /** Which predicts for new entities too. */
  public Model(
      List<String> modeNames,
      int[] tableOfMode,
      List<ModelTable> tables,
      InputForm form,
      ModelNetwork network,
      ModelTarget target,
      Provenance provenance,
      List<SettingWeights> settings) {
    this(modeNames, tableOfMode, tables, form, network, target, provenance, settings, null);
  }

  /** Whose network alone counts. */
  public Model(
      List<String> modeNames,
      int[] tableOfMode,
      List<ModelTable> tables,
      InputForm form,
      ModelNetwork network,
      ModelTarget target,
      Provenance provenance) {
    this(modeNames, tableOfMode, tables, form, network, target, provenance, List.of(), null);
  }

  /** Of plain inputs. */
  public Model(
      List<String> modeNames,
      int[] tableOfMode,
      List<ModelTable> tables,
      ModelNetwork network,
      ModelTarget target,
      Provenance provenance) {
    this(modeNames, tableOfMode, tables, InputForm.PLAIN, network, target, provenance);
  }

  public static int[] ranks(List<ModelTable> tables, int[] tableOfMode, InputForm form) {
    return form.ranks(tables.stream().map(table -> table.map().rank()).toList(), tableOfMode);
  }

  /** Shape of a neuron's weights: the rank along each axis of the product. */
  public int[] ranks() {
    return ranks(tables, tableOfMode, form);
  }

  /** What the network's neurons make of their pre-activations. */
  public Activation activation() {
    return Activation.of(form.structure());
  }

  /** The same model with further facts of how it came about. */
  public Model withFacts(Map<String, String> more) {
    return new Model(
        modeNames,
        tableOfMode,
        tables,
        form,
        network,
        target,
        provenance.with(more),
        settings,
        others);
  }

  /** The same model with other weights, and another story of how they came about. */
  public Model with(ModelNetwork otherNetwork, Provenance otherProvenance) {
    return new Model(
        modeNames,
        tableOfMode,
        tables,
        form,
        otherNetwork,
        target,
        otherProvenance,
        settings,
        others);
  }

  /**
   * The same model with weights of its parts.
   *
   * @param weights one for each set of new modes, in the order of their bits
   * @throws InputException if they do not fit
   */
  public Model withSettings(List<SettingWeights> weights) {
    return new Model(
        modeNames, tableOfMode, tables, form, network, target, provenance, weights, others);
  }

  /**
   * The same model, but where an entity is new.
   *
   * @param other what predicts there, null for this model
   * @throws InputException if it is not about the same modes, entities, outputs and members
   */
  public Model withOthers(@Nullable Model other) {
    return new Model(
        modeNames, tableOfMode, tables, form, network, target, provenance, settings, other);
  }

  /** The same model with an offset more on each output. */
  public Model shifted(double offset) {
    return new Model(
        modeNames,
        tableOfMode,
        tables,
        form,
        network,
        target.shifted(offset),
        provenance,
        settings,
        others == null ? null : others.shifted(offset));
  }

  /** The same model with another reading of the spread between its members. */
  public Model withCalibration(List<SpreadCalibration> calibration) {
    return new Model(
        modeNames,
        tableOfMode,
        tables,
        form,
        network,
        target.withCalibration(calibration),
        provenance,
        settings,
        others);
  }

  /**
   * What the spread between members says about the error.
   *
   * @param newModes the modes whose entities are new, as {@link SettingWeights#newModes} has them
   * @return one for each output, empty if that is not known
   */
  public List<SpreadCalibration> calibration(int newModes) {
    List<SpreadCalibration> own = settings.isEmpty() ? List.of() : settings.get(newModes).spread();
    return own.isEmpty() ? target.calibration() : own;
  }

  /** The table of mode {@code mode}. */
  public ModelTable table(int mode) {
    return tables.get(tableOfMode[mode]);
  }

  /** A predictor for the entities the model knows. */
  public Predictor predictor(int threads) {
    return predictor(List.of(), threads);
  }

  /**
   * A predictor for the entities the model knows and new ones. Where an id is both, what is given
   * here is used.
   *
   * @param newEntities at most one table of new entities for each of the model's tables, matched by
   *     name; its columns must be those of {@link ModelTable#columns()}, in that order
   * @param threads threads to predict with; the result does not depend on it
   * @throws InputException if a name or the columns do not match
   */
  public Predictor predictor(List<EntityTable> newEntities, int threads) {
    return new Predictor(this, newEntities, threads);
  }
}
