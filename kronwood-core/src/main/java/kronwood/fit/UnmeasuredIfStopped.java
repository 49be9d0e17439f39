package kronwood.fit;

import kronwood.train.TrainingControl;

/**
 * Passes on what is asked for, and has the training leave out metrics once there was one: the model
 * comes first.
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
}
