package kronwood.dashboard;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import kronwood.Kronwood;
import kronwood.KronwoodModel;
import kronwood.TrainingArrays;
import kronwood.TrainingData;
import kronwood.fit.ModelOptions;
import kronwood.plan.EngineChoice;
import kronwood.train.StopSignal;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import org.jspecify.annotations.Nullable;

/** A small training on a thread of its own, which waits for the test after some batches. */
final class WatchedTraining {
  static final int EPOCHS = 6;

  /** The training waits after so many batches until the test lets it go on. */
  static final int GATE = 20;

  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch reached = new CountDownLatch(1);
  private final AtomicInteger batches = new AtomicInteger();
  private final FutureTask<KronwoodModel> training;

  /** Begins to train; {@code null} for a training that nobody watches. */
  WatchedTraining(@Nullable Dashboard dashboard) {
    TrainingData data = data();
    ModelOptions options = Kronwood.options(data);
    ModelOptions small =
        options
            .withNetwork(options.network().withNeurons(16))
            .withTraining(
                options
                    .training()
                    .withEpochs(EPOCHS)
                    .withBatch(4)
                    .withPlan(EngineChoice.BLOCK, null))
            .withThreads(1);
    TrainingListener counting = this::count;
    this.training =
        new FutureTask<>(
            () ->
                dashboard == null
                    ? Kronwood.train(data, small)
                    : Kronwood.train(
                        data,
                        small,
                        dashboard.andThen(counting),
                        dashboard.control(StopSignal.NEVER),
                        null));
    Thread.ofPlatform().daemon().start(training);
  }

  private void count(TrainingEvent event) {
    if (event instanceof TrainingEvent.BatchDone && batches.incrementAndGet() == GATE) {
      reached.countDown();
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static TrainingData data() {
    Random random = new Random(5);
    TrainingArrays arrays =
        new TrainingArrays("left", "right")
            .features("left", ids("l", 12), features(random, 12, 3))
            .features("right", ids("r", 9), features(random, 9, 2));
    for (int i = 0; i < 12; i++) {
      for (int j = 0; j < 9; j++) {
        if (random.nextInt(5) == 0) {
          arrays.addTest(random.nextGaussian(), "l" + i, "r" + j);
        } else {
          arrays.add(random.nextGaussian(), "l" + i, "r" + j);
        }
      }
    }
    return arrays.data();
  }

  private static List<String> ids(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  private static double[][] features(Random random, int rows, int columns) {
    double[][] features = new double[rows][columns];
    for (double[] row : features) {
      for (int c = 0; c < columns; c++) {
        row[c] = random.nextGaussian();
      }
    }
    return features;
  }

  /** Waits until the training waits. */
  void awaitGate() throws InterruptedException {
    if (!reached.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the training did not begin");
    }
  }

  /** Lets it go on. */
  void open() {
    gate.countDown();
  }

  int batches() {
    return batches.get();
  }

  boolean isDone() {
    return training.isDone();
  }

  /** The model it ends with. */
  KronwoodModel model() throws InterruptedException, ExecutionException, TimeoutException {
    return training.get(60, TimeUnit.SECONDS);
  }
}
