package kronwood.fit;

import java.util.Objects;
import kronwood.data.Samples;
import kronwood.data.feed.SampleFeed;
import kronwood.data.feed.SplitPart;
import kronwood.loss.RunningEvaluation;
import kronwood.measure.MetricReport;
import kronwood.model.Model;
import kronwood.model.PairEvaluation;
import kronwood.model.Predictor;
import kronwood.model.Provenance;
import kronwood.train.HiddenSamples;
import kronwood.train.SpreadFit;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingProblem;
import kronwood.train.TrainingResult;
import org.jspecify.annotations.Nullable;

/**
 * Computes metrics from the predictions of the finished model, not from those of the training
 * engine.
 */
public final class ModelMeasurement {
  private ModelMeasurement() {}

  /**
   * The model with calibration and metrics. A {@link ModelListener} gets the model before that, to
   * save it at once.
   *
   * @param made the model, and the training that it came from
   * @param problem what it was trained on
   * @param hidden the samples hidden from some of its members
   */
  public static TrainedModel completed(
      TrainedModel made,
      TrainingProblem problem,
      HiddenSamples hidden,
      int threads,
      TrainingListener listener) {
    return completed(made, made.model(), problem, hidden, threads, listener);
  }

  /**
   * The same if parts of the model have seen the samples that are hidden from its members.
   *
   * @param unseen the model with such parts as they are without these samples: what the spread is
   *     calibrated with
   */
  public static TrainedModel completed(
      TrainedModel made,
      Model unseen,
      TrainingProblem problem,
      HiddenSamples hidden,
      int threads,
      TrainingListener listener) {
    if (listener instanceof ModelListener watching) {
      watching.onUnmeasured(made.model());
    }
    Model calibrated = calibrated(made.model(), unseen, problem, hidden, threads);
    TrainingResult result = measured(calibrated, made.result(), problem, threads);
    Provenance provenance =
        new Provenance(made.model().provenance().facts(), result.metrics().byPart());
    return new TrainedModel(
        calibrated.with(calibrated.network(), provenance),
        result,
        made.factors(),
        made.prepareSeconds());
  }

  /**
   * The model of an ensemble with a calibration of the spread between its members, any other as it
   * is. Cost: a prediction for each sample that is calibrated on.
   *
   * @param unseen the model that has not seen them
   * @param problem what it was trained on
   * @param hidden the samples hidden from some of its members
   */
  private static Model calibrated(
      Model model, Model unseen, TrainingProblem problem, HiddenSamples hidden, int threads) {
    int members = model.network().members();
    if (!SpreadFit.calibrates(problem, members)) {
      return model;
    }
    int[] listed = SpreadFit.samples(problem, hidden);
    double[] predictions =
        unseen.predictor(threads).predictOfMembers(problem.samples().tuples().select(listed));
    return model.withCalibration(SpreadFit.of(problem, hidden, members, predictions));
  }

  /** The result with the metrics of the model. Cost: a prediction for each sample. */
  private static TrainingResult measured(
      Model model, TrainingResult result, TrainingProblem problem, int threads) {
    Predictor predictor = model.predictor(threads);
    return result.withMetrics(
        result
            .metrics()
            .with(
                Objects.requireNonNull(metrics(predictor, problem, SplitPart.TRAIN)),
                metrics(predictor, problem, SplitPart.VALIDATION),
                metrics(predictor, problem, SplitPart.TEST)));
  }

  private static @Nullable MetricReport metrics(
      Predictor predictor, TrainingProblem problem, SplitPart part) {
    SampleFeed feed = problem.feed();
    Samples samples = problem.samples();
    if (feed.size(part) == 0) {
      return null;
    }
    if (!feed.isInStretches()) {
      int[] listed = feed.stretches(part).next();
      return PairEvaluation.of(samples, listed, predictor.predict(samples.tuples().select(listed)));
    }
    RunningEvaluation sums = new RunningEvaluation(samples.targets(), feed.size(part));
    feed.stretches(part)
        .forEachRemaining(
            listed ->
                sums.add(samples, listed, predictor.predict(samples.tuples().select(listed))));
    return sums.report();
  }
}
