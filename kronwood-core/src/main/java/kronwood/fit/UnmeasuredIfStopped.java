package kronwood.fit;

import kronwood.train.TrainingControl;

/**
 * Passes on what is asked for, and skips metrics after a request to stop: the model is saved first.
 */
record UnmeasuredIfStopped(TrainingControl control) implements TrainingControl {
  @Override
  public boolean isStopRequested() {
    return control.isStopRequested();
  }

  @Override
  public boolean skipsEvaluation() {
    return true;
  }

  @Override
  public long awaitResume() {
    return control.awaitResume();
  }

  @Override
  public double stepShare() {
    return control.stepShare();
  }

  @Override
  public int shownSample() {
    return control.shownSample();
  }
}
