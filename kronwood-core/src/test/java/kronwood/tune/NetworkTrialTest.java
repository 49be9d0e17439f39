package kronwood.tune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import kronwood.candidate.NetworkForm;
import kronwood.candidate.TableFits;
import kronwood.data.Dataset;
import kronwood.data.Setting;
import kronwood.fit.ModelOptions;
import kronwood.fit.TrainingInputs;
import kronwood.loss.SquaredLoss;
import kronwood.train.StopSignal;
import kronwood.train.TrainingProblem;
import kronwood.trial.Budget;
import kronwood.trial.InnerSplit;
import kronwood.trial.NetworkTrial;
import kronwood.trial.Validation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NetworkTrialTest {
  private static final TuningOptions TIMELESS = TuningProblems.trials(9, Setting.A);

  private final Dataset data = TuningProblems.grid(new Random(4), false);
  private final ModelOptions options = options(9);
  private final List<InnerSplit> divisions =
      InnerSplits.of(
              data, TuningProblems.split(data, Setting.A), options, TIMELESS, new TableFits(data))
          .subList(0, 1);

  private static ModelOptions options(int epochs) {
    ModelOptions plain = TuningProblems.options(new SquaredLoss());
    return plain.withTraining(plain.training().withEpochs(epochs).withAveraging(3));
  }

  private Optional<NetworkTrial> trial(
      ModelOptions with, @Nullable NetworkTrial reference, StopSignal stop) {
    return trial(with, reference, new Budget(TIMELESS.seconds(), TIMELESS.trials(), stop));
  }

  private Optional<NetworkTrial> trial(
      ModelOptions with, @Nullable NetworkTrial reference, Budget budget) {
    TrainingProblem problem = TrainingInputs.problem(data, divisions.getFirst().split(), with);
    return NetworkTrial.of(
        List.of(problem), divisions, with, NetworkForm.GIVEN, reference, reference == null, budget);
  }

  private int batches() {
    int samples = divisions.getFirst().split().train().length;
    return Math.ceilDiv(samples, options.training().batch());
  }

  @Test
  void aFirstTrialThatIsCutShortIsJudgedByWhatATrainingOfSoManyEpochsEndsIn() {
    int[] asked = {0};
    int most = 2 * batches() + 3;
    NetworkTrial cut = trial(options, null, () -> ++asked[0] > most).orElseThrow();
    NetworkTrial whole = trial(options(1), null, () -> false).orElseThrow();

    List<double[]> epochs = cut.parts().getFirst().outputs();
    assertEquals(2, epochs.size());
    assertArrayEquals(whole.parts().getFirst().outputs().getLast(), epochs.getLast());
  }

  @Test
  void halfTheStepIsHalfOfThatOfTheFirstTrialAndNotOfItself() {
    NetworkTrial first = trial(options(1), null, () -> false).orElseThrow();
    TrainingProblem problem = TrainingInputs.problem(data, divisions.getFirst().split(), options);
    NetworkTrial half =
        NetworkTrial.of(
                List.of(problem),
                divisions,
                options(1),
                NetworkForm.GIVEN.withRate(0.5),
                first,
                false,
                new Budget(TIMELESS.seconds(), TIMELESS.trials(), () -> false))
            .orElseThrow();
    assertEquals(first.learningRate(), half.learningRate(), 1e-12);
  }

  private static NetworkTrial.Part part(double... outputs) {
    return new NetworkTrial.Part(
        Arrays.stream(outputs).mapToObj(output -> new double[] {output}).toList(), 1, 1);
  }

  @Test
  void allDivisionsAreJudgedAtTheOneEpochThatSuitsThemTogether() {
    // Squared errors from 0: 9 + 4, 4 + 1, 1.2 + 4, 0 + 9. Each at its own best would have 0 + 1.
    NetworkTrial trial = new NetworkTrial(List.of(part(3, 2, 1.1, 0), part(2, 1, 2, 3)), 0);
    Validation validation =
        new Validation(
            new SquaredLoss(),
            false,
            1,
            new double[2],
            new double[] {0.5, 0.5},
            new int[] {1, 2},
            new int[][] {{0, 1}});
    NetworkTrial chosen = trial.atBestEpoch(validation);
    assertEquals(2, chosen.epochs());
    assertArrayEquals(new double[] {2, 1}, chosen.outputs());
  }

  @Test
  void aTrainingThatEndedEarlyStaysAsItEnded() {
    NetworkTrial trial = new NetworkTrial(List.of(part(3, 2, 1, 0), part(0, 1)), 0);
    Validation validation =
        new Validation(
            new SquaredLoss(),
            false,
            1,
            new double[2],
            new double[] {0.5, 0.5},
            new int[] {1, 2},
            new int[][] {{0, 1}});
    NetworkTrial chosen = trial.atBestEpoch(validation);
    assertEquals(4, chosen.epochs());
    assertArrayEquals(new double[] {0, 1}, chosen.outputs());
  }

  @Test
  void aFirstTrialHasAnEpochEvenIfTheTimeIsUpAndALaterOneHasNot() {
    TuningOptions instant =
        new TuningOptions(
            1e-9, 9, TIMELESS.parts(), TIMELESS.setting(), List.of(), 2, TIMELESS.seed());

    NetworkTrial first =
        trial(options, null, new Budget(instant.seconds(), instant.trials(), () -> false))
            .orElseThrow();
    assertEquals(1, first.parts().getFirst().outputs().size());
    assertTrue(
        trial(
                options,
                NetworkTrial.none(1),
                new Budget(instant.seconds(), instant.trials(), () -> false))
            .isEmpty());
    assertTrue(trial(options, null, () -> true).isEmpty());
  }
}
