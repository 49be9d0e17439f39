package kronwood.fit;

import kronwood.fit.checkpoint.CheckpointHeader;
import kronwood.plan.EnginePlan;
import kronwood.train.TrainingCheckpoints;
import kronwood.train.TrainingOptions;

/** The checkpoints of one training, which also keep what it was planned with. */
abstract sealed class ResumableTraining implements TrainingCheckpoints
    permits SavedTraining, SavedShares {
  private CheckpointHeader header;
  private boolean resumed;

  /**
   * @param fresh header of a training that begins
   */
  ResumableTraining(CheckpointHeader fresh) {
    this.header = fresh;
  }

  /** What checkpoints of this training begin with, but for the epoch. */
  final CheckpointHeader header() {
    return header;
  }

  /** A checkpoint to go on from was found. */
  final void resume(CheckpointHeader saved) {
    header = saved;
    resumed = true;
  }

  /** Engine and layout that the training must have: those it began with. */
  final TrainingOptions plan(TrainingOptions options) {
    return resumed ? options.withPlan(header.engine(), header.layout()) : options;
  }

  /**
   * Bytes that the training was allowed when it began. In what way sums are formed may depend on
   * it, and so their rounding.
   */
  final double memory(double allowed) {
    return resumed ? header.memory() : allowed;
  }

  /** What to train with was decided. */
  final void decided(EnginePlan plan, double allowed) {
    header = header.withPlan(plan, allowed);
  }
}
