package kronwood;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kronwood.data.Dataset;
import kronwood.data.Setting;
import kronwood.data.fold.Folds;
import kronwood.fault.InputException;
import kronwood.fit.CheckpointFolder;
import kronwood.fit.ModelOptions;
import kronwood.fit.ModelTraining;
import kronwood.fit.TrainedModel;
import kronwood.fit.TrainingInputs;
import kronwood.plan.EnginePlan;
import kronwood.train.StopSignal;
import kronwood.train.TrainingListener;
import kronwood.tune.SettingTraining;
import kronwood.tune.TunedModel;
import kronwood.tune.TunedParts;
import kronwood.tune.Tuning;
import kronwood.tune.TuningOptions;
import kronwood.tune.TuningReport;
import kronwood.validate.FoldResult;
import kronwood.validate.FoldRunner;
import kronwood.validate.FoldTask;
import org.jspecify.annotations.Nullable;

/**
 * Where to begin: trains, tunes and validates, by the code of the command line and to the same
 * bits.
 *
 * <p>Read data with {@link TrainingTables} or make them with {@link TrainingArrays}; predict with
 * the {@link KronwoodModel} that comes out. Options begin with {@link ModelOptions#defaults}. All
 * methods may be called from several threads at once; each training uses the threads that its
 * options say.
 */
public final class Kronwood {
  private Kronwood() {}

  /**
   * Trains with default options: 512 neurons, 20 epochs, all processors.
   *
   * @throws InputException if the data cannot be learned from, or memory would not suffice
   * @throws kronwood.train.DivergenceException if the loss ceases to be a finite number
   */
  public static KronwoodModel train(TrainingData data) {
    return train(data, options(data));
  }

  /**
   * Trains a network, and finds out on held-out parts of the training samples how much it and a
   * linear model count for pairs of known and of new entities; see {@link SettingTraining}. Cost:
   * for each epoch, the number of training samples times the width times what reading a state
   * costs, see {@link #explain}; then about as long again, at most.
   *
   * @throws InputException if the data cannot be learned from with these options, or memory would
   *     not suffice
   * @throws kronwood.train.DivergenceException if the loss ceases to be a finite number
   */
  public static KronwoodModel train(TrainingData data, ModelOptions options) {
    return train(data, options, TrainingListener.NONE, StopSignal.NEVER, null);
  }

  /**
   * Trains, watched by a listener, and saved after each epoch if there is a folder of checkpoints.
   *
   * @param listener sees each event, on the thread that trains
   * @param stop asked after each batch whether to end; what was learned so far is then the model
   * @param checkpoints where the training is saved and gone on with, null for nowhere
   * @throws InputException if the data cannot be learned from with these options, memory would not
   *     suffice, or the checkpoints are not of this training
   * @throws kronwood.train.DivergenceException if the loss ceases to be a finite number
   */
  public static KronwoodModel train(
      TrainingData data,
      ModelOptions options,
      TrainingListener listener,
      StopSignal stop,
      @Nullable CheckpointFolder checkpoints) {
    TrainedModel trained =
        SettingTraining.fit(
                data.dataset(), data.split(), checked(data, options), listener, stop, checkpoints)
            .trained();
    return new KronwoodModel(trained.model(), options.training().threads());
  }

  /**
   * Trains the network alone, as {@code --plain} does; see the method with more parameters.
   *
   * @throws InputException as {@link #train} does
   */
  public static KronwoodModel trainPlain(TrainingData data, ModelOptions options) {
    return trainPlain(data, options, TrainingListener.NONE, StopSignal.NEVER, null);
  }

  /**
   * Trains the network alone, on all training samples, and nothing besides. The network has the
   * same bits as that of {@link #train}, of whose model it is a part.
   *
   * @param listener sees each event, on the thread that trains
   * @param stop asked after each batch whether to end; what was learned so far is then the model
   * @param checkpoints where the training is saved and gone on with, null for nowhere
   * @throws InputException as {@link #train} does
   * @throws kronwood.train.DivergenceException if the loss ceases to be a finite number
   */
  public static KronwoodModel trainPlain(
      TrainingData data,
      ModelOptions options,
      TrainingListener listener,
      StopSignal stop,
      @Nullable CheckpointFolder checkpoints) {
    TrainedModel trained =
        ModelTraining.fit(
            data.dataset(), data.split(), checked(data, options), listener, stop, checkpoints);
    return new KronwoodModel(trained.model(), options.training().threads());
  }

