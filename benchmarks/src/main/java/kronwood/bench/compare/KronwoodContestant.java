package kronwood.bench.compare;

import java.util.OptionalDouble;
import kronwood.bench.contest.Contestant;
import kronwood.bench.contest.EpochClock;
import kronwood.bench.contest.Run;
import kronwood.bench.contest.Seconds;
import kronwood.data.Dataset;
import kronwood.data.Split;
import kronwood.gram.GramOptions;
import kronwood.input.StructuredInputs;
import kronwood.loss.Loss;
import kronwood.math.Precision;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
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
 * @param kept in what numbers the block engine keeps its states
 * @param batch samples per step
 * @param threads threads to train on
 */
record KronwoodContestant(
    String label,
    String training,
    Dataset data,
    GramOptions gram,
    Loss loss,
    NetworkOptions network,
    EngineChoice engine,
    Precision kept,
    int batch,
    int threads)
    implements Contestant {

  @Override
  public Precision precision() {
    return engine == EngineChoice.BLOCK ? kept : Precision.DOUBLE;
  }

  /** How it trains, with automatic step size. */
  TrainingOptions training(int epochs) {
    return TrainingOptions.plain(batch, epochs, OptionalDouble.empty(), 0, engine, threads)
        .withPrecision(kept);
  }

  @Override
  public Shape shape() {
    return Coordinates.shape(data, engine.key(), network.neurons(), batch);
  }

  @Override
  public Run run(int epochs, boolean weigh) {
    EpochClock clock = new EpochClock(weigh);
    Split split = Split.trainOnAll(data.samples().size());
    StructuredInputs inputs = Coordinates.of(data, gram);
    TrainingProblem problem = new TrainingProblem(inputs, data.samples(), split, loss);
    Seconds prepared = clock.elapsed();
    Trainer.train(
        problem, network, training(epochs), 0.8 * Runtime.getRuntime().maxMemory(), clock);
    return clock.run(prepared);
  }
}
