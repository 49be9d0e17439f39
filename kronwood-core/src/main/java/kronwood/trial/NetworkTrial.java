package kronwood.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kronwood.candidate.NetworkForm;
import kronwood.fit.ModelOptions;
import kronwood.loss.EncodedTargets;
import kronwood.loss.Loss;
import kronwood.network.NetworkOptions;
import kronwood.train.DivergenceException;
import kronwood.train.StopSignal;
import kronwood.train.Trainer;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import kronwood.train.TrainingProblem;
import kronwood.train.TrainingResult;
import org.jspecify.annotations.Nullable;

/**
 * The network on validation samples.
 *
 * <p>All divisions are judged at the same epoch, as the final training ends at one. Taking the best
 * epoch of each division would give too low an error, above all with few validation samples.
 *
 * @param parts the network trained on each division
 * @param epochs the epoch
 */
public record NetworkTrial(List<Part> parts, int epochs) {
  private static final int PATIENCE = 3;

  /** Probabilities below this one count as this one. */
  private static final double SMALLEST_PROBABILITY = 1e-12;

  /** Epochs at most, times those asked for. */
  private static final int MORE_EPOCHS = 2;

  /**
   * The network trained on one division.
   *
   * @param outputs outputs for the validation samples after each epoch, a row of C each
   * @param learningRate step size that the form of the training is relative to
   * @param batch samples per step
   */
  @SuppressWarnings("ArrayRecordComponent") // not changed
  public record Part(List<double[]> outputs, double learningRate, int batch) {
    /** After an epoch, or after the last if training ended before. */
    double[] at(int epoch) {
      return outputs.get(Math.min(epoch, outputs.size()) - 1);
    }
  }

  public NetworkTrial {
    parts = List.copyOf(parts);
  }

  /**
   * Trains on each division until the validation error has not fallen for some epochs. If the
   * budget is used up before, the first trial has the epochs there was time for, at least one; it
   * is judged by the weights that a training of so many epochs ends with.
   *
   * @param problems the problem of each division
   * @param reference the trial whose step size the form is relative to; null if this is it
   * @param first whether there must be a result
   * @return empty if the budget was used up before, or the step was too large
   */
  public static Optional<NetworkTrial> of(
      List<TrainingProblem> problems,
      List<InnerSplit> divisions,
      ModelOptions options,
      NetworkForm form,
      @Nullable NetworkTrial reference,
      boolean first,
      Budget budget) {
    List<Part> parts = new ArrayList<>();
    NetworkOptions network = form.apply(options.network());
    for (int d = 0; d < problems.size(); d++) {
      TrainingProblem problem = problems.get(d);
      TrainingOptions training = training(problem, options.training(), form, reference);
      EncodedTargets targets = divisions.get(d).targets();
      UntilOver trial = new UntilOver(budget, first, options.loss(), targets);
      TrainingResult result;
      try {
        result = Trainer.train(problem, network, training, options.memory(), trial, trial, null);
      } catch (DivergenceException e) {
        return Optional.empty();
      }
      if (result.course().stopped() && (!first || result.course().epochs().isEmpty())) {
        return Optional.empty();
      }
      parts.add(
          new Part(
              List.copyOf(trial.outputs),
              result.course().learningRate() / form.rate(),
              result.course().batch()));
    }
    return Optional.of(new NetworkTrial(parts, 1));
  }

  /**
   * Keeps the outputs after each epoch. Stops when the budget is used up; if the trial is the
   * first, not before an epoch is over.
   */
  private static final class UntilOver implements TrainingListener, StopSignal {
    private final Budget budget;
    private final Loss loss;
    private final EncodedTargets targets;
    private final List<double[]> outputs = new ArrayList<>();
    private boolean wait;

    UntilOver(Budget budget, boolean first, Loss loss, EncodedTargets targets) {
      this.budget = budget;
      this.wait = first;
      this.loss = loss;
      this.targets = targets;
    }

    @Override
    public void on(TrainingEvent event) {
      if (event instanceof TrainingEvent.Validated validated) {
        outputs.add(outputs(validated.predictions(), loss, targets));
      } else if (event instanceof TrainingEvent.EpochDone) {
        wait = false;
      }
    }

    @Override
    public boolean isStopRequested() {
      return wait ? budget.isStopped() : budget.isOver();
    }
  }

  /** A network whose outputs are 0. */
  public static NetworkTrial none(int outputs) {
    return new NetworkTrial(List.of(new Part(List.of(new double[outputs]), 1, 1)), 0);
  }

  /** This trial with others on further divisions. */
  public NetworkTrial and(NetworkTrial further) {
    List<Part> all = new ArrayList<>(parts);
    all.addAll(further.parts);
    return new NetworkTrial(all, epochs);
  }

  /** This trial on the first divisions. */
  public NetworkTrial first(int count) {
    return new NetworkTrial(parts.subList(0, count), epochs);
  }

  /** This trial at the epoch that does best on all validation samples together. */
  public NetworkTrial atBestEpoch(Validation validation) {
    int last = parts.stream().mapToInt(part -> part.outputs().size()).max().orElseThrow();
    int best = 1;
    double least = Double.POSITIVE_INFINITY;
    for (int epoch = 1; epoch <= last; epoch++) {
      double error = validation.cost(outputs(epoch));
      if (error < least) {
        least = error;
        best = epoch;
      }
    }
    return new NetworkTrial(parts, best);
  }

  /** Outputs for the validation samples of all divisions, one after another. */
  public double[] outputs() {
    return outputs(Math.max(1, epochs));
  }

  private double[] outputs(int epoch) {
    return concatenated(parts.stream().map(part -> part.at(epoch)).toList());
  }

  /** Mean step size that the form of the training is relative to. */
  public double learningRate() {
    return parts.stream().mapToDouble(Part::learningRate).average().orElse(1);
  }

  /** Samples per step, those of the first division. */
  public int batch() {
    return parts.getFirst().batch();
  }

  /** Steps in an epoch. */
  public static double batches(int samples, int batch) {
    return Math.ceil((double) samples / batch);
  }

  private static TrainingOptions training(
      TrainingProblem problem,
      TrainingOptions given,
      NetworkForm form,
      @Nullable NetworkTrial reference) {
    int patience = given.patience() > 0 ? given.patience() : PATIENCE;
    TrainingOptions options = given.withEpochs(MORE_EPOCHS * given.epochs()).withPatience(patience);
    return reference == null
        ? form.begin(options)
        : form.apply(
            options,
            reference.learningRate(),
            batches(problem.split().train().length, reference.batch()));
  }

  private static double[] concatenated(List<double[]> parts) {
    double[] all = new double[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (double[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  /** The outputs that predictions were made of. */
  public static double[] outputs(double[] predictions, Loss loss, EncodedTargets targets) {
    int width = targets.outputs();
    double[] f = new double[predictions.length];
    for (int i = 0; i < f.length; i++) {
      int c = i % width;
      f[i] =
          switch (loss.task()) {
            case REGRESSION -> (predictions[i] - targets.offset(c)) / targets.scale(c);
            case BINARY -> logit(predictions[i]);
            case MULTICLASS -> Math.log(Math.max(predictions[i], SMALLEST_PROBABILITY));
          };
    }
    return f;
  }

  private static double logit(double probability) {
    double p = Math.clamp(probability, SMALLEST_PROBABILITY, 1 - SMALLEST_PROBABILITY);
    return Math.log(p / (1 - p));
  }
}
