package kronwood.tune;

import java.util.Objects;
import kronwood.candidate.AddedIdentities;
import kronwood.candidate.TableFits;
import kronwood.data.Dataset;
import kronwood.data.Split;
import kronwood.fault.InputException;
import kronwood.fit.CheckpointFolder;
import kronwood.fit.ModelOptions;
import kronwood.fit.SavedChoices;
import kronwood.fit.TrainingInputs;
import kronwood.network.Ensemble;
import kronwood.train.StopSignal;
import kronwood.train.TrainingListener;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the options of a training on validation samples, within a budget, and trains with them.
 *
 * <pre>
 *   0. sample     components of large tables, momentum and step size: those that are best for the
 *                 network in short trials on a sample
 *   1. inputs     weights of similarities, identities, kernels: those that are best for the linear
 *                 model, which is fitted for all strengths of regularisation at once
 *   2. network    epochs, step size, weight decay, shift, the constant: those that are best for
 *                 network and linear model together
 *   3. blend      f = a · network + b · linear, a and b ≥ 0 of least validation loss
 *   4. training   of both on all training samples; of an ensemble, of each member
 * </pre>
 *
 * <p>Validation samples are those of the split, or folds of its training samples in the setting
 * that is asked for; every choice is made on predictions for samples that the predicting model did
 * not see. Test samples are never looked at.
 */
public final class Tuning {
  private Tuning() {}

  /**
   * Tunes and trains.
   *
   * @param listener receives the trials, then the events of the final training
   * @throws InputException as {@link #fit(Dataset, Split, ModelOptions, TuningOptions,
   *     TrainingListener, StopSignal, CheckpointFolder)} does
   * @throws kronwood.plan.OutOfMemoryEstimateException likewise
   * @throws kronwood.train.DivergenceException likewise
   */
  public static TunedModel fit(
      Dataset data,
      Split split,
      ModelOptions options,
      TuningOptions tuning,
      TrainingListener listener) {
    return fit(data, split, options, tuning, listener, StopSignal.NEVER, null);
  }

  /**
   * Tunes and trains, or goes on with a training that was saved.
   *
   * <p>If a stop is requested while choices are made, or before the network that is trained in the
   * end has had an epoch, the model is the linear one that was best so far, of a single member. Its
   * choices are not kept.
   *
   * @param split its validation samples are what choices are made on, if there are any
   * @param options what choices start from; number of epochs and step size are only hints. Choices
   *     are made with a single network as wide as all members of an ensemble together
   * @param listener receives the trials, then the events of the final training; what it throws ends
   *     the tuning
   * @param stop may end the trials, and the final training before its last epoch
   * @param checkpoints where the choices are kept, and the final training is saved after epochs;
   *     null for nowhere. Choices that are there are taken, as they are
   * @throws InputException if the data cannot be learned from or divided, or the first network's
   *     training diverged, or it was stopped before there was a linear model
   * @throws kronwood.fault.CheckpointException if the checkpoints are not of this training
   * @throws kronwood.plan.OutOfMemoryEstimateException if it would need more memory than allowed
   * @throws kronwood.train.DivergenceException if the loss ceases to be a finite number
   */
  public static TunedModel fit(
      Dataset data,
      Split split,
      ModelOptions options,
      TuningOptions tuning,
      TrainingListener listener,
      StopSignal stop,
      @Nullable CheckpointFolder checkpoints) {
    return fit(data, split, options, tuning, Screening.Limits.DEFAULT, listener, stop, checkpoints);
  }

  /** As above, with other limits from which on data are sampled. */
  static TunedModel fit(
      Dataset given,
      Split split,
      ModelOptions options,
      TuningOptions tuning,
      Screening.Limits limits,
      TrainingListener listener,
      StopSignal stop,
      @Nullable CheckpointFolder checkpoints) {
    if (options.network().hasSkip()) {
      throw new InputException(
          "tuning adds a linear model by itself: a linear skip cannot be given beside it");
    }
    if (TrainingInputs.areSparse(given, split, options)) {
      throw new InputException(
          "so many identities have sparse coordinates, for which there is no tuning; train without"
              + " it, or compare entities by features or interaction profiles");
    }
    Dataset data = AddedIdentities.to(given, split, options);
    TableFits fits = new TableFits(data);
    SavedChoices kept =
        checkpoints == null
            ? null
            : checkpoints.choices(data, split, options, tuning.facts(options.training().epochs()));
    TunedSettings choice = kept == null ? null : read(kept);
    FinalTraining last = new FinalTraining(data, split, options, tuning, fits);
    if (choice != null) {
      return Objects.requireNonNull(last.run(choice, false, listener, stop, checkpoints));
    }
    TuningSearch choosing =
        new TuningSearch(data, split, options, tuning, limits, fits, listener, stop);
    choice = choosing.choose();
    // What was cut short is to be chosen anew.
    boolean cutShort = stop.isStopRequested();
    if (kept != null && choice != null && !cutShort) {
      kept.keep(TunedSettingsText.write(choice));
    }
    TunedModel tuned = null;
    if (choice != null && !(cutShort && choosing.hasLinear())) {
      tuned = last.run(choice, choosing.hasLinear(), listener, stop, checkpoints);
    }
    if (tuned == null) {
      ModelOptions single = options.withNetwork(options.network().withEnsemble(Ensemble.SINGLE));
      tuned =
          new FinalTraining(data, split, single, tuning, fits)
              .run(choosing.linearAlone(), false, listener, stop, null);
    }
    return Objects.requireNonNull(tuned);
  }

  private static @Nullable TunedSettings read(SavedChoices kept) {
    try {
      return kept.read().map(TunedSettingsText::read).orElse(null);
    } catch (IllegalArgumentException e) {
      throw kept.damaged(e);
    }
  }
}
