package kronwood.fit;

import kronwood.train.StopSignal;

/**
 * Passes on a request to stop, and has the training leave out metrics once there was one: the model
 * comes first.
 */
record UnmeasuredIfStopped(StopSignal stop) implements StopSignal {
  @Override
  public boolean isStopRequested() {
    return stop.isStopRequested();
  }

  @Override
  public boolean skipsEvaluation() {
    return true;
  }
}
