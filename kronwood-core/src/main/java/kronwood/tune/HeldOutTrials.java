package kronwood.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import kronwood.data.Dataset;
import kronwood.data.Split;
import kronwood.fault.InputException;
import kronwood.fit.ModelOptions;
import kronwood.fit.NetworkTraining;
import kronwood.fit.TrainedModel;
import kronwood.fit.TrainingInputs;
import kronwood.linear.KroneckerRidge;
import kronwood.linear.RidgeOptions;
import kronwood.linear.RidgeProblem;
import kronwood.loss.EncodedTargets;
import kronwood.math.Parallel;
import kronwood.train.DivergenceException;
import kronwood.train.NeuronShare;
import kronwood.train.StopSignal;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingMetrics;
import kronwood.train.TrainingProblem;
import kronwood.train.TrainingResult;
import kronwood.trial.InnerSplit;
import kronwood.trial.LinearTrial;
import kronwood.trial.NetworkTrial;
import org.jspecify.annotations.Nullable;

/**
 * Trains on parts of the training samples, to find out how network and linear model do on the
 * others, in every setting that the samples allow.
 *
 * <p>Cost: networks train on at most 1.2 times the training samples in all; very short trainings
 * have four parts instead. The linear model is fitted on the same parts and on further ones, as
 * long as that takes less than a third of the network's training, by estimate, or a second.
 */
final class HeldOutTrials {
  /** Samples to train on in all parts, times those of the training. */
  private static final double SHARE_OF_TRAINING = 1.2;

  /** Of trainings with fewer samples · epochs · neurons there are four parts. */
  private static final double LITTLE = 1e7;

  private static final int PARTS_OF_LITTLE = 4;

  /** Divisions on which the linear model is fitted, at most. */
  private static final int MOST_LINEAR_FITS = 12;

  /** Estimated seconds of the linear model that are always allowed. */
  private static final double FREE_SECONDS = 1;

  /** Share of the memory that predictions of linear models may take. */
  private static final double SHARE_OF_MEMORY = 0.1;

  /** Share of the network's estimated time that the linear model may take. */
  private static final double SHARE_FOR_LINEAR = 0.3;

  private final Dataset data;
  private final Split split;
  private final ModelOptions options;
  private final TrainedModel plain;
  private final TrainingListener listener;
  private final StopSignal stop;
  private final NeuronShare share;

  /**
   * Makes ready.
   *
   * @param options with the step size that the network's training ended with
   * @param plain the network of all training samples
   * @param share the neurons held here
   */
  HeldOutTrials(
      Dataset data,
      Split split,
      ModelOptions options,
      TrainedModel plain,
      TrainingListener listener,
      StopSignal stop,
      NeuronShare share) {
    this.data = data;
    this.split = split;
    this.options = options;
    this.plain = plain;
    this.listener = listener;
    this.stop = stop;
    this.share = share;
  }

  /** Those with a network first, until stopped. */
  List<SettingFactors.Trial> run(TrainingProblem problem) {
    List<SettingFactors.Trial> trials = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(options.network().seed() ^ 0x73657474696e6773L);
    List<SettingHoldout> holdouts = holdouts(random);
    int linear = linearFits(problem);
    for (int d = 0; d < holdouts.size() && !stop.isStopRequested(); d++) {
      listener.on(new TrainingEvent.HeldOutBegun(d + 1, holdouts.size()));
      SettingFactors.Trial trial = trial(holdouts.get(d), true, linear > 0);
      if (trial != null) {
        trials.add(trial);
      }
    }
    for (int d = holdouts.size(); d < linear && !stop.isStopRequested(); d++) {
      SettingHoldout holdout = SettingHoldout.of(data, split.train(), random.split());
      SettingFactors.Trial trial = holdout == null ? null : trial(holdout, false, true);
      if (trial != null) {
        trials.add(trial);
      }
    }
    return trials;
  }

  private List<SettingHoldout> holdouts(SplittableRandom random) {
    double train = split.train().length;
    double work = train * plain.result().course().epoch() * options.network().neurons();
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

  /**
   * Trains the network, the linear model or both on what is not held out; null if stopped, or where
   * that is too little to train on.
   */
  private SettingFactors.@Nullable Trial trial(
      SettingHoldout holdout, boolean withNetwork, boolean withLinear) {
    Split inner = new Split(holdout.train(), holdout.all(), new int[0]);
    try {
      TrainingProblem problem = TrainingInputs.problem(data, inner, options);
      EncodedTargets targets = InnerSplit.targets(data.samples(), holdout.train(), options);
      TrainingMetrics network = withNetwork ? network(problem) : null;
      return withNetwork && network == null
          ? null
          : new SettingFactors.Trial(
              holdout,
              targets,
              network == null ? null : outputs(network, targets),
              network == null ? null : network.validationMembers(),
              withLinear ? linear(problem, holdout, targets) : null);
    } catch (InputException | DivergenceException e) {
      // A part may be too small for what all samples are enough for, such as classes.
      return null;
    }
  }

  private double[] outputs(TrainingMetrics network, EncodedTargets targets) {
    return NetworkTrial.outputs(network.validationPredictions(), options.loss(), targets);
  }

  /** What a network predicts for what is held out, null if stopped. */
  private @Nullable TrainingMetrics network(TrainingProblem problem) {
    ModelOptions with =
        options.withTraining(
            options.training().withEpochs(plain.result().course().epoch()).withPatience(0));
    TrainingResult result =
        NetworkTraining.train(problem, with, TrainingListener.NONE, stop, share);
    return result.course().stopped() ? null : result.metrics();
  }

  private double[][][] linear(
      TrainingProblem problem, SettingHoldout holdout, EncodedTargets targets) {
    try (Parallel parallel = Parallel.of(options.training().threads())) {
      RidgeOptions ridge = LinearTrial.ridgeOptions(options.memory());
      RidgeProblem fitted = LinearTrial.ridgeProblem(problem, targets);
      return KroneckerRidge.path(fitted, holdout.train(), holdout.all(), ridge, parallel)
          .predictions();
    }
  }

  /** Divisions on which there is time to fit the linear model; 0 if it takes too long. */
  private int linearFits(TrainingProblem problem) {
    EncodedTargets targets = InnerSplit.targets(data.samples(), split.train(), options);
    double linear =
        LinearTrial.expectedSeconds(problem, split.train(), targets.outputs(), options.memory());
    double network =
        1e-9
            * plain.result().course().plan().nanosPerSample()
            * split.train().length
            * options.training().epochs();
    double allowed = Math.max(FREE_SECONDS, SHARE_FOR_LINEAR * network);
    double bytes = 8.0 * split.train().length * targets.outputs();
    bytes *= LinearTrial.ridgeOptions(options.memory()).count();
    double fits = Math.min(allowed / linear, SHARE_OF_MEMORY * options.memory() / bytes);
    return (int) Math.min(MOST_LINEAR_FITS, fits);
  }
}
