package kronwood.cli;

import java.util.Optional;
import kronwood.fit.CheckpointFolder;
import kronwood.fit.ModelOptions;
import kronwood.fit.ModelTraining;
import kronwood.fit.TrainedModel;
import kronwood.io.pairs.TrainingPairs;
import kronwood.measure.Metric;
import kronwood.measure.MetricReport;
import kronwood.network.EntryWeights;
import kronwood.train.DivergenceException;
import kronwood.train.TrainingListener;

/** What there was before a training diverged. */
final class LastGoodNetwork {
  private LastGoodNetwork() {}

  /**
   * The network at the end of the epoch before the one in which training diverged, or if its
   * weights are not finite either, of the one before that: from its checkpoint, or trained once
   * more from the last one before.
   *
   * @return nothing if none is finite, or there was a signal to stop
   */
  static Optional<TrainedModel> before(
      DivergenceException diverged,
      TrainingPairs pairs,
      ModelOptions options,
      Interruption interruption,
      CheckpointFolder checkpoints) {
    for (int epochs = diverged.epoch() - 1; epochs > 0; epochs--) {
      if (epochs < diverged.epoch() - CheckpointFolder.KEPT || interruption.isStopRequested()) {
        break;
      }
      TrainedModel trained = train(epochs, pairs, options, interruption, checkpoints);
      if (!trained.result().course().stopped() && isFinite(trained)) {
        return Optional.of(trained);
      }
    }
    return Optional.empty();
  }

  private static TrainedModel train(
      int epochs,
      TrainingPairs pairs,
      ModelOptions options,
      Interruption interruption,
      CheckpointFolder checkpoints) {
    ModelOptions shorter = options.withTraining(options.training().withEpochs(epochs));
    return ModelTraining.fit(
        pairs.dataset(),
        pairs.split(),
        shorter,
        TrainingListener.NONE,
        interruption,
        checkpoints.resumed());
  }

  private static boolean isFinite(TrainedModel trained) {
    MetricReport report = trained.result().metrics().train();
    Metric error = report.contains(Metric.MSE) ? Metric.MSE : Metric.LOGLOSS;
    if (!Double.isFinite(report.get(error))) {
      return false;
    }
    // The model's weights are in single precision, which overflows earlier.
    for (float[] weights : trained.model().network().weights()) {
      for (float weight : weights) {
        if (!Float.isFinite(weight)) {
          return false;
        }
      }
    }
    EntryWeights entries = trained.model().network().entries();
    return entries == null || Float.isFinite(entries.largest());
  }
}
