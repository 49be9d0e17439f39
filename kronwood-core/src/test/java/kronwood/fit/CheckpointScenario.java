package kronwood.fit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.UnaryOperator;
import kronwood.data.Dataset;
import kronwood.data.Mode;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.gram.GramOptions;
import kronwood.input.PairStructure;
import kronwood.loss.SquaredLoss;
import kronwood.math.Precision;
import kronwood.model.Model;
import kronwood.model.ModelNetwork;
import kronwood.model.file.ModelFile;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.testing.Problems;
import kronwood.train.StopSignal;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import org.jspecify.annotations.Nullable;

/** A training of several blocks per epoch, to be killed and gone on with. */
public record CheckpointScenario(Dataset data, Split split, ModelOptions options) {
  static final int EPOCHS = 6;
  static final int BATCHES = 30;

  private static final int SAMPLES = 330;
  private static final int TRAINING = 240;

  /** A plain training with engine {@code block}. */
  public static CheckpointScenario of(long seed) {
    Random random = new Random(seed);
    Dataset data =
        Dataset.of(
            List.of(
                new Mode("left", Problems.table("left", Problems.denseFeatures(random, 20, 6))),
                new Mode("right", Problems.table("right", Problems.similarities(random, 18, 5)))),
            Samples.of(
                Problems.tuples(random, SAMPLES, 20, 18),
                Problems.realTargets(random, SAMPLES, 1)));
    Split split =
        new Split(
            Problems.range(0, TRAINING),
            Problems.range(TRAINING, 280),
            Problems.range(280, SAMPLES));
    ModelOptions options =
        new ModelOptions(
            GramOptions.DEFAULT,
            new SquaredLoss(),
            new NetworkOptions(16, 0.6, true, false, 0, 5),
            TrainingOptions.plain(
                TRAINING / BATCHES, EPOCHS, OptionalDouble.of(0.5), 0, EngineChoice.BLOCK, 1),
            1e9);
    return new CheckpointScenario(data, split, options);
  }

  CheckpointScenario with(UnaryOperator<TrainingOptions> change) {
    return new CheckpointScenario(
        data, split, options.withTraining(change.apply(options.training())));
  }

  /** Inputs of a structure; where it is about two entities of one table, of the left one. */
  CheckpointScenario structure(PairStructure structure) {
    Mode left = data.modes().getFirst();
    Mode second = new Mode("second", left.table());
    return new CheckpointScenario(
        structure.pairsOneTable() ? Dataset.of(List.of(left, second), data.samples()) : data,
        split,
        new ModelOptions(
            options.gram(),
            structure,
            options.loss(),
            options.network(),
            options.training(),
            options.memory()));
  }

  CheckpointScenario with(NetworkOptions network) {
    return new CheckpointScenario(
        data,
        split,
        new ModelOptions(
            options.gram(),
            options.structure(),
            options.loss(),
            network,
            options.training(),
            options.memory()));
  }

  CheckpointScenario memory(double bytes) {
    return new CheckpointScenario(
        data,
        split,
        new ModelOptions(
            options.gram(),
            options.structure(),
            options.loss(),
            options.network(),
            options.training(),
            bytes));
  }

  CheckpointScenario split(Split other) {
    return new CheckpointScenario(data, other, options);
  }

  CheckpointScenario threads(int threads) {
    return with(t -> t.withThreads(threads));
  }

  CheckpointScenario decay(double decay) {
    return with(t -> t.withWeightDecay(decay));
  }

  CheckpointScenario learningRate(OptionalDouble rate) {
    return with(t -> t.withLearningRate(rate));
  }

  CheckpointScenario everything() {
    NetworkOptions network = new NetworkOptions(16, 0.6, true, true, 0.5, 5);
    return with(network)
        .decay(0.02)
        .learningRate(OptionalDouble.empty())
        .with(t -> t.withMomentum(0.7).withAveraging(1).withPatience(2))
        .with(t -> t.withPrecision(Precision.DOUBLE).withEpochs(9));
  }

  /** The model that training ends with. */
  public byte[] train(@Nullable CheckpointFolder checkpoints) {
    return bytes(fit(checkpoints, TrainingListener.NONE).model());
  }

  TrainedModel fit(@Nullable CheckpointFolder checkpoints, TrainingListener listener) {
    return fit(checkpoints, listener, StopSignal.NEVER);
  }

  TrainedModel fit(
      @Nullable CheckpointFolder checkpoints, TrainingListener listener, StopSignal stop) {
    return ModelTraining.fit(data, split, options, listener, stop, checkpoints);
  }

  /** Trains and throws in the given batch, counted from 1. */
  void killedInBatch(CheckpointFolder checkpoints, int batch) {
    int[] seen = {0};
    try {
      fit(
          checkpoints,
          event -> {
            if (event instanceof TrainingEvent.BatchDone && ++seen[0] == batch) {
              throw new Killed();
            }
          });
    } catch (Killed e) {
      return;
    }
    throw new IllegalStateException("there are fewer than " + batch + " batches");
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  static byte[] bytes(Model model) {
    try {
      Path file = Files.createTempFile("kronwood", ".kron");
      try {
        ModelFile.save(model, file);
        return Files.readAllBytes(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Model model(byte[] bytes) {
    try {
      Path file = Files.createTempFile("kronwood", ".kron");
      try {
        Files.write(file, bytes);
        return ModelFile.load(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static float[] weights(ModelNetwork network) {
    int length = network.weights()[0].length;
    float[] all = new float[network.weights().length * length];
    for (int r = 0; r < network.weights().length; r++) {
      System.arraycopy(network.weights()[r], 0, all, r * length, length);
    }
    return all;
  }

  static CheckpointFolder fresh(Path folder) {
    return CheckpointFolder.open(folder, false, 1, new ArrayList<>()::add);
  }

  static CheckpointFolder resumed(Path folder, List<String> warnings) {
    return CheckpointFolder.open(folder, true, 1, warnings::add);
  }
}
