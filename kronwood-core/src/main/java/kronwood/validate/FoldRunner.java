package kronwood.validate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import kronwood.data.Dataset;
import kronwood.data.ImplicitNegatives;
import kronwood.data.Negatives;
import kronwood.data.Split;
import kronwood.fault.InputException;
import kronwood.fit.HeldOutPredictions;
import kronwood.fit.ModelOptions;
import kronwood.fit.TrainedModel;
import kronwood.measure.RankingReport;
import kronwood.model.Predictions;
import kronwood.model.RankingEvaluation;
import kronwood.model.RankingOptions;
import kronwood.plan.OutOfMemoryEstimateException;
import kronwood.train.DivergenceException;
import kronwood.train.StopSignal;
import kronwood.train.TrainingControl;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingResult;
import org.jspecify.annotations.Nullable;

/**
 * Runs the folds of a cross-validation, several at a time where memory allows. The result of a fold
 * depends neither on how many that are nor on their threads: each plans its training as if it had
 * all the memory, and only as many run as fit in it together.
 */
public final class FoldRunner {
  /** The options of a fold. */
  @FunctionalInterface
  public interface Options {
    /** With so many threads, in that repeat. */
    ModelOptions of(int threads, int repeat);
  }

  /** Trains on the known samples of a fold. */
  @FunctionalInterface
  public interface Learner {
    /**
     * Trains.
     *
     * @param split of all samples
     * @param known the known samples alone, as {@link HeldOutPredictions#known} lists them
     * @param parts which of these train and which validate
     * @param stop a {@link TrainingControl} that ends the training once another fold has failed, or
     *     all are asked to stop, and has it wait while they are paused
     */
    TrainedModel learn(
        FoldTask task,
        Split split,
        Dataset known,
        Split parts,
        ModelOptions options,
        StopSignal stop);
  }

  /** Keeps what folds find. */
  @FunctionalInterface
  public interface Keeper {
    /**
     * Keeps it; may be called on several threads at once, for different folds.
     *
     * @param split of all samples
     * @param predictions for the test samples of the split, in its order
     */
    void keep(FoldTask task, Split split, Predictions predictions, FoldResult result);
  }

  private final Dataset data;
  private final int listed;
  private final @Nullable Negatives negatives;
  private final Options options;
  private final Learner learner;
  private final @Nullable Keeper keeper;
  private final @Nullable RankingOptions ranking;
  private final int @Nullable [] candidates;
  private final AtomicBoolean failed = new AtomicBoolean();

  /**
   * A runner.
   *
   * @param listed number of samples that were listed; those after them are negatives
   * @param negatives how many of these are trained on, null if there are none
   * @param options of each fold
   * @param learner trains
   * @param keeper keeps what was found, null if nobody does
   */
  public FoldRunner(
      Dataset data,
      int listed,
      @Nullable Negatives negatives,
      Options options,
      Learner learner,
      @Nullable Keeper keeper) {
    this(data, listed, negatives, options, learner, keeper, null, null);
  }

  private FoldRunner(
      Dataset data,
      int listed,
      @Nullable Negatives negatives,
      Options options,
      Learner learner,
      @Nullable Keeper keeper,
      @Nullable RankingOptions ranking,
      int @Nullable [] candidates) {
    this.ranking = ranking;
    this.candidates = candidates;
    this.data = data;
    this.listed = listed;
    this.negatives = negatives;
    this.options = options;
    this.learner = learner;
    this.keeper = keeper;
  }

  /**
   * A runner whose folds also measure how well their test samples are ranked: see {@link
   * RankingEvaluation}. What a fold trains or validates on is no candidate, be it listed or an
   * added negative: no pair that is tested could have been one of these.
   *
   * @param among entities of the ranked mode, null for all
   */
  public FoldRunner ranking(RankingOptions how, int @Nullable [] among) {
    return new FoldRunner(data, listed, negatives, options, learner, keeper, how, among);
  }

  /** The samples of a fold, with as many negatives to train on as were asked for. */
  private Split split(FoldTask task) {
    Split split = task.split();
    if (negatives == null || !negatives.samples()) {
      return split;
    }
    long seed = options.of(1, task.repeat()).network().seed();
    return ImplicitNegatives.thin(data, listed, split, negatives, 31 * seed + task.fold());
  }

