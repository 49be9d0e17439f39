package kronwood.fit;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import kronwood.data.Targets;
import kronwood.gram.GramOptions;
import kronwood.loss.LogisticLoss;
import kronwood.loss.Loss;
import kronwood.loss.SoftmaxLoss;
import kronwood.loss.SquaredLoss;
import kronwood.model.Model;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.prepared.PreparedFiles;
import kronwood.prepared.PreparedPairs;
import kronwood.testing.Problems;
import kronwood.train.StopSignal;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pairs that stay on disk train the model that the same pairs in memory train, bit for bit. */
class StoredTrainingTest {
  @TempDir Path folder;
  private final Random random = new Random(11);

  private static ModelOptions options(Loss loss, TrainingOptions training) {
    return new ModelOptions(
        GramOptions.DEFAULT, loss, NetworkOptions.of(24, 5).withSkip(0), training, 1e9);
  }

  private static TrainingOptions training(EngineChoice engine, int threads) {
    return TrainingOptions.plain(4, 5, OptionalDouble.of(0.5), 0.001, engine, threads);
  }

  private PreparedFiles files(Targets targets) {
    return PreparedFiles.write(folder.resolve("pairs.kpairs"), random, targets, true);
  }

  private static Model resident(PreparedFiles files, ModelOptions options) {
    try (PreparedPairs pairs = PreparedPairs.open(files.file())) {
      return ModelTraining.fit(
              pairs.dataset(files.modes()), pairs.split(), options, TrainingListener.NONE)
          .model();
    }
  }

  private static Model stored(
      PreparedFiles files,
      ModelOptions options,
      TrainingListener listener,
      @Nullable CheckpointFolder checkpoints) {
    try (PreparedPairs pairs = PreparedPairs.open(files.file())) {
      return ModelTraining.fit(
              files.modes(),
              pairs.samples(files.modes()),
              options,
              listener,
              StopSignal.NEVER,
              checkpoints)
          .model();
    }
  }

  private static void assertSame(PreparedFiles files, ModelOptions options) {
    assertArrayEquals(
        CheckpointScenario.bytes(resident(files, options)),
        CheckpointScenario.bytes(stored(files, options, TrainingListener.NONE, null)));
  }

  @Test
  void theModelOfRealTargetsIsTheSame() {
    PreparedFiles files = files(Problems.realTargets(random, 60, 2));
    TrainingOptions plain = training(EngineChoice.WEIGHTS, 3);
    assertSame(files, options(new SquaredLoss(), plain));
    assertSame(files, options(new SquaredLoss(), plain.withAveraging(2)));
  }

  @Test
  void theStepSizeOfTheSpectrumIsTheSame() {
    PreparedFiles files = files(Problems.realTargets(random, 60, 1));
    assertSame(
        files,
        options(
            new SquaredLoss(),
            TrainingOptions.plain(
                TrainingOptions.AUTO_BATCH,
                3,
                OptionalDouble.empty(),
                0,
                EngineChoice.WEIGHTS,
                2)));
  }

  @Test
  void theModelsOfClassesAreTheSame() {
    TrainingOptions plain = training(EngineChoice.WEIGHTS, 2);
    assertSame(files(Problems.classTargets(random, 60, 2)), options(new LogisticLoss(), plain));
    assertSame(files(Problems.classTargets(random, 60, 3)), options(new SoftmaxLoss(), plain));
  }

  @Test
  void theDenseEngineOnTheSameOrderPredictsTheSame() {
    PreparedFiles files = files(Problems.realTargets(random, 60, 1));
    TrainingOptions weights = training(EngineChoice.WEIGHTS, 2);
    Model stored = stored(files, options(new SquaredLoss(), weights), TrainingListener.NONE, null);
    Model dense = resident(files, options(new SquaredLoss(), training(EngineChoice.DENSE, 2)));
    assertArrayEquals(
        dense.predictor(1).predict(files.data().samples().tuples()),
        stored.predictor(1).predict(files.data().samples().tuples()),
        1e-4);
  }

  @Test
  void aTrainingThatWasKilledGoesOnToTheSameBits() {
    PreparedFiles files = files(Problems.realTargets(random, 60, 1));
    ModelOptions options = options(new SquaredLoss(), training(EngineChoice.WEIGHTS, 2));
    byte[] expected = CheckpointScenario.bytes(stored(files, options, TrainingListener.NONE, null));
    Path checkpoints = folder.resolve("checkpoints");
    // In the middle of the third window of the third epoch.
    TrainingListener dies =
        event -> {
          if (event instanceof TrainingEvent.BatchDone(int epoch, int done, int _, double _)
              && epoch == 3
              && done > 30) {
            throw new IllegalStateException("killed");
          }
        };
    List<String> warnings = new ArrayList<>();
    CheckpointFolder folderOfFirst = CheckpointFolder.open(checkpoints, false, 1, warnings::add);
    assertThrows(IllegalStateException.class, () -> stored(files, options, dies, folderOfFirst));
    byte[] resumed =
        CheckpointScenario.bytes(
            stored(
                files,
                options,
                TrainingListener.NONE,
                CheckpointFolder.open(checkpoints, true, 1, warnings::add)));
    assertArrayEquals(expected, resumed);
    assertTrue(warnings.isEmpty(), warnings::toString);
    PreparedFiles others = files(Problems.realTargets(random, 60, 1));
    assertRefused(
        () ->
            stored(
                others,
                options,
                TrainingListener.NONE,
                CheckpointFolder.open(checkpoints, true, 1, warnings::add)),
        "belongs to another training: its data differ");
  }

  @Test
  void whatNeedsAllPairsIsRefused() {
    PreparedFiles files = files(Problems.realTargets(random, 60, 1));
    assertRefused(
        () ->
            stored(
                files,
                options(new SquaredLoss(), training(EngineChoice.BLOCK, 1)),
                TrainingListener.NONE,
                null),
        "trained by engine weights, found engine block");
  }
}
