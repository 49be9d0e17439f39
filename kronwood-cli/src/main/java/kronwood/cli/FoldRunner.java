package kronwood.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.ImplicitNegatives;
import kronwood.data.RealTargets;
import kronwood.data.Split;
import kronwood.fault.InputException;
import kronwood.fit.HeldOut;
import kronwood.fit.ModelOptions;
import kronwood.fit.TrainedModel;
import kronwood.io.pairs.DivisiblePairs;
import kronwood.io.scores.Scores;
import kronwood.model.Predictions;
import kronwood.plan.OutOfMemoryEstimateException;
import kronwood.train.DivergenceException;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingResult;
import org.jspecify.annotations.Nullable;

/**
 * Runs the folds of a cross-validation, several at a time where memory allows. The result of a fold
 * depends neither on how many that are nor on their threads: each plans its training as if it had
 * all the memory, and only as many run as fit in it together.
 */
final class FoldRunner {
  /** The options of a fold. */
  @FunctionalInterface
  interface Options {
    /** With so many threads, in that repeat. */
    ModelOptions of(int threads, int repeat);
  }

  /** What is told of a fold that is finished. */
  @FunctionalInterface
  interface Finished {
    /** Called on one thread at a time. */
    void accept(FoldTask task, FoldResult result);
  }

  /** Trains on the known samples of a fold. */
  @FunctionalInterface
  interface Learner {
    /**
     * Trains.
     *
     * @param split of all samples
     * @param known the known samples alone, as {@link HeldOut#known} lists them
     * @param parts which of these train and which validate
     */
    TrainedModel learn(
        FoldTask task,
        Split split,
        Dataset known,
        Split parts,
        ModelOptions options,
        TrainingListener listener);
  }

  private final DivisiblePairs pairs;
  private final @Nullable NegativesChoice negatives;
  private final Options options;
  private final Learner learner;
  private final @Nullable FoldFolder folder;
  private final AtomicBoolean failed = new AtomicBoolean();

  FoldRunner(
      DivisiblePairs pairs,
      @Nullable NegativesChoice negatives,
      Options options,
      Learner learner,
      @Nullable FoldFolder folder) {
    this.pairs = pairs;
    this.negatives = negatives;
    this.options = options;
    this.learner = learner;
    this.folder = folder;
  }

  /** The samples of a fold, with as many negatives to train on as were asked for. */
  private Split split(FoldTask task) {
    Split split = task.split();
    if (negatives == null || !negatives.samples()) {
      return split;
    }
    long seed = options.of(1, task.repeat()).network().seed();
    return ImplicitNegatives.thin(
        pairs.pairs().dataset(),
        pairs.listed(),
        split,
        negatives.perPositive(),
        31 * seed + task.fold());
  }

  /**
   * How many of the tasks can run at a time.
   *
   * @throws kronwood.plan.OutOfMemoryEstimateException if not even one can
   */
  int parallel(List<FoldTask> tasks, int threads, double memory) {
    Split largest = null;
    int repeat = 0;
    for (FoldTask task : tasks) {
      Split split = split(task);
      if (largest == null || split.train().length > largest.train().length) {
        largest = split;
        repeat = task.repeat();
      }
    }
    if (largest == null) {
      return 1;
    }
    double bytes = HeldOut.bytes(pairs.pairs().dataset(), largest, options.of(1, repeat));
    double fit = Math.max(1, Math.floor(memory / bytes));
    return (int) Math.min(fit, Math.min(threads, tasks.size()));
  }

  /**
   * Runs tasks.
   *
   * @return what each found; if one fails, the failure of the first is thrown on and the others end
   */
  Map<FoldTask, FoldResult> run(
      List<FoldTask> tasks, int parallel, int threads, Finished finished) {
    ExecutorService pool = Executors.newFixedThreadPool(parallel, Thread.ofPlatform().factory());
    Map<FoldTask, FoldResult> results = new LinkedHashMap<>();
    try {
      CompletionService<Map.Entry<FoldTask, FoldResult>> running =
          new ExecutorCompletionService<>(pool);
      int share = Math.max(1, threads / parallel);
      for (FoldTask task : tasks) {
        running.submit(() -> Map.entry(task, run(task, share)));
      }
      for (int i = 0; i < tasks.size(); i++) {
        Map.Entry<FoldTask, FoldResult> done = running.take().get();
        results.put(done.getKey(), done.getValue());
        finished.accept(done.getKey(), done.getValue());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while folds were running", e);
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case RuntimeException cause -> cause;
        case Error cause -> throw cause;
        case null, default -> new IllegalStateException("a fold failed", e);
      };
    } finally {
      failed.set(true);
      pool.shutdownNow();
      pool.close();
    }
  }

  /** Runs a task; where it cannot be learned from, says which one it was. */
  private FoldResult run(FoldTask task, int threads) {
    try {
      return trained(task, threads);
    } catch (DivergenceException e) {
      throw new FoldDivergedException(task.label(), e);
    } catch (OutOfMemoryEstimateException e) {
      throw e;
    } catch (InputException e) {
      throw new InputException(task.label() + ": " + e.getMessage(), e);
    }
  }

  private FoldResult trained(FoldTask task, int threads) {
    long started = System.nanoTime();
    Dataset data = pairs.pairs().dataset();
    Split split = split(task);
    TrainingListener untilFailure =
        new TrainingListener() {
          @Override
          public boolean isStopRequested() {
            return failed.get();
          }
        };
    ModelOptions chosen = options.of(threads, task.repeat());
    HeldOut heldOut =
        HeldOut.predict(
            data,
            split,
            threads,
            (known, parts) -> learner.learn(task, split, known, parts, chosen, untilFailure));
    TrainingResult training = heldOut.trained().result();
    if (training.stopped()) {
      throw new IllegalStateException("stopped, as another fold failed");
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    heldOut.metrics().values().forEach((metric, value) -> metrics.put(metric.key(), value));
    FoldResult result =
        new FoldResult(
            split.train().length,
            split.validation().length,
            split.test().length,
            metrics,
            training.epoch(),
            training.plan().summary(),
            (System.nanoTime() - started) * 1e-9,
            false);
    if (folder != null) {
      Scores scores = scores(data, heldOut.predictions(), split.test().length);
      folder.save(task, data, split, pairs.pairs().rows(), scores, result);
    }
    return result;
  }

  private static Scores scores(Dataset data, Predictions predictions, int samples) {
    double[] values = predictions.values();
    Scores scores =
        switch (data.samples().targets()) {
          case RealTargets real -> Scores.real(real.names(), values);
          case ClassTargets classes ->
              values.length == samples
                  ? Scores.binary(values)
                  : Scores.multiclass(classes.classes(), values);
        };
    return scores.withDeviations(predictions.deviations());
  }
}
