package kronwood.fit;

import kronwood.plan.EnginePlan;
import kronwood.train.EpochReport;
import kronwood.train.TrainingListener;

/**
 * Passes on what a training tells, and has it leave out metrics once a stop was requested: the
 * model comes first.
 */
record UnmeasuredIfStopped(TrainingListener listener) implements TrainingListener {
  @Override
  public void onResume(int epochs) {
    listener.onResume(epochs);
  }

  @Override
  public void onStart(EnginePlan plan, double learningRate) {
    listener.onStart(plan, learningRate);
  }

  @Override
  public void onBatch(int epoch, int samplesDone, int samplesTotal) {
    listener.onBatch(epoch, samplesDone, samplesTotal);
  }

  @Override
  public void onValidation(int epoch, double[] predictions) {
    listener.onValidation(epoch, predictions);
  }

  @Override
  public void onEpoch(EpochReport report) {
    listener.onEpoch(report);
  }

  @Override
  public boolean isStopRequested() {
    return listener.isStopRequested();
  }

  @Override
  public boolean isEvaluationSkipped() {
    return true;
  }
}
