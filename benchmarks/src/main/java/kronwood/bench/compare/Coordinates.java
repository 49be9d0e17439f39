package kronwood.bench.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kronwood.bench.contest.Contestant;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.Mode;
import kronwood.gram.FactorFit;
import kronwood.gram.FactorTable;
import kronwood.gram.GramOptions;
import kronwood.input.StructuredInputs;

/** From a data set, all samples of which train, to what contestants work on. */
final class Coordinates {
  private Coordinates() {}

  /** Sizes for the table. */
  static Contestant.Shape shape(Dataset data, String engine, int neurons, int batch) {
    double dimension = 1;
    for (Mode mode : data.modes()) {
      dimension *= mode.table().attributes().columns();
    }
    return new Contestant.Shape(engine, neurons, data.samples().size(), dimension, batch);
  }

  /** The inputs in reduced coordinates. */
  static StructuredInputs of(Dataset data, GramOptions gram) {
    List<FactorTable> factors = new ArrayList<>();
    List<EntityTable> tables = data.tables();
    for (int t = 0; t < tables.size(); t++) {
      factors.add(FactorFit.of(tables.get(t), trainingEntities(data, t), gram).table());
    }
    return StructuredInputs.of(factors, data.tableOfMode(), data.samples().tuples());
  }

  /** Entities of a table that occur in the samples, increasing. */
  private static int[] trainingEntities(Dataset data, int table) {
    int[] tableOfMode = data.tableOfMode();
    EntityTuples tuples = data.samples().tuples();
    boolean[] occurs = new boolean[data.tables().get(table).size()];
    for (int i = 0; i < tuples.size(); i++) {
      for (int k = 0; k < tableOfMode.length; k++) {
        if (tableOfMode[k] == table) {
          occurs[tuples.entity(i, k)] = true;
        }
      }
    }
    int[] entities = new int[occurs.length];
    int count = 0;
    for (int e = 0; e < occurs.length; e++) {
      if (occurs[e]) {
        entities[count++] = e;
      }
    }
    return Arrays.copyOf(entities, count);
  }
}
