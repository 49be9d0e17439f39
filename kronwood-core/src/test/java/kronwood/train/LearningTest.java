package kronwood.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import kronwood.data.EntityTuples;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.input.StructuredInputs;
import kronwood.loss.SquaredLoss;
import kronwood.measure.Metric;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.testing.Problems;
import org.junit.jupiter.api.Test;

class LearningTest {
  @Test
  void trainingLearns() {
    // A target that is a function of the pair: the product of two features.
    Random random = new Random(20);
    StructuredInputs inputs =
        Problems.inputs(random, 400, new int[] {25, 25}, new int[] {3, 3}, 0, 1);
    float[] y = new float[400];
    EntityTuples tuples = tuples(inputs);
    for (int i = 0; i < 400; i++) {
      y[i] =
          (float)
              (inputs.factor(0).coordinate(inputs.entity(i, 0), 0)
                  * inputs.factor(1).coordinate(inputs.entity(i, 1), 1));
    }
    Split split = new Split(Problems.range(0, 300), new int[0], Problems.range(300, 400));
    TrainingResult result =
        Trainer.train(
            new TrainingProblem(
                inputs,
                Samples.of(tuples, RealTargets.of(List.of("y"), y)),
                split,
                new SquaredLoss()),
            NetworkOptions.of(64, 1),
            TrainingOptions.plain(16, 30, OptionalDouble.empty(), 0, EngineChoice.EAGER, 1),
            1e9,
            TrainingListener.NONE);
    assertTrue(
        result.metrics().test().get(Metric.R2) > 0.75, () -> "test " + result.metrics().test());
  }

  private static EntityTuples tuples(StructuredInputs inputs) {
    int[] entities = new int[inputs.size() * inputs.modes()];
    for (int i = 0; i < entities.length; i++) {
      entities[i] = inputs.entity(i / inputs.modes(), i % inputs.modes());
    }
    return EntityTuples.of(inputs.modes(), entities);
  }
}
