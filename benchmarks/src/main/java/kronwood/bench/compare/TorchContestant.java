package kronwood.bench.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import kronwood.bench.contest.Contestant;
import kronwood.bench.contest.DifferentAnswersException;
import kronwood.bench.contest.Interleaved;
import kronwood.bench.contest.Run;
import kronwood.bench.contest.Seconds;
import kronwood.data.RealTargets;
import kronwood.data.Split;
import kronwood.engine.WorkCounters;
import kronwood.input.StructuredInputs;
import kronwood.loss.EncodedTargets;
import kronwood.loss.SquaredLoss;
import kronwood.math.Precision;
import kronwood.network.InitialWeights;
import kronwood.train.Trainer;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingProblem;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch on the CPU, in single precision, training the network that one of our engines trains:
 * same reduced coordinates, initial weights, batches in the same order, and step size.
 *
 * <p>The first run trains whole epochs, whose losses are compared with those of the other sides;
 * later runs may train parts of epochs, whose batches must lose what they lost in the first.
 */
final class TorchContestant implements Contestant {
  private final String label;
  private final Path jar;
  private final KronwoodContestant side;
  private final String layer;
  private final int batchesPerLap;
  private @Nullable Session session;

  /**
   * A side of a comparison on a data set of pairs with one real target.
   *
   * @param label what tells it from the other sides
   * @param jar the program that trains
   * @param side does the same training
   * @param layer how inner products are formed: linear, einsum or bilinear
   * @param batchesPerLap batches to time in place of an epoch that has more
   */
  TorchContestant(
      String label, Path jar, KronwoodContestant side, String layer, int batchesPerLap) {
    this.label = label;
    this.jar = jar;
    this.side = side;
    this.layer = layer;
    this.batchesPerLap = batchesPerLap;
    if (side.data().modes().size() != 2) {
      throw new IllegalArgumentException("PyTorch trains on pairs only");
    }
  }

  /** What stays from run to run, and the losses of the first run's batches. */
  private static final class Session {
    final TorchProcess process;
    final InitialWeights initial;
    final int dimension;
    final List<Double> losses = new ArrayList<>();

    Session(TorchProcess process, InitialWeights initial, int dimension) {
      this.process = process;
      this.initial = initial;
      this.dimension = dimension;
    }
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public String training() {
    return side.training();
  }

  @Override
  public boolean isPeer() {
    return true;
  }

  @Override
  public Precision precision() {
    return Precision.SINGLE;
  }

  @Override
  public Shape shape() {
    return Coordinates.shape(side.data(), "pytorch", side.network().neurons(), side.batch());
  }

  @Override
  public Run run(int epochs, boolean weigh) {
    Seconds started = Seconds.now();
    Session current = session;
    if (current == null) {
      current = start();
      session = current;
    }
    Seconds prepared = Seconds.now().minus(started);
    int samples = side.data().samples().size();
    List<List<int[]>> whole = BatchOrder.of(samples, side.batch(), side.network().seed(), epochs);
    List<List<int[]>> laps = weigh ? whole : BatchOrder.laps(whole, batchesPerLap);
    TorchProcess.Training trained = current.process.train(current.initial, current.dimension, laps);
    check(current, trained);
    List<Run.Epoch> reports = new ArrayList<>();
    for (int e = 0; e < epochs; e++) {
      TorchProcess.Lap lap = trained.laps().get(e);
      int size = BatchOrder.samples(laps.get(e));
      double loss = Arrays.stream(lap.losses()).sum() / size;
      reports.add(
          scaled(loss, lap.seconds(), size, samples, laps.get(e).size() == whole.get(e).size()));
    }
    return new Run(prepared, new Seconds(0, 0), reports, trained.memory());
  }

  /** Every neuron of every sample is evaluated. */
  private Run.Epoch scaled(double loss, double seconds, int done, int samples, boolean whole) {
    double share = whole ? 1 : (double) done / samples;
    long products = (long) samples * side.network().neurons();
    WorkCounters work = new WorkCounters(samples, 0, products, 0, products);
    // The process's share of processors is not ours to see.
    return new Run.Epoch(loss, new Seconds(seconds / share, Double.NaN), work, share);
  }

  private Session start() {
    StructuredInputs inputs = Coordinates.of(side.data(), side.gram());
    Split split = Split.trainOnAll(side.data().samples().size());
    TrainingProblem problem =
        new TrainingProblem(inputs, side.data().samples(), split, new SquaredLoss());
    InitialWeights initial = new InitialWeights(side.network(), 1);
    TorchProcess process =
        TorchProcess.start(
            jar,
            new TorchProcess.Problem(
                layer, side.threads(), inputs, targets(split), initial, learningRate(problem)));
    process.description();
    return new Session(process, initial, Math.toIntExact(inputs.dimension()));
  }

  /** Standardised as a training does it. */
  private float[] targets(Split split) {
    if (!(side.data().samples().targets() instanceof RealTargets real) || real.outputs() != 1) {
      throw new IllegalArgumentException("PyTorch trains with one real target only");
    }
    EncodedTargets encoded = EncodedTargets.of(real, new SquaredLoss(), split.train());
    float[] values = new float[real.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((real.value(i, 0) - encoded.offset(0)) / encoded.scale(0));
    }
    return values;
  }

  /** The automatic step size, taken from a training of no epochs. */
  private double learningRate(TrainingProblem problem) {
    double memory = 0.8 * Runtime.getRuntime().maxMemory();
    return Trainer.train(problem, side.network(), side.training(0), memory, TrainingListener.NONE)
        .course()
        .learningRate();
  }

  private void check(Session current, TorchProcess.Training trained) {
    List<Double> found =
        trained.laps().stream().flatMap(lap -> Arrays.stream(lap.losses()).boxed()).toList();
    if (current.losses.isEmpty()) {
      current.losses.addAll(found);
      return;
    }
    for (int i = 0; i < found.size(); i++) {
      double expected = current.losses.get(i);
      double scale = Math.max(Math.abs(expected), Math.abs(found.get(i)));
      if (!(Math.abs(expected - found.get(i)) <= Interleaved.tolerance(precision()) * scale)) {
        throw new DifferentAnswersException(
            String.format(
                Locale.ROOT,
                "'%s' does not repeat itself: the loss of batch %d was %.9g and is %.9g",
                label,
                i + 1,
                expected,
                found.get(i)));
      }
    }
  }

  @Override
  public void close() {
    if (session != null) {
      session.process.close();
      session = null;
    }
  }
}
