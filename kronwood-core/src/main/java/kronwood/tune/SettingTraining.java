package kronwood.tune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeSet;
import kronwood.data.Dataset;
import kronwood.data.InteractionProfiles;
import kronwood.data.Split;
import kronwood.fault.InputException;
import kronwood.fit.CheckpointFolder;
import kronwood.fit.ModelMeasurement;
import kronwood.fit.ModelOptions;
import kronwood.fit.ModelTraining;
import kronwood.fit.NetworkTraining;
import kronwood.fit.TrainedModel;
import kronwood.fit.TrainingInputs;
import kronwood.gram.FactorFit;
import kronwood.input.PairStructure;
import kronwood.linear.KroneckerRidge;
import kronwood.linear.RidgeOptions;
import kronwood.linear.RidgeProblem;
import kronwood.loss.EncodedTargets;
import kronwood.math.Parallel;
import kronwood.model.KnownEntitySets;
import kronwood.model.Model;
import kronwood.model.SettingWeights;
import kronwood.train.DivergenceException;
import kronwood.train.HiddenSamples;
import kronwood.train.NeuronShare;
import kronwood.train.StopSignal;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingProblem;
import kronwood.train.TrainingResult;
import kronwood.trial.InnerSplit;
import kronwood.trial.LinearTrial;
import kronwood.trial.NetworkTrial;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network, and finds out how much it and a linear model count for pairs of known and of
 * new entities: the model's predictions are safe in every setting, whoever asks.
 *
 * <pre>
 *   1. the network, as {@link ModelTraining} trains it: its weights are the same bits
 *   2. on parts of the training samples ({@link SettingHoldout}): a network trained likewise, and
 *      the linear model for all strengths of regularisation; both predict what was held out
 *   3. for each set of new modes: how much each counts ({@link SettingChoice})
 *   4. the linear models that count, on all training samples
 *   5. where entities are compared by their interactions too, all of this once more without that:
 *      it predicts where an entity is new
 * </pre>
 *
 * <p>Cost: the parts that step 2 trains on have at most 1.2 times the training samples together,
 * but for trainings that take no time anyway, of which there are four; a linear model that would
 * take longer than a third of the network's training is left out. Interaction profiles double the
 * cost. If training is stopped, the model is that of step 1.
 */
public final class SettingTraining {
  /** Samples to train on in all parts, times those of the training. */
  private static final double SHARE_OF_TRAINING = 1.2;

  /** Of trainings with fewer samples · epochs · neurons there are four parts. */
  private static final double LITTLE = 1e7;

  private static final int PARTS_OF_LITTLE = 4;

  /** Estimated seconds of the linear model that are always allowed. */
  private static final double FREE_SECONDS = 1;

  /** Share of the network's estimated time that the linear model may take. */
  private static final double SHARE_FOR_LINEAR = 0.3;

  private final Dataset data;
  private final Split split;
  private final ModelOptions options;
  private final List<FactorFit> fits;
  private final TrainedModel plain;
  private final TrainingListener listener;
  private final StopSignal stop;
  private final NeuronShare share;

  private SettingTraining(
      Dataset data,
      Split split,
      ModelOptions options,
      List<FactorFit> fits,
      TrainedModel plain,
      TrainingListener listener,
      StopSignal stop,
      NeuronShare share) {
    this.data = data;
    this.split = split;
    this.options = options;
    this.fits = fits;
    this.plain = plain;
    this.listener = listener;
    this.stop = stop;
    this.share = share;
  }

  /**
   * A model and what was found out.
   *
   * @param trained the model and its training
   * @param report how much the parts count
   */
  public record Result(TrainedModel trained, SettingReport report) {}

  /**
   * Trains, or goes on with a training that was saved.
   *
   * @param listener receives the events of the network's training; {@code Finished} is of the whole
   *     model. What it throws ends the training
   * @param stop may end the training before its last epoch, and what follows it
   * @param checkpoints where the network's training is saved after epochs, null for nowhere
   * @throws InputException if the data cannot be learned from with these options
   * @throws kronwood.fit.CheckpointException if the checkpoints are not of this training
   * @throws kronwood.plan.OutOfMemoryEstimateException if it would need more memory than allowed
   * @throws DivergenceException if the loss ceases to be a finite number
   */
  public static Result fit(
      Dataset data,
      Split split,
      ModelOptions options,
      TrainingListener listener,
      StopSignal stop,
      @Nullable CheckpointFolder checkpoints) {
    if (data.modes().size() > SettingWeights.MOST_MODES) {
      TrainedModel trained = ModelTraining.fit(data, split, options, listener, stop, checkpoints);
      return new Result(trained, SettingReport.NONE);
    }
    NeuronShare whole = NeuronShare.whole(options.network());
    return fitted(data, split, options, listener, stop, checkpoints, whole);
  }

