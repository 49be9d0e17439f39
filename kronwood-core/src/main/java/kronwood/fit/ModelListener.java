package kronwood.fit;

import kronwood.model.Model;
import kronwood.train.TrainingListener;

/** Watches the training of a model. Called on the thread that trains. */
public interface ModelListener extends TrainingListener {
  /**
   * A model is complete, but not evaluated yet: it has no metrics, and an ensemble no calibration.
   * It can already be saved. Called after a stop was requested, and at the end of a tuning; the
   * model that is returned later has the same weights.
   */
  default void onUnmeasured(Model model) {}
}
