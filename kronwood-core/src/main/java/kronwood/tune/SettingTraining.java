package kronwood.tune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import kronwood.candidate.AddedIdentities;
import kronwood.data.Dataset;
import kronwood.data.InteractionProfiles;
import kronwood.data.Split;
import kronwood.fault.InputException;
import kronwood.fit.CheckpointPlace;
import kronwood.fit.ModelMeasurement;
import kronwood.fit.ModelOptions;
import kronwood.fit.ModelTraining;
import kronwood.fit.TrainedModel;
import kronwood.fit.TrainingInputs;
import kronwood.gram.FactorFit;
import kronwood.input.PairStructure;
import kronwood.model.KnownEntitySets;
import kronwood.model.Model;
import kronwood.model.SettingWeights;
import kronwood.train.DivergenceException;
import kronwood.train.HiddenSamples;
import kronwood.train.NeuronShare;
import kronwood.train.StopSignal;
import kronwood.train.TrainingCourse;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingProblem;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network, and weights it against a linear model separately for pairs of known and of new
 * entities, so the model can be used in every setting.
 *
 * <pre>
 *   1. the network, as {@link ModelTraining} trains it: its weights are the same bits
 *   2. on parts of the training samples ({@link SettingHoldout}): a network trained likewise, and
 *      the linear model for all strengths of regularisation; both predict what was held out
 *   3. for each set of new modes: how much each counts ({@link SettingFactors})
 *   4. the linear models that count, on all training samples
 *   5. where entities are compared by their interactions too, all of this once more without that:
 *      it predicts where an entity is new
 * </pre>
 *
 * <p>Cost: that of step 1, and about as much for step 2, see {@link HeldOutTrials}. A linear model
 * is left out if it would take longer than a third of the network's training. Interaction profiles
 * double the cost. If training is stopped, the model is that of step 1.
 */
public final class SettingTraining {
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
   * A model and the weights of its parts.
   *
   * @param trained the model and its training
   * @param report factors of network and linear model
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
   * @throws kronwood.fault.CheckpointException if the checkpoints are not of this training
   * @throws kronwood.plan.OutOfMemoryEstimateException if it would need more memory than allowed
   * @throws DivergenceException if the loss ceases to be a finite number
   */
  public static Result fit(
      Dataset data,
      Split split,
      ModelOptions options,
      TrainingListener listener,
      StopSignal stop,
      @Nullable CheckpointPlace checkpoints) {
    Dataset identified = AddedIdentities.to(data, split, options);
    if (data.modes().size() > SettingWeights.MOST_MODES) {
      TrainedModel trained =
          ModelTraining.fit(identified, split, options, listener, stop, checkpoints);
      return new Result(trained, SettingReport.NONE);
    }
    NeuronShare whole = NeuronShare.whole(options.network());
    return fitted(identified, split, options, listener, stop, checkpoints, whole);
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
    return fit(data, split, options, listener, StopSignal.NEVER, null, share);
  }

  /**
   * The same, or goes on with a training that was saved.
   *
   * @param stop may end the training, in all processes, before its last epoch, and what follows it
   * @param checkpoints where the network's training is saved after epochs, null for nowhere
   * @param share the neurons held here
   * @throws kronwood.fault.CheckpointException if the checkpoints cannot be used
   */
  public static Result fit(
      Dataset data,
      Split split,
      ModelOptions options,
      TrainingListener listener,
      StopSignal stop,
      @Nullable CheckpointPlace checkpoints,
      NeuronShare share) {
    Dataset identified = AddedIdentities.to(data, split, options);
    if (data.modes().size() > SettingWeights.MOST_MODES) {
      TrainedModel trained =
          ModelTraining.fit(identified, split, options, listener, stop, checkpoints, share);
      return new Result(trained, SettingReport.NONE);
    }
    return fitted(identified, split, options, listener, stop, checkpoints, share);
  }

  /**
   * The data set that is trained on: with an identity in tables whose entities occur often, if it
   * costs little, so that what attributes do not tell of an entity can be learned. {@link
   * kronwood.gram.GramOptions#addedIdentity} is its weight, 0 for none. A table whose entities have
   * an identity already, or no other attributes, stays as it is, and so do all others then.
   *
   * @return the same data set if no table gets one
   * @throws InputException if the data cannot be learned from with these options
   */
  public static Dataset identified(Dataset data, Split split, ModelOptions options) {
    return AddedIdentities.to(data, split, options);
  }

  private static Result fitted(
      Dataset data,
      Split split,
      ModelOptions options,
      TrainingListener listener,
      StopSignal stop,
      @Nullable CheckpointPlace checkpoints,
      NeuronShare share) {
    List<FactorFit> fits = TrainingInputs.fits(data, split, options);
    if (fits.stream().allMatch(fit -> fit.table().isOfIdentities())) {
      // Of so many identities there is no linear model, and nothing else to weigh.
      TrainedModel trained = ModelTraining.fit(data, split, options, listener, stop, checkpoints);
      return new Result(trained, SettingReport.NONE);
    }
    TrainedModel plain =
        ModelTraining.fit(
            data, split, options, fits, listener.withoutEnd(), stop, checkpoints, share);
    return new SettingTraining(data, split, options, fits, plain, listener, stop, share).whole();
  }

