package kronwood.bench.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.Mode;
import kronwood.data.Split;
import kronwood.gram.FactorFit;
import kronwood.gram.FactorTable;
import kronwood.gram.GramOptions;
import kronwood.gram.StructuredInputs;
import kronwood.train.EngineChoice;
import kronwood.train.Loss;
import kronwood.train.NetworkOptions;
import kronwood.train.Trainer;
import kronwood.train.TrainingOptions;
import kronwood.train.TrainingProblem;

/**
 * One of our engines on all samples of a data set, with automatic step size.
 *
 * @param label what tells it from the other sides
 * @param training name of the training it does, see {@link Contestant#training()}
 * @param data modes and samples, all of which train
 * @param gram how attributes become Gram matrices
 * @param loss what is minimised
 * @param network shape and seed of the network
 * @param engine which engine holds the weights
 * @param batch samples per step
 */
record KronwoodContestant(
    String label,
    String training,
    Dataset data,
    GramOptions gram,
    Loss loss,
    NetworkOptions network,
    EngineChoice engine,
    int batch)
    implements Contestant {

  @Override
  public Shape shape() {
    double dimension = 1;
    for (Mode mode : data.modes()) {
      dimension *= mode.table().attributes().columns();
    }
    return new Shape(engine.key(), network.neurons(), data.samples().size(), dimension);
  }

  @Override
  public Run run(int epochs, boolean weighHeap) {
    EpochClock clock = new EpochClock(weighHeap);
    Split split = Split.trainOnAll(data.samples().size());
    TrainingProblem problem = new TrainingProblem(inputs(), data.samples(), split, loss);
    Seconds prepared = clock.elapsed();
    TrainingOptions options =
        new TrainingOptions(batch, epochs, OptionalDouble.empty(), 0, engine, 1);
    Trainer.train(problem, network, options, 0.8 * Runtime.getRuntime().maxMemory(), clock);
    return clock.run(prepared);
  }

  private StructuredInputs inputs() {
    List<FactorTable> factors = new ArrayList<>();
    List<EntityTable> tables = data.tables();
    for (int t = 0; t < tables.size(); t++) {
      factors.add(FactorFit.of(tables.get(t), trainingEntities(t), gram).table());
    }
    return StructuredInputs.of(factors, data.tableOfMode(), data.samples().tuples());
  }

  /** Entities of a table that occur in the samples, increasing. */
  private int[] trainingEntities(int table) {
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
