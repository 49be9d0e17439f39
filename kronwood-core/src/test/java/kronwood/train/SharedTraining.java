package kronwood.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import kronwood.network.NetworkOptions;
import kronwood.network.NeuronRange;
import org.jspecify.annotations.Nullable;

/**
 * One training in trainers that hold a share of the neurons each, in threads of one process, and
 * how it is compared with that of one trainer.
 */
final class SharedTraining {
  private SharedTraining() {}

  /** Asks for a stop after so many batches. */
  static final class StopAfter implements TrainingListener, StopSignal {
    private final int batches;
    private final boolean skipsEvaluation;
    private int done;

    StopAfter(int batches, boolean skipsEvaluation) {
      this.batches = batches;
      this.skipsEvaluation = skipsEvaluation;
    }

    static StopAfter never() {
      return new StopAfter(Integer.MAX_VALUE, false);
    }

    @Override
    public void on(TrainingEvent event) {
      if (event instanceof TrainingEvent.BatchDone) {
        done++;
      }
    }

    @Override
    public boolean isStopRequested() {
      return done >= batches;
    }

    @Override
    public boolean skipsEvaluation() {
      return skipsEvaluation;
    }
  }

  /** Two halves; a half and two quarters; the same the other way round. */
  static List<List<NeuronRange>> divisions(NetworkOptions network) {
    NeuronRange all = NeuronRange.of(network);
    NeuronRange left = all.half(0);
    NeuronRange right = all.half(1);
    return List.of(
        List.of(left, right),
        List.of(left, right.half(0), right.half(1)),
        List.of(left.half(0), left.half(1), right));
  }

  static TrainingResult train(
      Scenario.Training training,
      TrainingOptions options,
      @Nullable TrainingCheckpoints checkpoints,
      StopAfter watch) {
    return Trainer.train(
        training.problem(), training.network(), options, 1e9, watch, watch, checkpoints);
  }

  static List<TrainingResult> trainTogether(
      Scenario.Training training,
      TrainingOptions options,
      List<NeuronRange> ranges,
      IntFunction<@Nullable TrainingCheckpoints> checkpoints,
      IntFunction<StopAfter> watches) {
    ThreadExchange exchange = new ThreadExchange(ranges);
    try (ExecutorService threads = Executors.newFixedThreadPool(ranges.size())) {
      List<Future<TrainingResult>> running = new ArrayList<>();
      for (int rank = 0; rank < ranges.size(); rank++) {
        int own = rank;
        running.add(
            threads.submit(
                () -> {
                  StopAfter watch = watches.apply(own);
                  try {
                    return Trainer.train(
                        training.problem(),
                        training.network(),
                        options.withThreads(1 + own % 2),
                        1e9,
                        watch,
                        watch,
                        checkpoints.apply(own),
                        exchange.share(own));
                  } catch (RuntimeException | Error e) {
                    exchange.fail();
                    throw e;
                  }
                }));
      }
      List<TrainingResult> results = new ArrayList<>();
      for (Future<TrainingResult> each : running) {
        results.add(each.get());
      }
      assertTrue(exchange.calls() > 0);
      return results;
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e.getCause() == null ? e : e.getCause());
    }
  }

  static void assertSame(
      Scenario.Training training,
      TrainingResult whole,
      List<NeuronRange> ranges,
      List<TrainingResult> parts) {
    int units = 0;
    for (int rank = 0; rank < ranges.size(); rank++) {
      TrainingResult part = parts.get(rank);
      assertSameReports(whole, part);
      units += part.network().output().units();
      assertSameUnits(training, whole, ranges.get(rank), part);
    }
    assertEquals(whole.network().output().units(), units);
  }

  private static void assertSameReports(TrainingResult whole, TrainingResult part) {
    assertEquals(whole.course().learningRate(), part.course().learningRate());
    assertEquals(whole.course().batch(), part.course().batch());
    assertEquals(whole.course().epoch(), part.course().epoch());
    assertEquals(whole.course().stopped(), part.course().stopped());
    assertArrayEquals(TrainingResults.losses(whole), TrainingResults.losses(part));
    for (int epoch = 0; epoch < whole.course().epochs().size(); epoch++) {
      assertEquals(
          whole.course().epochs().get(epoch).validation(),
          part.course().epochs().get(epoch).validation());
      assertEquals(
          whole.course().epochs().get(epoch).test(), part.course().epochs().get(epoch).test());
    }
    assertEquals(whole.metrics().train(), part.metrics().train());
    assertEquals(whole.metrics().validation(), part.metrics().validation());
    assertEquals(whole.metrics().test(), part.metrics().test());
    assertEquals(whole.metrics().calibration(), part.metrics().calibration());
    assertArrayEquals(
        whole.metrics().validationPredictions(), part.metrics().validationPredictions());
  }

  static void assertSameUnits(
      Scenario.Training training, TrainingResult whole, NeuronRange range, TrainingResult part) {
    int dimension = (int) training.problem().inputs().dimension();
    double[] expected = new double[dimension];
    double[] found = new double[dimension];
    for (int unit = 0; unit < part.network().output().units(); unit++) {
      int number = range.unit(training.network(), unit);
      whole.network().engine().weights(number, expected);
      part.network().engine().weights(unit, found);
      assertArrayEquals(expected, found, "weights of unit " + number);
      for (int c = 0;
          unit < part.network().output().neurons() && c < part.network().output().outputs();
          c++) {
        assertEquals(
            whole.network().output().weight(c, number), part.network().output().weight(c, unit));
      }
    }
  }
}
