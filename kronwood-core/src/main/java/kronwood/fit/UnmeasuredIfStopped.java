package kronwood.fit;

import kronwood.train.StopSignal;

/** Passes on a request to stop, and skips metrics after one: the model is saved first. */
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
