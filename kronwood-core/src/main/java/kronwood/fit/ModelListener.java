package kronwood.fit;

import kronwood.model.Model;
import kronwood.train.TrainingListener;

/** Watches the training of a model. Called on the thread that trains. */
public interface ModelListener extends TrainingListener {
  /**
   * A model is whole, but what it predicts was not measured yet: it has no metrics, and if it is an
   * ensemble no calibration. Now it can be saved. Told where a stop was requested, and at the end
   * of a training with choices; the model that is returned in the end has the same weights.
   */
  default void onUnmeasured(Model model) {}
}