  /**
   * Trains together with the processes that hold the network's other neurons, each with its share
   * of all the networks that are trained. Linear models are fitted in every process. All get the
   * same model: the bits of one process.
   *
   * @param share the neurons held here
   * @throws InputException if the data cannot be learned from with these options, or the network
   *     cannot be divided like this
   * @throws kronwood.plan.OutOfMemoryEstimateException if it would need more memory than allowed
   * @throws DivergenceException if the loss ceases to be a finite number
   */
  public static Result fit(
      Dataset data,
      Split split,
      ModelOptions options,
      TrainingListener listener,
      NeuronShare share) {
    if (data.modes().size() > SettingWeights.MOST_MODES) {
      TrainedModel trained = ModelTraining.fit(data, split, options, listener, share);
      return new Result(trained, SettingReport.NONE);
    }
    return fitted(data, split, options, listener, StopSignal.NEVER, null, share);
  }

  private static Result fitted(
      Dataset data,
      Split split,
      ModelOptions options,
      TrainingListener listener,
      StopSignal stop,
      @Nullable CheckpointFolder checkpoints,
      NeuronShare share) {
    List<FactorFit> fits = TrainingInputs.fits(data, split, options);
    TrainedModel plain =
        ModelTraining.fit(
            data, split, options, fits, listener.withoutEnd(), stop, checkpoints, share);
    return new SettingTraining(data, split, options, fits, plain, listener, stop, share).whole();
  }

  private Result whole() {
    TrainingProblem problem = TrainingInputs.problem(data, split, options, fits);
    Map<Integer, SettingChoice> choices =
        stop.isStopRequested() || plain.result().epoch() == 0 ? Map.of() : choices(problem);
    Model model = plain.model();
    SettingReport report = SettingReport.NONE;
    Result others = others();
    if (others != null) {
      model = model.withOthers(others.trained.model());
    }
    if (!choices.isEmpty()) {
      List<SettingWeights> weights = new ArrayList<>();
      List<SettingReport.Line> lines = new ArrayList<>();
      weights(problem, choices, weights, lines);
      report = new SettingReport(lines);
      if (others != null) {
        report = report.withOthers(others.report);
      }
      model = model.withSettings(weights).withFacts(report.facts());
    }
    TrainedModel whole = plain;
    if (!plain.result().isEvaluated() || !choices.isEmpty() || others != null) {
      whole =
          ModelMeasurement.completed(
              new TrainedModel(model, plain.result(), plain.factors(), plain.prepareSeconds()),
              problem,
              HiddenSamples.of(problem, options.network()),
              options.training().threads(),
              listener);
    }
    listener.on(TrainingEvent.Finished.of(whole.result()));
    return new Result(whole, report);
  }

  /** What predicts where an entity is new, null if the model itself does. */
  private @Nullable Result others() {
    Dataset without = InteractionProfiles.without(data);
    if (without == null || stop.isStopRequested()) {
      return null;
    }
    listener.on(new TrainingEvent.NewEntitiesBegun());
    Result others = fitted(without, split, options, TrainingListener.NONE, stop, null, share);
    return others.trained.result().stopped() ? null : others;
  }

  /** By the least set of modes of each setting; those that the samples cannot tell are missing. */
  private Map<Integer, SettingChoice> choices(TrainingProblem problem) {
    List<SettingChoice.Trial> trials = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(options.network().seed() ^ 0x73657474696e6773L);
    boolean linear = isLinearAffordable(problem);
    List<SettingHoldout> holdouts = holdouts(random);
    for (int d = 0; d < holdouts.size() && !stop.isStopRequested(); d++) {
      listener.on(new TrainingEvent.HeldOutBegun(d + 1, holdouts.size()));
      SettingChoice.Trial trial = trial(holdouts.get(d), linear);
      if (trial != null) {
        trials.add(trial);
      }
    }
    Map<Integer, SettingChoice> choices = new LinkedHashMap<>();
    if (stop.isStopRequested()) {
      return choices;
    }
    for (int fresh = 0; fresh < 1 << data.modes().size(); fresh++) {
      int reversed = reversed(fresh);
      if (fresh <= reversed) {
        List<Integer> same = fresh == reversed ? List.of(fresh) : List.of(fresh, reversed);
        SettingChoice choice = SettingChoice.of(data, options, trials, same);
        if (choice != null) {
          choices.put(fresh, choice);
        }
      }
    }
    return choices;
  }

