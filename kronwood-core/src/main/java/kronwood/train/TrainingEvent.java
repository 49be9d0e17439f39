package kronwood.train;

import java.nio.file.Path;
import java.util.Map;
import kronwood.data.feed.SampleFeed;
import kronwood.data.feed.SplitPart;
import kronwood.loss.EncodedTargets;
import kronwood.network.NetworkOptions;
import kronwood.plan.EnginePlan;
import kronwood.tree.NeuronSearch;

/**
 * Something that happened in a training, a tuning or a cross-validation.
 *
 * <p>One training sends its events in this order:
 *
 * <pre>
 *   Resumed            if a training that was saved goes on
 *   Started
 *     Searched         before a batch, of a sample that {@link TrainingControl#shownSample} names
 *     BatchDone        after each batch
 *     Validated        at the end of each epoch, if there are validation samples
 *     CheckpointSaved  if the training was saved after this epoch
 *     EpochDone
 *   HeldOutBegun       for each part that is held out, unless the network alone is wanted
 *   NewEntitiesBegun   if there are interaction profiles, which new entities have none of
 *   Finished           also if the training was stopped; not if it ends with an exception
 * </pre>
 *
 * <p>A tuning sends {@link TrialDone} after each trial, then the events of the training with what
 * was chosen. A cross-validation sends {@link FoldDone} after each fold. The trainings within a
 * trial or a fold send nothing to the listener of the whole.
 *
 * <p>All events of one run come on the thread that called the run, one after another. The run waits
 * until its listener returns.
 */
public sealed interface TrainingEvent {

  /**
   * A training that was saved goes on. {@link Started} follows.
   *
   * @param epochs epochs that were done before
   */
  record Resumed(int epochs) implements TrainingEvent {}

  /**
   * The engine is ready, and the first batch follows.
   *
   * @param plan the engine and why
   * @param trainSamples number of training samples
   * @param validationSamples number of validation samples
   * @param testSamples number of test samples that are predicted after each epoch
   * @param neurons neurons of all members of an ensemble together
   * @param outputs outputs of the network: targets, or classes if there are more than two
   * @param learningRate step size, given or chosen; of a training that goes on, the one it had last
   * @param batch samples per step, given or chosen
   * @param epochs epochs asked for, with those that were done before
   */
  record Started(
      EnginePlan plan,
      int trainSamples,
      int validationSamples,
      int testSamples,
      int neurons,
      int outputs,
      double learningRate,
      int batch,
      int epochs)
      implements TrainingEvent {

    static Started of(
        EnginePlan plan,
        TrainingProblem problem,
        NetworkOptions network,
        EncodedTargets targets,
        StepSize step,
        int epochs) {
      SampleFeed feed = problem.feed();
      return new Started(
          plan,
          feed.size(SplitPart.TRAIN),
          feed.size(SplitPart.VALIDATION),
          feed.size(SplitPart.TEST),
          network.neurons(),
          targets.outputs(),
          step.learningRate(),
          step.batch(),
          epochs);
    }
  }

  /**
   * The neurons that fire on a sample were found, and a step is about to be made with it.
   *
   * @param epoch the epoch that the step belongs to, from 1
   * @param sample the sample, from 0; the slot it was read into where samples are stored
   * @param search how they were found; of the neurons that this process holds
   */
  record Searched(int epoch, int sample, NeuronSearch search) implements TrainingEvent {}

  /**
   * The weights moved by one step.
   *
   * @param epoch the epoch that the batch belongs to, from 1
   * @param samplesDone training samples of this epoch that were used so far
   * @param samplesTotal training samples of an epoch
   * @param loss weighted mean of the loss over the samples of the batch, before the step; real
   *     targets are standardised
   */
  record BatchDone(int epoch, int samplesDone, int samplesTotal, double loss)
      implements TrainingEvent {}

  /**
   * The validation samples were predicted at the end of an epoch, with averaged weights if weights
   * are averaged.
   *
   * @param epoch the epoch, from 1
   * @param predictions C numbers for each validation sample, as {@link kronwood.loss.Evaluation#of}
   *     takes them. The array is not copied: a listener must not change it
   */
  @SuppressWarnings("ArrayRecordComponent") // as documented
  record Validated(int epoch, double[] predictions) implements TrainingEvent {}

  /**
   * The training was saved. If this process dies, the training can go on from here.
   *
   * @param epoch epochs done
   * @param file the checkpoint; later ones replace it
   */
  record CheckpointSaved(int epoch, Path file) implements TrainingEvent {}

  /**
   * An epoch ended, and was evaluated.
   *
   * @param report loss, metrics, work and seconds of the epoch
   */
  record EpochDone(EpochReport report) implements TrainingEvent {}

  /**
   * The network is trained. Part of the training samples is held out and the others are trained on,
   * to find out how much network and linear model count where entities are new.
   *
   * @param number which part, from 1
   * @param parts number of parts
   */
  record HeldOutBegun(int number, int parts) implements TrainingEvent {}

  /**
   * Entities are compared by their interactions too, which holds for known ones. Another network is
   * trained without that, to predict where an entity is new.
   */
  record NewEntitiesBegun() implements TrainingEvent {}

  /**
   * A training ended with a network.
   *
   * @param epochs epochs finished, with those that an earlier run did
   * @param epoch the epoch at whose end the network was as it is; that of the best validation error
   *     if training could stop early
   * @param stopped true if a {@link StopSignal} ended the training before its last epoch
   * @param seconds time taken by start, batches and evaluation in this run
   * @param metrics values at the end by part ({@code train}, {@code validation}, {@code test}) and
   *     key of the metric; parts without samples are left out. Of a tuned model they are those of
   *     network and linear model together
   */
  record Finished(
      int epochs,
      int epoch,
      boolean stopped,
      double seconds,
      Map<String, Map<String, Double>> metrics)
      implements TrainingEvent {

    /** The summary of a training. */
    public static Finished of(TrainingResult result) {
      TrainingCourse course = result.course();
      return new Finished(
          course.epochsFinished(),
          course.epoch(),
          course.stopped(),
          course.seconds().sum(),
          result.metrics().byPart());
    }
  }

  /**
   * A tuning tried something.
   *
   * @param number trials made so far, this one too
   * @param what {@code network on a sample}, {@code linear} or {@code network}: the model that was
   *     tried
   * @param choice the choices of the trial that differ from what was given, for people
   * @param error mean loss on the validation samples
   * @param best true if no earlier trial of the same kind had a smaller error
   * @param seconds time that the trial took
   */
  record TrialDone(
      int number, String what, String choice, double error, boolean best, double seconds)
      implements TrainingEvent {
    /** True if a form of the inputs was tried on the linear model. */
    public boolean isLinear() {
      return what.equals("linear");
    }
  }

  /**
   * A cross-validation finished a fold. Folds that run at the same time finish in any order.
   *
   * @param label for people: {@code B, repeat 1, fold 2 of 5}
   * @param setting what is new about the test samples of the fold
   * @param repeat which of the repeated divisions, from 1
   * @param fold which fold of the division, from 1
   * @param folds folds of a division
   * @param trainSamples number of training samples
   * @param validationSamples number of validation samples
   * @param testSamples number of test samples
   * @param metrics metrics of the test samples by key
   * @param epoch the epoch at whose end the network was as it is
   * @param seconds time that the fold took
   */
  record FoldDone(
      String label,
      String setting,
      int repeat,
      int fold,
      int folds,
      int trainSamples,
      int validationSamples,
      int testSamples,
      Map<String, Double> metrics,
      int epoch,
      double seconds)
      implements TrainingEvent {}
}
