package kronwood.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import kronwood.fit.ModelOptions;
import kronwood.fit.ModelTraining;
import kronwood.fit.TrainedModel;
import kronwood.loss.LogisticLoss;
import kronwood.loss.SquaredLoss;
import kronwood.model.file.ModelFile;
import kronwood.network.Ensemble;
import kronwood.network.NetworkOptions;
import kronwood.network.NeuronRange;
import kronwood.testing.Pairs;
import kronwood.testing.Problems;
import kronwood.train.NeuronShare;
import kronwood.train.ThreadExchange;
import kronwood.train.TrainingListener;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Processes that share the neurons end with the model file of one process, to the last byte. */
class SharedTrainingTest {
  @TempDir Path folder;

  private record Case(String name, Pairs pairs, ModelOptions options, boolean plain) {}

  private static ModelOptions options(NetworkOptions network) {
    ModelOptions options = ModelOptions.defaults().withMemory(1e9).withNetwork(network);
    return options.withTraining(options.training().withEpochs(2).withBatch(16)).withThreads(1);
  }

  private static Pairs pairs(Random random, boolean classes) {
    return Pairs.of(
        random,
        Problems.table("left", Problems.denseFeatures(random, 12, 5)),
        Problems.table("right", Problems.denseFeatures(random, 11, 4)),
        classes ? Problems.classTargets(random, 60, 2) : Problems.realTargets(random, 60, 1));
  }

  @TestFactory
  Stream<DynamicTest> theModelIsThatOfOneProcess() {
    Random random = new Random(4);
    NetworkOptions network = NetworkOptions.of(128, 3);
    return Stream.of(
            new Case("network alone", pairs(random, false), options(network), true),
            new Case(
                "all settings, with a linear skip",
                pairs(random, false),
                options(network.withSkip(0.5)),
                false),
            new Case(
                "an ensemble of classes whose output layer is trained",
                pairs(random, true),
                options(network.withTrainOutput(true).withEnsemble(Ensemble.of(2)))
                    .withLoss(new LogisticLoss()),
                false),
            new Case(
                "unpaired neurons, early stopping",
                pairs(random, false),
                earlyStopping(options(new NetworkOptions(64, 0.5, false, false, 5))),
                false))
        .flatMap(
            each ->
                Stream.of(2, 4)
                    .map(
                        processes ->
                            DynamicTest.dynamicTest(
                                each.name + ", " + processes, () -> compare(each, processes))));
  }

  private static ModelOptions earlyStopping(ModelOptions options) {
    return options
        .withLoss(new SquaredLoss())
        .withTraining(options.training().withAveraging(-1).withMomentum(0.4));
  }

  private void compare(Case each, int processes) throws Exception {
    TrainedModel whole =
        each.plain
            ? ModelTraining.fit(
                each.pairs.data(), each.pairs.split(), each.options, TrainingListener.NONE)
            : SettingTraining.fit(
                    each.pairs.data(),
                    each.pairs.split(),
                    each.options,
                    TrainingListener.NONE,
                    () -> false,
                    null)
                .trained();
    List<TrainedModel> shared =
        together(
            each.options.network(),
            processes,
            share ->
                each.plain
                    ? ModelTraining.fit(
                        each.pairs.data(),
                        each.pairs.split(),
                        each.options,
                        TrainingListener.NONE,
                        share)
                    : SettingTraining.fit(
                            each.pairs.data(),
                            each.pairs.split(),
                            each.options,
                            TrainingListener.NONE,
                            share)
                        .trained());
    String expected = bytes(whole);
    for (TrainedModel model : shared) {
      assertEquals(expected, bytes(model), each.name);
    }
    assertFalse(whole.model().settings().isEmpty() && !each.plain, "no settings were chosen");
  }

  private static <T> List<T> together(
      NetworkOptions network, int processes, Function<NeuronShare, T> training) throws Exception {
    List<NeuronRange> ranges = NeuronRange.of(network).divided(processes);
    ThreadExchange exchange = new ThreadExchange(ranges);
    try (ExecutorService threads = Executors.newFixedThreadPool(processes)) {
      List<Future<T>> running = new ArrayList<>();
      for (int rank = 0; rank < processes; rank++) {
        NeuronShare share = exchange.share(rank);
        Callable<T> task =
            () -> {
              try {
                return training.apply(share);
              } catch (RuntimeException | Error e) {
                exchange.fail();
                throw e;
              }
            };
        running.add(threads.submit(task));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> each : running) {
        results.add(each.get());
      }
      return results;
    }
  }

  private String bytes(TrainedModel trained) throws IOException {
    Path file = Files.createTempFile(folder, "model", ".kron");
    ModelFile.save(trained.model(), file);
    return HexFormat.of().formatHex(Files.readAllBytes(file));
  }
}
