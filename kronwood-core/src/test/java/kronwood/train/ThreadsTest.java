package kronwood.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import kronwood.math.Precision;
import kronwood.plan.EngineChoice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ThreadsTest {
  @ParameterizedTest
  @EnumSource(EngineChoice.class)
  void resultsDoNotDependOnTheNumberOfThreads(EngineChoice engine) {
    Scenario scenario = new Scenario().samples(700, 600).batch(40).neurons(24, true);
    for (int kind = 0; kind < 3; kind++) {
      Scenario special =
          switch (kind) {
            case 0 -> scenario.decay(0.01);
            case 1 -> scenario.decay(0).momentum(0.9).skip(0.3);
            default -> scenario.decay(0.01).trainOutput();
          };
      Scenario.Training training = special.draw(new Random(11));
      for (Precision precision : Precision.values()) {
        TrainingOptions options =
            training.options(engine, 3, 1).withPrecision(precision).withAveraging(1);
        TrainingResult one = train(training, options);
        for (int threads : new int[] {2, 4}) {
          TrainingResult several = train(training, withThreads(options, threads));
          assertArrayEquals(
              TrainingResults.losses(one), TrainingResults.losses(several), threads + " threads");
          assertArrayEquals(
              TrainingResults.weights(one, training), TrainingResults.weights(several, training));
          assertEquals(one.metrics().test(), several.metrics().test());
          assertEquals(one.metrics().train(), several.metrics().train());
          assertEquals(one.course().work(), several.course().work());
        }
      }
    }
  }

  private static TrainingResult train(Scenario.Training training, TrainingOptions options) {
    return Trainer.train(
        training.problem(), training.network(), options, 1e9, TrainingListener.NONE);
  }

  private static TrainingOptions withThreads(TrainingOptions options, int threads) {
    return options.withThreads(threads);
  }
}