  private List<SettingHoldout> holdouts(SplittableRandom random) {
    double train = split.train().length;
    double work = train * plain.result().epoch() * options.network().neurons();
    double allowed = SHARE_OF_TRAINING * train;
    List<SettingHoldout> holdouts = new ArrayList<>();
    for (int part = 0; part < PARTS_OF_LITTLE; part++) {
      SettingHoldout holdout = SettingHoldout.of(data, split.train(), random.split());
      if (holdout == null) {
        continue;
      }
      allowed -= holdout.train().length;
      if (allowed < 0 && work >= LITTLE && !holdouts.isEmpty()) {
        break;
      }
      holdouts.add(holdout);
    }
    return holdouts;
  }

  /** Null where what was held out leaves too little to train on. */
  private SettingChoice.@Nullable Trial trial(SettingHoldout holdout, boolean linear) {
    int[] heldOut = holdout.all();
    Split inner = new Split(holdout.train(), heldOut, new int[0]);
    ModelOptions with =
        options.withTraining(options.training().withEpochs(plain.result().epoch()).withPatience(0));
    try {
      TrainingProblem problem = TrainingInputs.problem(data, inner, with);
      EncodedTargets targets = InnerSplit.targets(data.samples(), holdout.train(), with);
      TrainingResult result =
          NetworkTraining.train(problem, with, TrainingListener.NONE, stop, share);
      if (result.stopped()) {
        return null;
      }
      double[] network = NetworkTrial.outputs(result.validationPredictions(), with.loss(), targets);
      if (!linear) {
        return new SettingChoice.Trial(holdout, network, null);
      }
      try (Parallel parallel = Parallel.of(with.training().threads())) {
        RidgeOptions ridge = LinearTrial.ridgeOptions(with.memory());
        RidgeProblem fitted = LinearTrial.ridgeProblem(problem, targets);
        return new SettingChoice.Trial(
            holdout,
            network,
            KroneckerRidge.path(fitted, holdout.train(), heldOut, ridge, parallel).predictions());
      }
    } catch (InputException | DivergenceException e) {
      // A part may be too small for what all samples are enough for, such as classes.
      return null;
    }
  }

  private boolean isLinearAffordable(TrainingProblem problem) {
    EncodedTargets targets = InnerSplit.targets(data.samples(), split.train(), options);
    double linear =
        LinearTrial.expectedSeconds(problem, split.train(), targets.outputs(), options.memory());
    double network =
        1e-9
            * plain.result().plan().nanosPerSample()
            * split.train().length
            * options.training().epochs();
    return linear <= Math.max(FREE_SECONDS, SHARE_FOR_LINEAR * network);
  }

  /**
   * The same modes with the two exchanged that are of one table, if the structure is about them.
   */
  private int reversed(int fresh) {
    PairStructure structure = options.structure();
    int[] exchanged = structure.exchanged(data.tableOfMode());
    int reversed = 0;
    for (int mode = 0; mode < exchanged.length; mode++) {
      reversed |= (fresh >> mode & 1) << exchanged[mode];
    }
    return reversed;
  }

  private void weights(
      TrainingProblem problem,
      Map<Integer, SettingChoice> choices,
      List<SettingWeights> weights,
      List<SettingReport.Line> lines) {
    Map<List<Double>, float[][]> models = new LinkedHashMap<>();
    FinalLinear last = new FinalLinear(problem, options);
    List<String> names = plain.model().modeNames();
    for (int fresh = 0; fresh < 1 << names.size(); fresh++) {
      int own = Math.min(fresh, reversed(fresh));
      int from = nearest(own, choices);
      SettingChoice choice = Objects.requireNonNull(choices.get(from));
      String name = KnownEntitySets.name(fresh, names);
      lines.add(from == own ? choice.line().judged(name) : choice.line().unjudged(name));
      float[][] linear =
          choice.linear() == 0
              ? new float[0][]
              : models.computeIfAbsent(
                  choice.line().lambda(), lambda -> last.weights(lambda, 1, split.train()));
      weights.add(weights(fresh, choice, linear));
    }
  }

  private SettingWeights weights(int fresh, SettingChoice choice, float[][] linear) {
    float[][] scaled = new float[linear.length][];
    for (int c = 0; c < linear.length; c++) {
      scaled[c] = linear[c].clone();
      for (int i = 0; i < scaled[c].length; i++) {
        scaled[c][i] = (float) (choice.linear() * scaled[c][i]);
      }
    }
    double[] offset = new double[plain.model().network().outputs()];
    Arrays.fill(offset, choice.offset());
    return new SettingWeights(fresh, choice.network(), scaled, offset);
  }

  /** The setting with a choice that differs in the fewest modes; of several that with more new. */
  private static int nearest(int fresh, Map<Integer, SettingChoice> choices) {
    int best = -1;
    for (int other : new TreeSet<>(choices.keySet())) {
      if (best < 0 || Integer.bitCount(fresh ^ other) <= Integer.bitCount(fresh ^ best)) {
        best = other;
      }
    }
    return best;
  }
}
