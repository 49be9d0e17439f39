package kronwood.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import kronwood.data.Split;
import kronwood.plan.EngineChoice;
import kronwood.train.Scenario;
import kronwood.train.Trainer;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingProblem;
import org.junit.jupiter.api.Test;

class BlockRefreshTest {
  @Test
  void logsAreAbsorbedThoughAllSamplesFitIntoOneBlockAndNoOthersAreAsked() {
    // Otherwise logs, and the time to read them, grow with every epoch.
    Scenario.Training drawn = new Scenario().draw(new Random(1));
    TrainingProblem problem = drawn.problem();
    TrainingProblem withoutTest =
        new TrainingProblem(
            problem.inputs(), problem.samples(), Split.trainOnAll(40), problem.loss());
    Scenario.Training training =
        new Scenario.Training(withoutTest, drawn.network(), drawn.batch(), drawn.learningRate(), 0);
    WorkCounters work =
        Trainer.train(
                training.problem(),
                training.network(),
                training.options(EngineChoice.BLOCK, 30, 1),
                1e9,
                TrainingListener.NONE)
            .course()
            .work();
    // Inner products are those of refreshes, one per neuron and sample, and of candidates.
    long refreshed = work.innerProducts() - work.candidates();
    long perRefresh = 40L * training.network().neurons();
    assertTrue(refreshed >= 3 * perRefresh, refreshed / perRefresh + " refreshes in 30 epochs");
  }
}
