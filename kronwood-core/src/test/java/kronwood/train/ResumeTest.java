package kronwood.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Stream;
import kronwood.math.Precision;
import kronwood.plan.EngineChoice;
import kronwood.testing.Seeds;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A training that is gone on with ends with the bits of one that was never interrupted. */
class ResumeTest {
  private static final int EPOCHS = 5;

  @TestFactory
  Stream<DynamicTest> aTrainingMayBeGoneOnWithAfterAnyEpoch() {
    return Stream.of(
            resumes("plain", new Scenario(), 0, false),
            resumes("decay", new Scenario().decay(0.05), 0, false),
            resumes("momentum and skip", new Scenario().momentum(0.9).skip(0.3), 0, false),
            resumes("ensemble", new Scenario().ensemble(4).skip(0.3).trainOutput(), 0, true),
            resumes("validated ensemble", new Scenario().validatedEnsemble(2), 2, true),
            resumes("all", new Scenario().momentum(0.5).decay(0.1).skip(1).trainOutput(), 2, true))
        .flatMap(tests -> tests);
  }

  private static Stream<DynamicTest> resumes(
      String name, Scenario scenario, int patience, boolean average) {
    return Stream.of(
            EngineChoice.DENSE, EngineChoice.EAGER, EngineChoice.BLOCK, EngineChoice.WEIGHTS)
        .flatMap(
            engine ->
                Stream.of(Precision.values())
                    .flatMap(
                        precision ->
                            Seeds.runs(
                                name + ", " + engine.key() + ", " + precision.key(),
                                1,
                                random -> {
                                  scenario.samples(150, 120).batch(9);
                                  Scenario.Training training = scenario.draw(random);
                                  TrainingOptions options =
                                      training
                                          .options(engine, EPOCHS, 1)
                                          .withPrecision(precision)
                                          .withPatience(patience)
                                          .withAveraging(
                                              average ? 1 : TrainingOptions.NO_AVERAGING);
                                  compare(training, options);
                                })));
  }

  private static TrainingResult train(
      Scenario.Training training, TrainingOptions options, @Nullable TrainingCheckpoints where) {
    return Trainer.train(
        training.problem(),
        training.network(),
        options,
        1e9,
        TrainingListener.NONE,
        StopSignal.NEVER,
        where);
  }

  private static void compare(Scenario.Training training, TrainingOptions options) {
    TrainingResult never = train(training, options, null);
    KeptCheckpoints checkpoints = new KeptCheckpoints(null);
    assertSame(training, never, train(training, options, checkpoints));
    int done = never.course().epochs().size();
    assertEquals(done, checkpoints.saved().size());
    for (int epoch = 1; epoch < done; epoch++) {
      KeptCheckpoints resumed = new KeptCheckpoints(checkpoints.saved().get(epoch));
      TrainingResult result = train(training, options, resumed);
      assertSame(training, never, result);
      assertEquals(done - epoch, resumed.saved().size());
      assertEquals(
          never.course().epochs().getLast().loss(),
          result.course().epochs().getLast().loss(),
          "loss, " + epoch);
    }
    assertTrue(done > 1);
  }

  private static void assertSame(
      Scenario.Training training, TrainingResult expected, TrainingResult found) {
    assertArrayEquals(
        TrainingResults.weights(expected, training), TrainingResults.weights(found, training));
    assertEquals(expected.course().epoch(), found.course().epoch());
    assertEquals(expected.metrics().train(), found.metrics().train());
    assertEquals(expected.metrics().validation(), found.metrics().validation());
    assertEquals(expected.metrics().test(), found.metrics().test());
    assertEquals(expected.metrics().calibration(), found.metrics().calibration());
  }

  /** As when the last epoch was saved, but not the model. */
  @TestFactory
  Stream<DynamicTest> aTrainingThatWasSavedAfterItsLastEpochHasTheSameWeights() {
    return Seeds.runs(
        2,
        random -> {
          Scenario.Training training = new Scenario().momentum(0.5).draw(new Random(3));
          TrainingOptions options = training.options(EngineChoice.BLOCK, EPOCHS, 1);
          KeptCheckpoints checkpoints = new KeptCheckpoints(null);
          TrainingResult whole = train(training, options, checkpoints);
          TrainingResult again =
              train(training, options, new KeptCheckpoints(checkpoints.saved().get(EPOCHS)));
          assertSame(training, whole, again);
          assertTrue(again.course().epochs().isEmpty());
        });
  }
}
