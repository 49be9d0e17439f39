package kronwood.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import kronwood.plan.EngineChoice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A training that is asked to wait, and to take smaller steps. */
class TrainingControlTest {
  private static final int EPOCHS = 4;

  /** Asks for shares of the step size from epochs on, and counts how often it is asked to wait. */
  private static final class Asking implements TrainingControl, TrainingListener {
    private final double[] shares;
    private double share;
    private int waits;
    private int batches;

    /** The share at the beginning, and after each epoch. */
    Asking(double... shares) {
      this.shares = shares;
      this.share = shares[0];
    }

    @Override
    public void on(TrainingEvent event) {
      if (event instanceof TrainingEvent.EpochDone done) {
        share = shares[Math.min(done.report().epoch(), shares.length - 1)];
      } else if (event instanceof TrainingEvent.BatchDone) {
        batches++;
      }
    }

    @Override
    public boolean isStopRequested() {
      return false;
    }

    @Override
    public long awaitResume() {
      waits++;
      return 0;
    }

    @Override
    public double stepShare() {
      return share;
    }
  }

  private static Scenario.Training drawn() {
    return new Scenario().decay(0.05).momentum(0.6).samples(150, 120).batch(9).draw(new Random(4));
  }

  private static TrainingResult train(
      Scenario.Training training,
      TrainingOptions options,
      Asking asking,
      @Nullable TrainingCheckpoints where) {
    return Trainer.train(
        training.problem(), training.network(), options, 1e9, asking, asking, where);
  }

  private static double[] weights(Scenario.Training training, TrainingResult result) {
    return TrainingResults.weights(result, training);
  }

  @Test
  void itIsAskedAfterEachBatchAndChangesNothingByItself() {
    Scenario.Training training = drawn();
    TrainingOptions options = training.options(EngineChoice.BLOCK, EPOCHS, 1);
    TrainingResult alone =
        Trainer.train(training.problem(), training.network(), options, 1e9, TrainingListener.NONE);
    Asking asking = new Asking(1);
    TrainingResult watched = train(training, options, asking, null);
    assertArrayEquals(weights(training, alone), weights(training, watched));
    assertTrue(asking.batches > EPOCHS, "batches " + asking.batches);
    assertEquals(asking.batches, asking.waits);
    assertEquals("", watched.course().loweredStep());
    assertEquals(watched.course().learningRate(), watched.course().lastLearningRate());
  }

  /** Asks for the search of a sample, or the next one, all the time. */
  private static final class Looking implements TrainingControl, TrainingListener {
    private final int wanted;
    private final List<TrainingEvent.Searched> seen = new ArrayList<>();

    Looking(int wanted) {
      this.wanted = wanted;
    }

    @Override
    public void on(TrainingEvent event) {
      if (event instanceof TrainingEvent.Searched searched) {
        seen.add(searched);
      }
    }

    @Override
    public boolean isStopRequested() {
      return false;
    }

    @Override
    public int shownSample() {
      return wanted;
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = EngineChoice.class,
      names = {"DENSE", "EAGER", "BLOCK", "WEIGHTS"})
  void whoLooksAtTheSearchOfASampleChangesNoBit(EngineChoice engine) {
    Scenario.Training training = drawn();
    TrainingOptions options = training.options(engine, EPOCHS, 2);
    TrainingResult alone =
        Trainer.train(training.problem(), training.network(), options, 1e9, TrainingListener.NONE);
    int chosen = training.problem().split().train()[3];
    for (int wanted : new int[] {TrainingControl.NEXT_SAMPLE, chosen}) {
      Looking looking = new Looking(wanted);
      TrainingResult watched =
          Trainer.train(
              training.problem(), training.network(), options, 1e9, looking, looking, null);
      assertArrayEquals(weights(training, alone), weights(training, watched));
      assertEquals(alone.course().work(), watched.course().work());
      int batches = Math.ceilDiv(training.problem().split().train().length, alone.course().batch());
      assertEquals(wanted == chosen ? EPOCHS : EPOCHS * batches, looking.seen.size());
      for (TrainingEvent.Searched searched : looking.seen) {
        assertTrue(wanted != chosen || searched.sample() == chosen, "sample");
        assertEquals(training.network().neurons(), searched.search().neurons());
      }
    }
    Looking never = new Looking(training.problem().split().test()[0]);
    Trainer.train(training.problem(), training.network(), options, 1e9, never, never, null);
    assertEquals(0, never.seen.size(), "no step is made with a test sample");
  }

  /** The oracle: a training that ends there, and goes on with other options. */
  @ParameterizedTest
  @EnumSource(
      value = EngineChoice.class,
      names = {"DENSE", "EAGER", "BLOCK", "WEIGHTS"})
  void smallerStepsAreThoseOfATrainingThatGoesOnWithASmallerStepSize(EngineChoice engine) {
    Scenario.Training training = drawn();
    TrainingOptions options = training.options(engine, EPOCHS, 1);
    TrainingResult lowered = train(training, options, new Asking(1, 1, 0.5), null);

    KeptCheckpoints first = new KeptCheckpoints(null);
    TrainingResult before = train(training, options, new Asking(1), first);
    KeptCheckpoints after = new KeptCheckpoints(first.saved().get(2));
    double half = training.learningRate() / 2;
    TrainingResult expected = train(training, options.withLearningRate(half), new Asking(1), after);
    assertArrayEquals(weights(training, expected), weights(training, lowered));
    assertFalse(Arrays.equals(weights(training, before), weights(training, lowered)));
    assertEquals(training.learningRate(), lowered.course().learningRate());
    assertEquals(half, lowered.course().lastLearningRate());
    assertEquals(
        "to " + half + " in epoch 3 after 0 of its samples", lowered.course().loweredStep());
  }

  @Test
  void aTrainingThatIsGoneOnWithKeepsTheStepSizeItHad() {
    Scenario.Training training = drawn();
    TrainingOptions options = training.options(EngineChoice.BLOCK, EPOCHS, 1);
    KeptCheckpoints checkpoints = new KeptCheckpoints(null);
    TrainingResult whole = train(training, options, new Asking(1, 0.5, 0.125), checkpoints);
    KeptCheckpoints later = new KeptCheckpoints(checkpoints.saved().get(3));
    double[] started = new double[1];
    Asking asking = new Asking(1);
    TrainingResult resumed =
        Trainer.train(
            training.problem(),
            training.network(),
            options,
            1e9,
            event -> {
              if (event instanceof TrainingEvent.Started start) {
                started[0] = start.learningRate();
              }
            },
            asking,
            later);
    assertArrayEquals(weights(training, whole), weights(training, resumed));
    assertEquals(training.learningRate() / 8, started[0]);
    assertEquals(whole.course().loweredStep(), resumed.course().loweredStep());
    assertEquals(
        2, resumed.course().loweredStep().split("; ").length, resumed.course().loweredStep());
  }

  @Test
  void sharesCountAgainstThatAtTheBeginningAndNeverGrow() {
    Scenario.Training training = drawn();
    TrainingOptions options = training.options(EngineChoice.BLOCK, EPOCHS, 1);
    TrainingResult plain = train(training, options, new Asking(1, 0.5), null);
    TrainingResult begunLower = train(training, options, new Asking(0.25, 0.125, 0.5, 1), null);
    assertArrayEquals(weights(training, plain), weights(training, begunLower));
    TrainingResult useless = train(training, options, new Asking(1, 2, 0, -1, Double.NaN), null);
    assertEquals("", useless.course().loweredStep());
  }
}