  private Result whole() {
    TrainingProblem problem = TrainingInputs.problem(data, split, options, fits);
    Map<Integer, SettingFactors> choices =
        stop.isStopRequested() || plain.result().course().epoch() == 0
            ? Map.of()
            : choices(problem);
    Model model = plain.model();
    SettingReport report = SettingReport.NONE;
    Result others = others();
    if (others != null) {
      model = model.withOthers(others.trained.model());
    }
    if (!choices.isEmpty()) {
      report = new SettingReport(lines(choices));
      if (others != null) {
        report = report.withOthers(others.report);
      }
      model =
          model.withSettings(weights(problem, choices, split.train())).withFacts(report.facts());
    }
    TrainedModel whole = plain;
    if (!plain.result().metrics().isEvaluated() || !choices.isEmpty() || others != null) {
      HiddenSamples hidden = HiddenSamples.of(problem, options.network());
      Model unseen = model;
      if (!choices.isEmpty() && hidden.hidden().length > 0) {
        // The linear models must not have seen what the spread is calibrated on either.
        unseen = model.withSettings(weights(problem, choices, hidden.shownToAll(split.train())));
      }
      whole =
          ModelMeasurement.completed(
              new TrainedModel(model, plain.result(), plain.factors(), plain.prepareSeconds()),
              unseen,
              problem,
              hidden,
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
    Result others = fitted(without, split, likePlain(), TrainingListener.NONE, stop, null, share);
    return others.trained.result().course().stopped() ? null : others;
  }

  /** With the step size that the network's training ended with, if it was lowered. */
  private ModelOptions likePlain() {
    TrainingCourse course = plain.result().course();
    return course.loweredStep().isEmpty()
        ? options
        : options.withTraining(options.training().withLearningRate(course.lastLearningRate()));
  }

  /** By the least set of modes of each setting; those that the samples cannot tell are missing. */
  private Map<Integer, SettingFactors> choices(TrainingProblem problem) {
    List<SettingFactors.Trial> trials =
        new HeldOutTrials(data, split, likePlain(), plain, listener, stop, share).run(problem);
    Map<Integer, SettingFactors> choices = new LinkedHashMap<>();
    if (stop.isStopRequested()) {
      return choices;
    }
    for (int fresh = 0; fresh < 1 << data.modes().size(); fresh++) {
      int reversed = reversed(fresh);
      if (fresh <= reversed) {
        List<Integer> same = fresh == reversed ? List.of(fresh) : List.of(fresh, reversed);
        SettingFactors choice = SettingFactors.of(data, options, trials, same);
        if (choice != null) {
          choices.put(fresh, choice);
        }
      }
    }
    return choices;
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

  private List<SettingReport.Line> lines(Map<Integer, SettingFactors> choices) {
    List<String> names = plain.model().modeNames();
    List<SettingReport.Line> lines = new ArrayList<>();
    for (int fresh = 0; fresh < 1 << names.size(); fresh++) {
      int own = Math.min(fresh, reversed(fresh));
      int from = nearest(own, choices);
      SettingReport.Line line = Objects.requireNonNull(choices.get(from)).line();
      String name = KnownEntitySets.name(fresh, names);
      lines.add(from == own ? line.judged(name) : line.unjudged(name));
    }
    return lines;
  }

  /** For each set of new modes, with linear models of some samples. */
  private List<SettingWeights> weights(
      TrainingProblem problem, Map<Integer, SettingFactors> choices, int[] shown) {
    Map<List<Double>, float[][]> models = new LinkedHashMap<>();
    FinalLinear last = new FinalLinear(problem, options);
    List<SettingWeights> weights = new ArrayList<>();
    int calibrated = calibratedSetting(problem);
    for (int fresh = 0; fresh < 1 << data.modes().size(); fresh++) {
      int from = nearest(Math.min(fresh, reversed(fresh)), choices);
      SettingFactors choice = Objects.requireNonNull(choices.get(from));
      float[][] linear =
          choice.linear() == 0
              ? new float[0][]
              : models.computeIfAbsent(
                  choice.line().lambda(), lambda -> last.weights(lambda, 1, shown));
      SettingWeights made = weights(fresh, choice, linear);
      weights.add(
          fresh == calibrated || from == calibrated ? made : made.withSpread(choice.spread()));
    }
    return weights;
  }

  /**
   * The setting that the model's own calibration is of, as {@link kronwood.train.SpreadFit} makes
   * it: that of most validation samples, or of what was hidden from members.
   */
  private int calibratedSetting(TrainingProblem problem) {
    int[] validation = split.validation();
    if (validation.length == 0) {
      return options.network().ensemble().hiddenModes().stream().mapToInt(k -> 1 << k).sum();
    }
    KnownEntitySets known = KnownEntitySets.of(plain.model());
    int[] counts = new int[1 << data.modes().size()];
    int most = 0;
    for (int sample : validation) {
      int fresh = known.newModes(problem.samples().tuples(), sample);
      counts[fresh]++;
      most = counts[fresh] > counts[most] ? fresh : most;
    }
    return most;
  }

  private SettingWeights weights(int fresh, SettingFactors choice, float[][] linear) {
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
  private static int nearest(int fresh, Map<Integer, SettingFactors> choices) {
    int best = -1;
    for (int other : new TreeSet<>(choices.keySet())) {
      if (best < 0 || Integer.bitCount(fresh ^ other) <= Integer.bitCount(fresh ^ best)) {
        best = other;
      }
    }
    return best;
  }
}
