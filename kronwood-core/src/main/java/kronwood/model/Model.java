package kronwood.model;

import java.util.List;
import kronwood.data.EntityTable;

/**
 * A trained network together with the entities it knows.
 *
 * <p>Immutable. Made by {@link ModelTraining}, kept in files by {@link ModelFile}.
 *
 * @param modeNames name of each mode, in the order of the product
 * @param tableOfMode for each mode the position of its table; not copied
 * @param tables the distinct tables
 * @param network weights
 * @param target what it predicts
 * @param provenance how it came about
 */
public record Model(
    List<String> modeNames,
    int[] tableOfMode,
    List<ModelTable> tables,
    ModelNetwork network,
    ModelTarget target,
    Provenance provenance) {

  /**
   * Checks that the parts fit together.
   *
   * @throws IllegalArgumentException if not; the message names both sizes
   */
  public Model {
    modeNames = List.copyOf(modeNames);
    tables = List.copyOf(tables);
    if (modeNames.isEmpty()) {
      throw new IllegalArgumentException("a model needs at least one mode");
    }
    if (tables.stream().map(ModelTable::name).distinct().count() != tables.size()) {
      throw new IllegalArgumentException("two tables of the model have the same name");
    }
    if (modeNames.size() != tableOfMode.length) {
      throw new IllegalArgumentException(
          modeNames.size() + " mode names but " + tableOfMode.length + " modes");
    }
    long dimension = 1;
    for (int table : tableOfMode) {
      if (table < 0 || table >= tables.size()) {
        throw new IllegalArgumentException("no table " + table + " among " + tables.size());
      }
      dimension = Math.multiplyExact(dimension, (long) tables.get(table).map().rank());
    }
    if (dimension != network.weights()[0].length) {
      throw new IllegalArgumentException(
          "neurons have "
              + network.weights()[0].length
              + " weights, the modes' ranks make "
              + dimension);
    }
    if (target.offset().length != network.outputs()) {
      throw new IllegalArgumentException(
          "the network has "
              + network.outputs()
              + " outputs, the target "
              + target.offset().length);
    }
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
   * @throws IllegalArgumentException if a name or the columns do not match
   */
  public Predictor predictor(List<EntityTable> newEntities, int threads) {
    return new Predictor(this, newEntities, threads);
  }
}