  /** The default options with the loss that goes with the data's targets. */
  public static ModelOptions options(TrainingData data) {
    return ModelOptions.defaults().withLoss(data.loss());
  }

  private static ModelOptions checked(TrainingData data, ModelOptions options) {
    if (options.loss().task() != data.loss().task()) {
      throw new InputException(
          "loss %s is for another kind of targets than loss %s, which the data were read for"
              .formatted(options.loss().key(), data.loss().key()));
    }
    return options;
  }

  /**
   * A model whose choices were made on held-out samples.
   *
   * @param model a network and a linear model, blended
   * @param report what was tried and chosen
   */
  public record Tuned(KronwoodModel model, TuningReport report) {}

  /**
   * Chooses similarities' weights, kernels, regularisation, step size, epochs and more on held-out
   * parts of the training samples, then trains with what was chosen.
   *
   * @param trials number of trials, with which the choice is the same on every machine
   * @throws InputException if the data cannot be learned from, or memory would not suffice
   */
  public static Tuned tune(TrainingData data, ModelOptions options, int trials) {
    return tune(
        data,
        options,
        new TuningOptions(
            Double.POSITIVE_INFINITY,
            trials,
            TunedParts.BOTH,
            Setting.A,
            List.of(),
            TuningOptions.AUTO_FOLDS,
            options.network().seed()),
        TrainingListener.NONE,
        StopSignal.NEVER);
  }

  /**
   * The same for any budget, setting and parts of the model.
   *
   * @param listener sees each trial, and then the events of the final training
   * @param stop asked between trials and batches whether to end
   * @throws InputException if the data cannot be learned from, or memory would not suffice
   */
  public static Tuned tune(
      TrainingData data,
      ModelOptions options,
      TuningOptions tuning,
      TrainingListener listener,
      StopSignal stop) {
    TunedModel tuned =
        Tuning.fit(
            data.dataset(), data.split(), checked(data, options), tuning, listener, stop, null);
    return new Tuned(
        new KronwoodModel(tuned.trained().model(), options.training().threads()), tuned.report());
  }

  /**
   * Trains on all folds but one and tests on that one, for each fold. Only the training samples of
   * the data are divided. Folds run at a time as memory allows; the result does not depend on it.
   *
   * @param setting what is new about test samples: {@link Setting#A} nothing, B the first entity, C
   *     the second, D both
   * @param folds number of folds, at least 2
   * @return what each fold found, in order
   * @throws InputException if there is not enough to divide, or the data cannot be learned from
   */
  public static List<FoldResult> crossValidate(
      TrainingData data, ModelOptions options, Setting setting, int folds) {
    ModelOptions checked = checked(data, options);
    Folds division =
        Folds.of(
            data.dataset(),
            setting,
            data.split().train(),
            List.of(),
            folds,
            0,
            options.network().seed());
    List<FoldTask> tasks = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      tasks.add(
          new FoldTask(
              setting, 0, fold, division, new FoldTask.Validation(0, options.network().seed())));
    }
    FoldRunner runner =
        new FoldRunner(
            data.dataset(),
            data.dataset().samples().size(),
            null,
            (threads, repeat) -> checked.withThreads(threads),
            (task, split, known, parts, chosen, stop) ->
                SettingTraining.fit(known, parts, chosen, TrainingListener.NONE, stop, null)
                    .trained(),
            null);
    int threads = options.training().threads();
    Map<FoldTask, FoldResult> results =
        runner.run(
            tasks,
            runner.parallel(tasks, threads, options.memory()),
            threads,
            TrainingListener.NONE);
    return tasks.stream().map(task -> results.get(task)).toList();
  }

  /**
   * What a training could be done by, the cheapest first: engine, coordinates of the states,
   * estimated bytes and nanoseconds for a sample. Coordinates of the tables are fitted for it.
   *
   * @throws InputException if the data cannot be learned from with these options
   */
  public static List<EnginePlan> explain(TrainingData data, ModelOptions options) {
    Dataset trained =
        SettingTraining.identified(data.dataset(), data.split(), checked(data, options));
    return EnginePlan.all(
            TrainingInputs.problem(trained, data.split(), options).inputs(),
            options.network(),
            options.training().workload())
        .stream()
        .sorted((one, other) -> Double.compare(one.nanosPerSample(), other.nanosPerSample()))
        .toList();
  }
}
