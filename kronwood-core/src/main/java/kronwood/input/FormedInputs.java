package kronwood.input;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kronwood.data.EntityTuples;
import kronwood.gram.FactorTable;

/** Makes inputs of tuples of entities in forms other than plain. */
final class FormedInputs {
  private FormedInputs() {}

  /** What {@link StructuredInputs#of(List, int[], EntityTuples, InputForm)} says. */
  static StructuredInputs of(
      List<FactorTable> tables, int[] tableOfMode, EntityTuples tuples, InputForm form) {
    TermPattern pattern = TermPattern.of(form.structure(), tableOfMode);
    PairComparison comparison = form.comparison();
    if (comparison != null) {
      return compared(tables, tableOfMode, tuples, pattern, comparison);
    }
    return sums(tables, tableOfMode, tuples, pattern, form);
  }

  /** Inputs that are sums of products. */
  private static StructuredInputs sums(
      List<FactorTable> tables,
      int[] tableOfMode,
      EntityTuples tuples,
      TermPattern pattern,
      InputForm form) {
    int axes = pattern.axes();
    int[] entities =
        new int[Math.multiplyExact(Math.multiplyExact(tuples.size(), pattern.count()), axes)];
    int[] tableOfAxis = pattern.modeOfAxis();
    Arrays.setAll(tableOfAxis, axis -> tableOfMode[pattern.mode(0, axis)]);
    int next = 0;
    for (int i = 0; i < tuples.size(); i++) {
      for (int t = 0; t < pattern.count(); t++) {
        for (int axis = 0; axis < axes; axis++) {
          int identities =
              pattern.isIdentity(t, axis) ? tables.get(tableOfAxis[axis]).entities() : 0;
          entities[next++] = identities + tuples.entity(i, pattern.mode(t, axis));
        }
      }
    }
    double[] weights = new double[pattern.count()];
    Arrays.setAll(weights, t -> form.scale() * pattern.signs()[t]);
    double[] readWeights = new double[pattern.reads()];
    Arrays.setAll(readWeights, t -> pattern.readFactor() * weights[t]);
    StructuredInputs products =
        new StructuredInputs(
            form.termTables(tables),
            tableOfAxis,
            EntityTuples.of(axes, entities),
            PairStructure.PLAIN,
            tableOfAxis);
    return new StructuredInputs(
        form.structure(), new Terms(products, weights, readWeights), tableOfMode);
  }

  /** Plain inputs, of which the entities of one axis are the different pairs that there are. */
  private static StructuredInputs compared(
      List<FactorTable> tables,
      int[] tableOfMode,
      EntityTuples tuples,
      TermPattern pattern,
      PairComparison comparison) {
    int[] pair = TermPattern.pair(PairStructure.COMPARISON, tableOfMode);
    int compared = tableOfMode[pair[0]];
    DistinctPairs pairs = DistinctPairs.of(tuples, pair);
    List<FactorTable> factors = new ArrayList<>(tables);
    factors.set(compared, comparison.table(tables.get(compared), pairs.first(), pairs.second()));
    int axes = pattern.axes();
    int[] entities = new int[tuples.size() * axes];
    int[] tableOfAxis = new int[axes];
    for (int axis = 0; axis < axes; axis++) {
      int mode = pattern.mode(0, axis);
      tableOfAxis[axis] = tableOfMode[mode];
      for (int i = 0; i < tuples.size(); i++) {
        entities[i * axes + axis] =
            mode == pair[0] ? pairs.indexOf(tuples, i, pair) : tuples.entity(i, mode);
      }
    }
    return new StructuredInputs(
        factors,
        tableOfAxis,
        EntityTuples.of(axes, entities),
        PairStructure.COMPARISON,
        tableOfMode);
  }
}