  /**
   * How many of the tasks can run at a time.
   *
   * @throws kronwood.plan.OutOfMemoryEstimateException if not even one can
   */
  public int parallel(List<FoldTask> tasks, int threads, double memory) {
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
    double bytes = HeldOutPredictions.bytes(data, largest, options.of(1, repeat));
    double fit = Math.max(1, Math.floor(memory / bytes));
    return (int) Math.min(fit, Math.min(threads, tasks.size()));
  }

  /**
   * Runs tasks.
   *
   * @param listener receives {@link TrainingEvent.FoldDone} of each, on this thread
   * @return what each found; if one fails, the failure of the first is thrown on and the others end
   */
  public Map<FoldTask, FoldResult> run(
      List<FoldTask> tasks, int parallel, int threads, TrainingListener listener) {
    return run(tasks, parallel, threads, listener, StopSignal.NEVER);
  }

  /**
   * Runs tasks until a stop is requested.
   *
   * @param listener receives {@link TrainingEvent.FoldDone} of each, on this thread
   * @param stop ends the trainings that run, whose folds are given up; a {@link TrainingControl}
   *     may also have them wait. Their step sizes stay
   * @return what those that were finished found; if one fails, the failure of the first is thrown
   *     on and the others end
   */
  public Map<FoldTask, FoldResult> run(
      List<FoldTask> tasks, int parallel, int threads, TrainingListener listener, StopSignal stop) {
    TrainingControl control = TrainingControl.of(stop);
    ExecutorService pool = Executors.newFixedThreadPool(parallel, Thread.ofPlatform().factory());
    Map<FoldTask, FoldResult> results = new LinkedHashMap<>();
    try {
      CompletionService<Done> running = new ExecutorCompletionService<>(pool);
      int share = Math.max(1, threads / parallel);
      for (FoldTask task : tasks) {
        running.submit(() -> new Done(task, run(task, share, new FoldControl(failed, control))));
      }
      for (int i = 0; i < tasks.size(); i++) {
        Done done = running.take().get();
        if (done.result() != null) {
          results.put(done.task(), done.result());
          listener.on(event(done.task(), done.result()));
        }
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

  /** A fold that is over; it has no result if it was stopped. */
  private record Done(FoldTask task, @Nullable FoldResult result) {}

  /** What a listener receives when a fold is finished. */
  public static TrainingEvent.FoldDone event(FoldTask task, FoldResult result) {
    return new TrainingEvent.FoldDone(
        task.label(),
        task.setting().name(),
        task.repeat() + 1,
        task.fold() + 1,
        task.folds().count(),
        result.train(),
        result.validation(),
        result.test(),
        result.metrics(),
        result.epoch(),
        result.seconds());
  }

  /** Runs a task; where it cannot be learned from, says which one it was. */
  private @Nullable FoldResult run(FoldTask task, int threads, FoldControl control) {
    control.awaitResume();
    if (control.isStopRequested()) {
      return null;
    }
    try {
      return trained(task, threads, control);
    } catch (DivergenceException e) {
      throw new FoldDivergedException(task.label(), e);
    } catch (OutOfMemoryEstimateException e) {
      throw e;
    } catch (InputException e) {
      if (control.isStopRequested()) {
        return null; // A tuning that found nothing before it was stopped.
      }
      throw new InputException(task.label() + ": " + e.getMessage(), e);
    }
  }

  private @Nullable FoldResult trained(FoldTask task, int threads, FoldControl control) {
    long started = System.nanoTime();
    Split split = split(task);
    ModelOptions chosen = options.of(threads, task.repeat());
    HeldOutPredictions heldOut =
        HeldOutPredictions.predict(
            data,
            split,
            threads,
            (known, parts) -> learner.learn(task, split, known, parts, chosen, control));
    TrainingResult training = heldOut.trained().result();
    if (training.stopped() || control.isStopRequested()) {
      // Also a tuning that was cut short: its choices are not those of the other folds.
      return null;
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    heldOut.metrics().values().forEach((metric, value) -> metrics.put(metric.key(), value));
    if (ranking != null) {
      int[] known = HeldOutPredictions.known(split);
      RankingReport ranked =
          RankingEvaluation.of(
              heldOut.trained().model(), data, split.test(), known, candidates, ranking, threads);
      metrics.putAll(ranked.values());
    }
    FoldResult result =
        new FoldResult(
            split.train().length,
            split.validation().length,
            split.test().length,
            metrics,
            training.epoch(),
            training.plan().summary(),
            (System.nanoTime() - started - control.pausedNanos()) * 1e-9,
            false);
    if (keeper != null) {
      keeper.keep(task, split, heldOut.predictions(), result);
    }
    return result;
  }
}
