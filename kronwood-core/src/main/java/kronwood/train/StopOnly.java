package kronwood.train;

/** Never waits, and leaves the step size as it is. */
record StopOnly(StopSignal stop) implements TrainingControl {
  @Override
  public boolean isStopRequested() {
    return stop.isStopRequested();
  }

  @Override
  public boolean skipsEvaluation() {
    return stop.skipsEvaluation();
  }
}
