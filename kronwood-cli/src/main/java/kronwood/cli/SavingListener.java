package kronwood.cli;

import java.util.function.Consumer;
import kronwood.fit.ModelListener;
import kronwood.model.Model;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;

/**
 * Shows how a training goes on, says what a signal would find, and has a model saved as soon as
 * there is one.
 */
record SavingListener(TrainingListener display, Interruption interruption, Consumer<Model> saving)
    implements ModelListener {
  @Override
  public void on(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Started _ -> interruption.reached(Interruption.Phase.LEARNING);
      case TrainingEvent.TrialDone trial when trial.isLinear() ->
          interruption.reached(Interruption.Phase.CHOOSING);
      default -> {}
    }
    display.on(event);
  }

  @Override
  public void onUnmeasured(Model model) {
    saving.accept(model);
  }
}
