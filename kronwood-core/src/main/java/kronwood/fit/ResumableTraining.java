package kronwood.fit;

import kronwood.plan.EnginePlan;
import kronwood.train.TrainingCheckpoints;
import kronwood.train.TrainingOptions;

/** The checkpoints of one training, which also keep what it was planned with. */
interface ResumableTraining extends TrainingCheckpoints {

  /** Engine and layout that the training must have: those it began with. */
  TrainingOptions plan(TrainingOptions options);

  /**
   * Bytes that the training was allowed when it began. In what way sums are formed may depend on
   * it, and so their rounding.
   */
  double memory(double allowed);

  /** What to train with was decided. */
  void decided(EnginePlan plan, double allowed);
}
